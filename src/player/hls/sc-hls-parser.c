/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-hls-parser.h"

#include "sc-hls-attributes.h"

#include <string.h>

/* From a text to a playlist: RFC 8216, and what Amazon IVS and Twitch add to it. What is not known
 * is passed over, as section 6.3.1 asks; what a stranger could fill our memory with has a bound.
 * Pure functions. */

/* A segment has at most five lines: time, discontinuity, duration, range, address. */
#define MAX_LINES 500000

/* A session's data can be an encoded document; the longest seen has some 2 KB. */
#define MAX_LINE (64u * 1024)

/* The longest address. Those with a signature or a token have up to 2 KB. */
#define MAX_URI (8u * 1024)
/* The most bytes of all addresses: relative ones grow by what they are relative to. A recording of
 * 48 h in byte ranges of 2 s has 86,400 of some 200 bytes. */
#define MAX_RESOLVED (64u * 1024 * 1024)

/* As libsoup reads an address: what is encoded stays as it is, as signatures are made over it. */
#define URI_FLAGS                                                                                  \
  (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY |               \
   G_URI_FLAGS_ENCODED_FRAGMENT | G_URI_FLAGS_SCHEME_NORMALIZE)

/**
 * sc_hls_fail:
 * @error: where it goes
 * @what: what is wrong; never text of the playlist, which can hold a token
 *
 * Returns: %FALSE, with %SC_HLS_ERROR_BAD set
 */
gboolean
sc_hls_fail (GError **error, const char *what)
{
  g_set_error_literal (error, SC_HLS_ERROR, SC_HLS_ERROR_BAD, what);
  return FALSE;
}

static gboolean
is_web (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);
  return (g_str_equal (scheme, "https") || g_str_equal (scheme, "http")) && host && *host;
}

/* No file, no other program, and nothing in the clear once we came by TLS. */
static gboolean
may_follow (GUri *base, GUri *uri)
{
  return is_web (uri) && (g_str_equal (g_uri_get_scheme (uri), "https") ||
                          g_str_equal (g_uri_get_scheme (base), "http"));
}

static gboolean
has_blanks (const char *text)
{
  for (; *text; text++)
    if (g_ascii_isspace (*text) || g_ascii_iscntrl (*text))
      return TRUE;
  return FALSE;
}

/**
 * sc_hls_parser_resolve:
 * @self: a parser
 * @uri: (nullable): an address as a playlist has it, perhaps relative
 * @error: %SC_HLS_ERROR_BAD, %SC_HLS_ERROR_TOO_BIG
 *
 * Returns: (transfer full) (nullable): the absolute address
 */
char *
sc_hls_parser_resolve (ScHlsParser *self, const char *uri, GError **error)
{
  if (uri && strlen (uri) > MAX_URI) {
    g_set_error_literal (error, SC_HLS_ERROR, SC_HLS_ERROR_TOO_BIG, "An address is too long");
    return NULL;
  }
  g_autoptr (GUri) resolved = NULL;
  if (uri && *uri && !has_blanks (uri))
    resolved = g_uri_parse_relative (self->base, uri, URI_FLAGS, NULL);
  if (!resolved || !may_follow (self->base, resolved)) {
    sc_hls_fail (error, "An address is none that we follow");
    return NULL;
  }
  char *absolute = g_uri_to_string (resolved);
  self->resolved += strlen (absolute);
  if (self->resolved <= MAX_RESOLVED)
    return absolute;
  g_free (absolute);
  g_set_error_literal (error, SC_HLS_ERROR, SC_HLS_ERROR_TOO_BIG, "The addresses are too long");
  return NULL;
}

/**
 * sc_hls_parser_see_server_time:
 * @self: a parser
 * @seconds: (nullable): the server's time of day, seconds since the epoch
 */
void
sc_hls_parser_see_server_time (ScHlsParser *self, const char *seconds)
{
  double time;
  if (sc_hls_parse_decimal (seconds, SC_HLS_MAX_TIME, &time) && time > 0)
    self->playlist->server_time_us = (gint64) (time * G_USEC_PER_SEC);
}

static gboolean
read_tag (ScHlsParser *self, char *line, GError **error)
{
  char *colon = strchr (line, ':');
  if (colon)
    *colon = '\0';
  const ScHlsTag *tag = sc_hls_media_find_tag (line);
  if (!tag)
    tag = sc_hls_master_find_tag (line);
  return !tag || tag->read (self, colon ? colon + 1 : "", error);
}

static gboolean
read_line (ScHlsParser *self, char *line, GError **error)
{
  if (*line == '\0')
    return TRUE;
  if (*line == '#')
    return read_tag (self, line, error);
  if (self->variant)
    return sc_hls_master_add_variant (self, line, error);
  return sc_hls_media_add_segment (self, line, error);
}

