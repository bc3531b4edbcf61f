/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-fault-http.h"

#include <string.h>

/* As much of HTTP/1.1 as a fault proxy needs: requests without a body, answers with a
 * Content-Length. Pure functions. */

/* By how much a wrong media sequence is wrong: more than any window. */
#define SEQUENCE_ERROR 1000

/* Returns where the head in @bytes ends, or 0 while it does not. */
static gsize
find_head_end (const GByteArray *bytes)
{
  const guint8 *end = bytes->len ? memmem (bytes->data, bytes->len, "\r\n\r\n", 4) : NULL;
  return end ? (gsize) (end - bytes->data) + 4 : 0;
}

/**
 * sct_fault_http_is_request:
 * @bytes: what came from a client
 *
 * Returns: whether it may be the begin of a request
 */
gboolean
sct_fault_http_is_request (const GByteArray *bytes)
{
  return memcmp (bytes->data, "GET ", MIN (bytes->len, 4)) == 0;
}

/**
 * sct_fault_http_take_request:
 * @bytes: what came from a client; a whole request is taken from its front
 *
 * Returns: (transfer full) (nullable): the request, or %NULL while it is not whole
 */
char *
sct_fault_http_take_request (GByteArray *bytes)
{
  gsize size = find_head_end (bytes);
  if (size == 0)
    return NULL;
  char *request = g_strndup ((const char *) bytes->data, size);
  g_byte_array_remove_range (bytes, 0, (guint) size);
  return request;
}

/**
 * sct_fault_http_refuse:
 * @status: an HTTP status
 *
 * Returns: (transfer full): an answer that has nothing else
 */
GBytes *
sct_fault_http_refuse (guint status)
{
  char *text = g_strdup_printf ("HTTP/1.1 %u Fault\r\nContent-Length: 0\r\n\r\n", status);
  return g_bytes_new_take (text, strlen (text));
}

/* Returns the size of the body that @head announces, or -1. */
static gint64
find_length (const char *head)
{
  const char *length = strcasestr (head, "\r\nContent-Length:");
  return length ? g_ascii_strtoll (length + strlen ("\r\nContent-Length:"), NULL, 10) : -1;
}

/**
 * sct_fault_http_take_answer:
 * @bytes: what came from a server; a whole answer is taken from its front, and one that does not
 *   say how long it is as far as it is there
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL while it is not whole
 */
GBytes *
sct_fault_http_take_answer (GByteArray *bytes)
{
  gsize head_size = find_head_end (bytes);
  if (head_size == 0)
    return NULL;
  g_autofree char *head = g_strndup ((const char *) bytes->data, head_size);
  gint64 length = find_length (head);
  gsize size = length < 0 ? bytes->len : head_size + (gsize) length;
  if (bytes->len < size)
    return NULL;
  GBytes *answer = g_bytes_new (bytes->data, size);
  g_byte_array_remove_range (bytes, 0, (guint) size);
  return answer;
}

/* Returns @text with another media sequence. */
static char *
shift_sequence (const char *text, int shift)
{
  static const char tag[] = "#EXT-X-MEDIA-SEQUENCE:";
  const char *at = strstr (text, tag);
  if (!at)
    return g_strdup (text);
  char *end;
  gint64 sequence = g_ascii_strtoll (at + strlen (tag), &end, 10);
  return g_strdup_printf ("%.*s%s%" G_GINT64_FORMAT "%s",
                          (int) (at - text),
                          text,
                          tag,
                          MAX (sequence + shift, 0),
                          end);
}

/* Returns @text up to its first segment. */
static char *
drop_segments (const char *text)
{
  const char *at = strstr (text, "#EXTINF");
  return at ? g_strndup (text, (gsize) (at - text)) : g_strdup (text);
}

static char *
spoil_text (const char *text, SctPlaylistFault fault)
{
  switch (fault) {
  case SCT_PLAYLIST_BACK:
    return shift_sequence (text, -SEQUENCE_ERROR);
  case SCT_PLAYLIST_AHEAD:
    return shift_sequence (text, SEQUENCE_ERROR);
  case SCT_PLAYLIST_EMPTY:
    return drop_segments (text);
  case SCT_PLAYLIST_GARBAGE:
    return g_strdup ("<html>not a playlist</html>");
  case SCT_PLAYLIST_AS_IS:
  case SCT_PLAYLIST_STALE:
  default:
    return g_strdup (text);
  }
}

/**
 * sct_fault_http_spoil:
 * @answer: a server's
 * @fault: what shall become of it
 *
 * Returns: (transfer full): the answer, with another body where it was a media playlist
 */
GBytes *
sct_fault_http_spoil (GBytes *answer, SctPlaylistFault fault)
{
  gsize size;
  const char *data = g_bytes_get_data (answer, &size);
  g_autofree char *text = g_strndup (data, size);
  const char *body = strstr (text, "\r\n\r\n");
  if (!body || !strstr (body, "#EXT-X-MEDIA-SEQUENCE:"))
    return g_bytes_ref (answer);
  g_autofree char *spoilt = spoil_text (body + 4, fault);
  char *whole = g_strdup_printf ("HTTP/1.1 200 OK\r\n"
                                 "Content-Type: application/vnd.apple.mpegurl\r\n"
                                 "Access-Control-Allow-Origin: *\r\n"
                                 "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                 strlen (spoilt),
                                 spoilt);
  return g_bytes_new_take (whole, strlen (whole));
}
