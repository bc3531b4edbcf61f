/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Links in what people say: only whole addresses of pages, so that nothing else is ever opened, and
 * nothing becomes a link that was not meant as one. Pure functions. */

#include "config.h"

#include "sc-chat-links.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

/* A web page, with a host and without a user's name, which is there to mislead. */
static GUri *
parse_link (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
  if (!uri)
    return NULL;
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);
  gboolean web = g_str_equal (scheme, "https") || g_str_equal (scheme, "http");
  if (!web || !host || !*host || g_uri_get_userinfo (uri))
    return NULL;
  return g_steal_pointer (&uri);
}

static gboolean
is_bracket_unmatched (const char *start, const char *end)
{
  int depth = 0;
  for (const char *at = start; at < end; at++)
    depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
  return depth < 0;
}

static gboolean
ends_sentence (const char *start, const char *last)
{
  gunichar character = g_utf8_get_char (last);
  GUnicodeType type = g_unichar_type (character);
  if (*last == ')')
    return is_bracket_unmatched (start, last + 1);
  return type == G_UNICODE_FINAL_PUNCTUATION || type == G_UNICODE_INITIAL_PUNCTUATION ||
         character == 0x2026 || (character < 0x80 && strchr (".,;:!?'*_", *last));
}

/* What ends a sentence belongs to the sentence. */
static const char *
find_end (const char *start)
{
  const char *end = start;
  while (*end && !g_unichar_isspace (g_utf8_get_char (end)) && !strchr ("<>\"", *end))
    end = g_utf8_next_char (end);
  while (end > start && ends_sentence (start, g_utf8_prev_char (end)))
    end = g_utf8_prev_char (end);
  return end;
}

static gboolean
begins_word (const char *text, const char *at)
{
  return at == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at)));
}

/**
 * sc_chat_links_find:
 * @text: what somebody said, valid UTF-8
 *
 * Returns: (transfer full) (element-type ScChatPlace): the links in it, in order
 */
GArray *
sc_chat_links_find (const char *text)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (ScChatPlace));
  const char *at = text;
  while ((at = strstr (at, "://"))) {
    const char *start = at;
    while (start > text && g_ascii_isalpha (start[-1]))
      start--;
    const char *end = find_end (start);
    g_autofree char *link = g_strndup (start, (gsize) (end - start));
    g_autoptr (GUri) uri = begins_word (text, start) ? parse_link (link) : NULL;
    if (uri) {
      const ScChatPlace place = { (guint) (start - text), (guint) (end - text) };
      g_array_append_val (links, place);
    }
    at = MAX (end, at + 3);
  }
  return links;
}

/**
 * sc_chat_link_words:
 * @link: the address of a page
 *
 * The host as the network knows it: letters that look like others are seen to be others.
 *
 * Returns: (transfer full) (nullable): where the link leads; %NULL if it leads to no page
 */
char *
sc_chat_link_words (const char *link)
{
  g_autoptr (GUri) uri = parse_link (link);
  if (!uri)
    return NULL;
  g_autofree char *plain = g_uri_unescape_string (g_uri_get_host (uri), NULL);
  g_autofree char *host = plain ? g_hostname_to_ascii (plain) : NULL;
  /* Translators: %1$s is the name of a web server, %2$s a whole address of a page there */
  return g_strdup_printf (_ ("Opens %1$s: %2$s"), host ? host : g_uri_get_host (uri), link);
}
