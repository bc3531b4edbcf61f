/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What becomes of lines that a list has: hidden and shown again, confirmed, failed, taken out. Main
 * thread. */

#include "config.h"

#include "sc-chat-error.h"
#include "sc-chat-list-private.h"
#include "sc-chat-sorted.h"

/**
 * sc_chat_list_is_to_hide:
 * @self: a list
 * @line: a line
 *
 * Returns: whether it is not to be on show; what waits to be sent is
 */
gboolean
sc_chat_list_is_to_hide (ScChatList *self, ScChatLine *line)
{
  return sc_chat_line_get_order (line) != SC_CHAT_LINE_LAST &&
         sc_chat_sieve_hides (self->sieve, line);
}

/**
 * sc_chat_list_hide:
 * @self: a list
 * @line: a line that is not to be on show; the oldest of those are forgotten
 */
void
sc_chat_list_hide (ScChatList *self, ScChatLine *line)
{
  sc_chat_sorted_add (self->hidden, line);
  if (self->hidden->len > self->max)
    sc_chat_list_forget_first (self, self->hidden, self->max / 10);
}

/* Hides what is to be hidden of @lines, with one change for each run where they are on show. */
static void
hide_from (ScChatList *self, GPtrArray *lines)
{
  guint end = lines->len;
  while (end > 0) {
    guint start = end;
    while (start > 0 && sc_chat_list_is_to_hide (self, lines->pdata[start - 1]))
      sc_chat_list_hide (self, lines->pdata[--start]);
    if (start < end) {
      g_ptr_array_remove_range (lines, start, end - start);
      if (lines == self->lines)
        sc_chat_list_tell (self, start, end - start, 0);
    }
    end = start > 0 ? start - 1 : 0;
  }
}

/**
 * sc_chat_list_sift:
 * @self: a list
 *
 * The sieve lets other lines pass now: some go, and some are back.
 */
void
sc_chat_list_sift (ScChatList *self)
{
  g_autoptr (GPtrArray) back = sc_chat_sorted_new ();
  for (guint i = 0; i < self->hidden->len;) {
    ScChatLine *line = self->hidden->pdata[i];
    if (sc_chat_list_is_to_hide (self, line)) {
      i++;
      continue;
    }
    g_ptr_array_add (back, g_object_ref (line));
    g_ptr_array_remove_index (self->hidden, i);
  }
  hide_from (self, sc_chat_coming_get_lines (self->coming));
  hide_from (self, self->lines);
  sc_chat_list_insert (self, back, back->len);
  sc_chat_list_make_room (self, 0);
}

static const char *
find_person (GPtrArray *lines, const char *name)
{
  for (guint i = lines->len; i-- > 0;) {
    const char *other = sc_chat_line_get_name (lines->pdata[i]);
    if (other && g_ascii_strcasecmp (other, name) == 0)
      return sc_chat_line_get_user_id (lines->pdata[i]);
  }
  return NULL;
}

/**
 * sc_chat_list_find_person:
 * @self: a list
 * @name: somebody's name, in any case
 *
 * Returns: (transfer none) (nullable): who said the last line under that name, also a hidden one
 */
const char *
sc_chat_list_find_person (ScChatList *self, const char *name)
{
  const char *user_id = find_person (self->lines, name);
  return user_id ? user_id : find_person (self->hidden, name);
}

/**
 * sc_chat_list_find_held:
 * @self: a list
 * @text: what was said
 * @before: when, microseconds since the epoch; %G_MAXINT64 where that does not matter
 *
 * Returns: (transfer none) (nullable): the first line of ours that was typed before, with this
 * text, and waits for a moderator
 */
ScChatLine *
sc_chat_list_find_held (ScChatList *self, const char *text, gint64 before)
{
  for (guint i = 0; i < self->lines->len; i++) {
    ScChatLine *line = self->lines->pdata[i];
    if (sc_chat_error_is_held (sc_chat_line_get_problem (line)) &&
        sc_chat_line_get_time (line) < before && g_str_equal (sc_chat_line_get_text (line), text))
      return line;
  }
  return NULL;
}