/* Takes the next line off a text. @line is what it is copied to, without the blanks at its end. */
static gboolean
take_line (const char **text, const char *end, GString *line, GError **error)
{
  const char *newline = memchr (*text, '\n', end - *text);
  gsize length = (newline ? newline : end) - *text;
  if (length > MAX_LINE) {
    g_set_error_literal (error, SC_HLS_ERROR, SC_HLS_ERROR_TOO_BIG, "A line is too long");
    return FALSE;
  }
  g_string_truncate (line, 0);
  g_string_append_len (line, *text, length);
  g_strchomp (line->str);
  *text = newline ? newline + 1 : end;
  return TRUE;
}

static gboolean
read_lines (ScHlsParser *self, const char *text, gsize length, GError **error)
{
  const char *end = text + length;
  g_autoptr (GString) line = g_string_new (NULL);
  if (!take_line (&text, end, line, error))
    return FALSE;
  if (!g_str_equal (line->str, "#EXTM3U")) {
    g_set_error_literal (error, SC_HLS_ERROR, SC_HLS_ERROR_NOT_PLAYLIST, "This is no playlist");
    return FALSE;
  }
  for (guint i = 0; text < end; i++) {
    if (i >= MAX_LINES) {
      g_set_error_literal (error, SC_HLS_ERROR, SC_HLS_ERROR_TOO_BIG, "There are too many lines");
      return FALSE;
    }
    if (!take_line (&text, end, line, error) || !read_line (self, line->str, error))
      return FALSE;
  }
  return TRUE;
}

static ScHlsPlaylist *
new_playlist (void)
{
  ScHlsPlaylist *playlist = g_new0 (ScHlsPlaylist, 1);
  playlist->variants = g_ptr_array_new_with_free_func (sc_hls_master_free_variant);
  playlist->segments = g_ptr_array_new_with_free_func (sc_hls_media_free_segment);
  playlist->maps = g_ptr_array_new_with_free_func (sc_hls_media_free_map);
  playlist->server_time_us = SC_HLS_NONE;
  return playlist;
}

/* Reads the lines and adds what only all of them together tell. */
static gboolean
read_playlist (ScHlsParser *self, const char *text, gsize length, GError **error)
{
  if (!read_lines (self, text, length, error))
    return FALSE;
  if (self->variant || self->next.known)
    return sc_hls_fail (error, "An address is missing at the end");
  if (self->playlist->is_master && self->playlist->segments->len > 0)
    return sc_hls_fail (error, "There are variants and segments");
  sc_hls_master_finish (self);
  sc_hls_media_finish (self);
  return TRUE;
}

static gboolean
check_text (const char *text, gsize length, GError **error)
{
  if (length > SC_HLS_MAX_TEXT) {
    g_set_error_literal (error, SC_HLS_ERROR, SC_HLS_ERROR_TOO_BIG, "The playlist is too long");
    return FALSE;
  }
  /* This finds bytes of zero, too. */
  if (!g_utf8_validate_len (text, length, NULL)) {
    g_set_error_literal (error, SC_HLS_ERROR, SC_HLS_ERROR_NOT_PLAYLIST, "This is no text");
    return FALSE;
  }
  return TRUE;
}

/**
 * sc_hls_playlist_parse:
 * @text: what a server answered; need not end with a zero
 * @length: its bytes
 * @base_uri: where it came from, after redirections, http or https
 * @error: %SC_HLS_ERROR
 *
 * Addresses are made absolute, and lead to http and https only; from an https playlist to https
 * only.
 *
 * Returns: (transfer full) (nullable): the playlist
 */
ScHlsPlaylist *
sc_hls_playlist_parse (const char *text, gsize length, const char *base_uri, GError **error)
{
  static const char mark[] = "\xef\xbb\xbf";
  if (!check_text (text, length, error))
    return NULL;
  if (length >= strlen (mark) && memcmp (text, mark, strlen (mark)) == 0) {
    text += strlen (mark);
    length -= strlen (mark);
  }
  g_autoptr (GUri) base = g_uri_parse (base_uri, URI_FLAGS, NULL);
  if (!base || !is_web (base)) {
    sc_hls_fail (error, "The playlist's own address is none");
    return NULL;
  }
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) variant_groups = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ScHlsPlaylist) playlist = new_playlist ();
  ScHlsParser self = {
    .playlist = playlist,
    .base = base,
    .map = SC_HLS_NONE,
    .groups = groups,
    .variant_groups = variant_groups,
  };
  sc_hls_media_reset_next (&self.next);
  gboolean ok = read_playlist (&self, text, length, error);
  g_clear_pointer (&self.variant, sc_hls_master_free_variant);
  return ok ? g_steal_pointer (&playlist) : NULL;
}
