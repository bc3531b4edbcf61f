/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Arrays of #ScChatLine in their order (sc_chat_line_get_order()); what is equal stays as it came.
 * Places are found in O(log n), and almost all lines go to the end. Belongs to one thread. */

#include "config.h"

#include "sc-chat-sorted.h"

/**
 * sc_chat_sorted_new:
 *
 * Returns: (transfer full): an empty array, which holds references
 */
GPtrArray *
sc_chat_sorted_new (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * sc_chat_sorted_get_place:
 * @lines: lines in order
 * @order: what a line is sorted by
 *
 * Returns: where such a line goes: behind all that are not greater
 */
guint
sc_chat_sorted_get_place (GPtrArray *lines, gint64 order)
{
  guint low = 0, high = lines->len;
  if (high == 0 || sc_chat_line_get_order (lines->pdata[high - 1]) <= order)
    return high;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (sc_chat_line_get_order (lines->pdata[middle]) <= order)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/**
 * sc_chat_sorted_find:
 * @lines: lines in order
 * @line: a line, whether or not it is there
 * @ret_position: (out): where it is; untouched if it is not
 *
 * Returns: whether it is there
 */
gboolean
sc_chat_sorted_find (GPtrArray *lines, ScChatLine *line, guint *ret_position)
{
  gint64 order = sc_chat_line_get_order (line);
  for (guint i = sc_chat_sorted_get_place (lines, order); i-- > 0;) {
    if (lines->pdata[i] == line) {
      *ret_position = i;
      return TRUE;
    }
    if (sc_chat_line_get_order (lines->pdata[i]) < order)
      return FALSE;
  }
  return FALSE;
}

/**
 * sc_chat_sorted_insert:
 * @lines: lines in order
 * @position: where they go
 * @from: what they are taken from; it keeps its references
 * @start: the first of them
 * @n: how many
 */
void
sc_chat_sorted_insert (GPtrArray *lines, guint position, GPtrArray *from, guint start, guint n)
{
  guint after = lines->len - position;
  g_ptr_array_set_size (lines, (int) (lines->len + n));
  gpointer *place = lines->pdata + position;
  memmove (place + n, place, after * sizeof *place);
  for (guint i = 0; i < n; i++)
    place[i] = g_object_ref (from->pdata[start + i]);
}

/**
 * sc_chat_sorted_add:
 * @lines: lines in order
 * @line: goes where it belongs
 */
void
sc_chat_sorted_add (GPtrArray *lines, ScChatLine *line)
{
  guint place = sc_chat_sorted_get_place (lines, sc_chat_line_get_order (line));
  g_ptr_array_insert (lines, (int) place, g_object_ref (line));
}

/**
 * sc_chat_sorted_sort:
 * @lines: lines, almost in order
 */
void
sc_chat_sorted_sort (GPtrArray *lines)
{
  for (guint i = 1; i < lines->len; i++) {
    gpointer line = lines->pdata[i];
    guint j = i;
    for (; j > 0 && sc_chat_line_get_order (lines->pdata[j - 1]) > sc_chat_line_get_order (line);
         j--)
      lines->pdata[j] = lines->pdata[j - 1];
    lines->pdata[j] = line;
  }
}