/**
 * sc_chat_list_remove:
 * @self: a list
 * @line: a line, whether or not it is on show
 *
 * Takes a line out.
 */
void
sc_chat_list_remove (ScChatList *self, ScChatLine *line)
{
  guint position;
  sc_chat_list_forget (self, line);
  if (!sc_chat_sorted_find (self->lines, line, &position))
    return;
  g_ptr_array_remove_index (self->lines, position);
  sc_chat_list_tell (self, position, 1, 0);
}

static void
move (ScChatList *self, guint position, gint64 order)
{
  g_autoptr (ScChatLine) line = g_object_ref (self->lines->pdata[position]);
  g_ptr_array_remove_index (self->lines, position);
  sc_chat_line_set_order (line, order);
  guint place = sc_chat_sorted_get_place (self->lines, order);
  g_ptr_array_insert (self->lines, (int) place, g_object_ref (line));
  if (place < position)
    sc_chat_list_tell (self, place, position - place + 1, position - place + 1);
  else if (place > position)
    sc_chat_list_tell (self, position, place - position + 1, place - position + 1);
}

/**
 * sc_chat_list_confirm:
 * @self: a list
 * @line: a line of ours, on show or gone from the list by its age
 * @message: its echo, or what the log has of it
 *
 * From now on the room's id finds the line, which stands where its time belongs.
 */
void
sc_chat_list_confirm (ScChatList *self, ScChatLine *line, const ScChatPush *message)
{
  guint position;
  gboolean found = sc_chat_sorted_find (self->lines, line, &position);
  sc_chat_line_confirm (line, message);
  if (!found)
    return;
  sc_chat_list_remember (self, line);
  move (self, position, message->time);
}

/**
 * sc_chat_list_settle:
 * @self: a list
 * @line: a line of ours that is not on its way any more
 *
 * It stays where it is, and what comes from now on goes below it.
 */
void
sc_chat_list_settle (ScChatList *self, ScChatLine *line)
{
  guint position;
  if (sc_chat_line_get_order (line) != SC_CHAT_LINE_LAST ||
      !sc_chat_sorted_find (self->lines, line, &position))
    return;
  guint n = sc_chat_list_count_sent (self);
  move (self,
        position,
        n > 0 ? sc_chat_line_get_order (self->lines->pdata[n - 1]) : sc_chat_line_get_time (line));
}

/**
 * sc_chat_list_replace:
 * @self: a list
 * @lines: lines in order, at most as many as the list holds
 *
 * Has these lines from now on, and no others.
 */
void
sc_chat_list_replace (ScChatList *self, GPtrArray *lines)
{
  guint n = self->lines->len;
  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (sc_chat_coming_get_lines (self->coming), 0);
  g_ptr_array_set_size (self->hidden, 0);
  g_ptr_array_set_size (self->lines, 0);
  self->floor = self->gap = G_MININT64;
  for (guint i = 0; i < lines->len; i++) {
    ScChatLine *line = lines->pdata[i];
    sc_chat_list_remember (self, line);
    g_ptr_array_add (sc_chat_list_is_to_hide (self, line) ? self->hidden : self->lines,
                     g_object_ref (line));
  }
  sc_chat_list_tell (self, 0, n, self->lines->len);
}

/**
 * sc_chat_list_take_after:
 * @self: a list
 * @order: the order of the last line that stays
 *
 * Returns: (transfer full) (element-type ScChatLine): what was after it, in order
 */
GPtrArray *
sc_chat_list_take_after (ScChatList *self, gint64 order)
{
  GPtrArray *taken = sc_chat_sorted_new ();
  GPtrArray *parts[] = { self->hidden, self->lines };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    guint place = sc_chat_sorted_get_place (parts[i], order);
    guint n = parts[i]->len - place;
    for (guint j = place; j < parts[i]->len; j++) {
      sc_chat_list_forget (self, parts[i]->pdata[j]);
      sc_chat_sorted_add (taken, parts[i]->pdata[j]);
    }
    if (n > 0)
      g_ptr_array_remove_range (parts[i], place, n);
    if (parts[i] == self->lines)
      sc_chat_list_tell (self, place, n, 0);
  }
  return taken;
}
