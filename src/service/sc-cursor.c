/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where pages end, as the words that go out and come back: base64url of what a place has, one item
 * a line. They are no secret and nobody's word: who makes one up reads the same list from
 * elsewhere. Plain functions, any thread. */

#include "config.h"

#include "sc-cursor.h"

#include "sc-time.h"
#include "sc-validate.h"

#include <string.h>

static char *
encode (const char *text)
{
  char *cursor = g_base64_encode ((const guchar *) text, strlen (text));
  g_strdelimit (cursor, "+", '-');
  g_strdelimit (cursor, "/", '_');
  cursor[strcspn (cursor, "=")] = '\0';
  return cursor;
}

/* Returns the items, or NULL where it is nothing of ours. */
static char **
decode (const char *cursor, guint n_items)
{
  gsize length = strlen (cursor), size = 0;
  if (length == 0 || length > SC_CURSOR_MAX)
    return NULL;
  g_autofree char *padded = g_strdup_printf ("%s%s", cursor, &"==="[3 - (4 - length % 4) % 4]);
  g_strdelimit (padded, "-", '+');
  g_strdelimit (padded, "_", '/');
  g_autofree guchar *data = g_base64_decode (padded, &size);
  g_autofree char *text = g_strndup ((const char *) data, size);
  if (strlen (text) != size || !g_utf8_validate_len (text, size, NULL))
    return NULL;
  g_auto (GStrv) items = g_strsplit (text, "\n", -1);
  return g_strv_length (items) == n_items ? g_steal_pointer (&items) : NULL;
}

static gboolean
read_number (const char *text, gint64 *ret_number)
{
  return g_ascii_string_to_signed (text, 10, 0, G_MAXINT64 / 2, ret_number, NULL);
}

/**
 * sc_cursor_from_place:
 * @place: where a page ends
 *
 * Returns: (transfer full): the cursor for it
 */
char *
sc_cursor_from_place (const ScLinePlace *place)
{
  g_autofree char *text = g_strdup_printf ("%s\n%" G_GINT64_FORMAT "\n%s\n%" G_GINT64_FORMAT,
                                           place->stream_id ?: "",
                                           place->at,
                                           place->id,
                                           place->arrival);
  return encode (text);
}

/**
 * sc_cursor_to_place:
 * @cursor: what somebody sent
 * @ret_place: (out caller-allocates): the place, to be cleared with sc_line_place_clear();
 * untouched on failure
 *
 * Returns: %TRUE if it is the cursor of a place
 */
gboolean
sc_cursor_to_place (const char *cursor, ScLinePlace *ret_place)
{
  gint64 at = 0, arrival = 0;
  g_auto (GStrv) items = decode (cursor, 4);
  if (!items || !read_number (items[1], &at) || at > SC_TIME_MAX_US ||
      !read_number (items[3], &arrival))
    return FALSE;
  *ret_place = (ScLinePlace) {
    .stream_id = *items[0] ? g_strdup (items[0]) : NULL,
    .at = at,
    .id = g_strdup (items[2]),
    .arrival = arrival,
  };
  return TRUE;
}

/**
 * sc_cursor_from_arrival:
 * @arrival: a number in the order in which lines come
 *
 * Returns: (transfer full): the cursor for it
 */
char *
sc_cursor_from_arrival (gint64 arrival)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, arrival);
  return encode (text);
}

/**
 * sc_cursor_to_arrival:
 * @cursor: what somebody sent
 * @ret_arrival: (out): the number; untouched on failure
 *
 * Returns: %TRUE if it is the cursor of one
 */
gboolean
sc_cursor_to_arrival (const char *cursor, gint64 *ret_arrival)
{
  g_auto (GStrv) items = decode (cursor, 1);
  return items && read_number (items[0], ret_arrival);
}

/**
 * sc_cursor_from_texts:
 * @texts: (array zero-terminated=1): lines of text that say where a page ends
 *
 * Returns: (transfer full): the cursor for it
 */
char *
sc_cursor_from_texts (const char *const *texts)
{
  g_autofree char *text = g_strjoinv ("\n", (char **) texts);
  return encode (text);
}

/**
 * sc_cursor_to_texts:
 * @cursor: what somebody sent
 * @n_texts: how many lines there have to be
 *
 * Returns: (transfer full) (nullable): the lines, if it is a cursor of as many
 */
char **
sc_cursor_to_texts (const char *cursor, guint n_texts)
{
  return decode (cursor, n_texts);
}
