/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The lines of a chat in the order of their time: a #GListModel of #ScChatLine that is capped, and
 * has no line twice.
 *
 *   what others say ──> coming ── in time, in batches ──> lines (on show) ── too many ──> dropped
 *   what the log has ─────────────── by its time ───────────┘  └── blocked, purged ── hidden
 *
 * What comes is shown in batches, so that a flood costs the view a few changes a second and not one
 * for each line; a batch waits for its time and never for a silence. Our own unsent lines stand
 * last. While somebody reads further up nothing is dropped above them; if that is long, what is new
 * waits out of sight. Main thread only; the room or the replay owns it.
 */

#include "config.h"

#include "sc-chat-list-private.h"
#include "sc-chat-sorted.h"

static GType
get_item_type (GListModel *model)
{
  return SC_TYPE_CHAT_LINE;
}

static guint
get_n_items (GListModel *model)
{
  return SC_CHAT_LIST (model)->lines->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *lines = SC_CHAT_LIST (model)->lines;
  return position < lines->len ? g_object_ref (lines->pdata[position]) : NULL;
}

static void
implement_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ScChatList,
                               sc_chat_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, implement_list_model))

/**
 * sc_chat_list_tell:
 * @self: a list
 * @position: where the lines on show have changed
 * @n_removed: how many went
 * @n_added: how many came
 */
void
sc_chat_list_tell (ScChatList *self, guint position, guint n_removed, guint n_added)
{
  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

/**
 * sc_chat_list_forget:
 * @self: a list
 * @line: a line that its id does not find any more
 */
void
sc_chat_list_forget (ScChatList *self, ScChatLine *line)
{
  const char *id = sc_chat_line_get_id (line);
  if (id && g_hash_table_lookup (self->by_id, id) == line)
    g_hash_table_remove (self->by_id, id);
}

/**
 * sc_chat_list_forget_first:
 * @self: a list
 * @lines: some of its lines
 * @n: how many of the first go
 */
void
sc_chat_list_forget_first (ScChatList *self, GPtrArray *lines, guint n)
{
  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    sc_chat_list_forget (self, lines->pdata[i]);
  g_ptr_array_remove_range (lines, 0, n);
}

static gint64
get_order (GPtrArray *lines, guint position)
{
  return sc_chat_line_get_order (lines->pdata[position]);
}

/* Drops the oldest; with them goes what is hidden among them. */
static void
drop_first (ScChatList *self, guint n)
{
  if (n == 0)
    return;
  self->floor = MAX (self->floor, get_order (self->lines, n - 1));
  sc_chat_list_forget_first (self,
                             self->hidden,
                             sc_chat_sorted_get_place (self->hidden, self->floor));
  sc_chat_list_forget_first (self, self->lines, n);
  sc_chat_list_tell (self, 0, n, 0);
}

static guint
get_kept (ScChatList *self)
{
  return self->max - self->max / 10;
}

/**
 * sc_chat_list_count_sent:
 * @self: a list
 *
 * Returns: how many of the lines on show do not wait to be sent; those that do are never dropped
 */
guint
sc_chat_list_count_sent (ScChatList *self)
{
  return sc_chat_sorted_get_place (self->lines, SC_CHAT_LINE_LAST - 1);
}

/**
 * sc_chat_list_make_room:
 * @self: a list
 * @n: how many lines are to come
 *
 * Drops the oldest if there would be too many; not while somebody reads further up.
 */
void
sc_chat_list_make_room (ScChatList *self, guint n)
{
  guint total = self->lines->len + n;
  if (!self->reading_back && total > self->max)
    drop_first (self, MIN (total - MIN (total, get_kept (self)), sc_chat_list_count_sent (self)));
}

static void
drop_gap (ScChatList *self)
{
  if (self->reading_back || self->gap == G_MININT64)
    return;
  drop_first (self, sc_chat_sorted_get_place (self->lines, self->gap));
  self->floor = MAX (self->floor, self->gap);
  self->gap = G_MININT64;
}

/**
 * sc_chat_list_insert:
 * @self: a list
 * @from: lines in order
 * @n: how many of them
 *
 * Puts lines where they belong, from the last to the first, with one change for each run.
 */
void
sc_chat_list_insert (ScChatList *self, GPtrArray *from, guint n)
{
  guint end = n;
  while (end > 0) {
    guint place = sc_chat_sorted_get_place (self->lines, get_order (from, end - 1));
    gint64 before = place > 0 ? get_order (self->lines, place - 1) : G_MININT64;
    guint start = end - 1;
    while (start > 0 && get_order (from, start - 1) >= before)
      start--;
    sc_chat_sorted_insert (self->lines, place, from, start, end - start);
    sc_chat_list_tell (self, place, 0, end - start);
    end = start;
  }
}

/* Reading back for long fills the list: what is new then waits out of sight. */
static gboolean
is_held (ScChatList *self, guint n)
{
  return self->reading_back && self->lines->len + n > self->max + SC_CHAT_LIST_BACK;
}

static void
flush (ScChatList *self)
{
  guint n = sc_chat_coming_count_due (self->coming);
  if (n == 0 || is_held (self, n))
    return;
  g_autoptr (GPtrArray) due = sc_chat_coming_take (self->coming, n);
  drop_gap (self);
  if (!self->reading_back && n > self->max) {
    guint surplus = n - get_kept (self);
    sc_chat_list_drop_before (self, get_order (due, surplus));
    sc_chat_list_forget_first (self, due, surplus);
  }
  sc_chat_list_make_room (self, due->len);
  sc_chat_list_insert (self, due, due->len);
}

static void
plan_batch (ScChatList *self)
{
  if (!is_held (self, 1))
    sc_chat_coming_plan (self->coming);
}

static void
on_due (gpointer user_data)
{
  ScChatList *self = user_data;
  flush (self);
  plan_batch (self);
}

static void
sc_chat_list_dispose (GObject *object)
{
  ScChatList *self = SC_CHAT_LIST (object);

  g_clear_pointer (&self->coming, sc_chat_coming_free);

  G_OBJECT_CLASS (sc_chat_list_parent_class)->dispose (object);
}

static void
sc_chat_list_finalize (GObject *object)
{
  ScChatList *self = SC_CHAT_LIST (object);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->hidden);
  g_ptr_array_unref (self->lines);
  sc_chat_sieve_free (self->sieve);

  G_OBJECT_CLASS (sc_chat_list_parent_class)->finalize (object);
}

static void
sc_chat_list_class_init (ScChatListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sc_chat_list_dispose;
  object_class->finalize = sc_chat_list_finalize;
}

static void
sc_chat_list_init (ScChatList *self)
{
  self->lines = sc_chat_sorted_new ();
  self->hidden = sc_chat_sorted_new ();
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->sieve = sc_chat_sieve_new ();
  self->max = SC_CHAT_LIST_MAX;
  self->floor = self->gap = G_MININT64;
}

/**
 * sc_chat_list_new:
 * @batch_ms: how long what others say waits at most for more of it, milliseconds
 *
 * Returns: (transfer full): an empty list
 */
ScChatList *
sc_chat_list_new (guint batch_ms)
{
  ScChatList *self = g_object_new (SC_TYPE_CHAT_LIST, NULL);
  self->coming = sc_chat_coming_new (batch_ms, on_due, self);
  return self;
}

/**
 * sc_chat_list_get_sieve:
 * @self: a list
 *
 * Returns: (transfer none): what is not on show; sc_chat_list_sift() after a change of it
 */
ScChatSieve *
sc_chat_list_get_sieve (ScChatList *self)
{
  return self->sieve;
}

/**
 * sc_chat_list_get_max:
 * @self: a list
 *
 * Returns: how many lines it holds at most while nobody reads further up
 */
guint
sc_chat_list_get_max (ScChatList *self)
{
  return self->max;
}

/**
 * sc_chat_list_set_max:
 * @self: a list
 * @max_lines: how many lines it is to hold at most, at least %SC_CHAT_LIST_LEAST
 */
void
sc_chat_list_set_max (ScChatList *self, guint max_lines)
{
  self->max = MAX (max_lines, SC_CHAT_LIST_LEAST);
  sc_chat_list_make_room (self, 0);
}

/**
 * sc_chat_list_set_reading_back:
 * @self: a list
 * @reading_back: whether somebody reads further up; what is above the newest lines then stays
 */
void
sc_chat_list_set_reading_back (ScChatList *self, gboolean reading_back)
{
  if (self->reading_back == reading_back)
    return;
  self->reading_back = reading_back;
  if (reading_back)
    return;
  drop_gap (self);
  sc_chat_list_make_room (self, 0);
  flush (self);
  plan_batch (self);
}

/**
 * sc_chat_list_is_full:
 * @self: a list
 *
 * Returns: whether no older lines can be taken
 */
gboolean
sc_chat_list_is_full (ScChatList *self)
{
  return self->lines->len >= self->max + SC_CHAT_LIST_BACK;
}

/**
 * sc_chat_list_set_picture_time:
 * @self: a list
 * @picture_us: when what is on screen now was before the camera, microseconds since the epoch; -1
 * if lines are not to wait for their picture
 */
void
sc_chat_list_set_picture_time (ScChatList *self, gint64 picture_us)
{
  sc_chat_coming_set_picture_time (self->coming, picture_us);
}

/**
 * sc_chat_list_find:
 * @self: a list
 * @id: the room's id for a line
 *
 * Returns: (transfer none) (nullable): the line, perhaps not on show
 */
ScChatLine *
sc_chat_list_find (ScChatList *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

/**
 * sc_chat_list_get_first_order:
 * @self: a list
 *
 * Returns: the order of the oldest line, on show or hidden; %SC_CHAT_LINE_LAST if there is none
 */
gint64
sc_chat_list_get_first_order (ScChatList *self)
{
  gint64 shown = self->lines->len > 0 ? get_order (self->lines, 0) : SC_CHAT_LINE_LAST;
  gint64 hidden = self->hidden->len > 0 ? get_order (self->hidden, 0) : SC_CHAT_LINE_LAST;
  return MIN (shown, hidden);
}

static gboolean
is_new (ScChatList *self, ScChatLine *line)
{
  return sc_chat_line_get_order (line) > self->floor &&
         !sc_chat_list_find (self, sc_chat_line_get_id (line));
}

/**
 * sc_chat_list_remember:
 * @self: a list
 * @line: a line that its id finds from now on
 */
void
sc_chat_list_remember (ScChatList *self, ScChatLine *line)
{
  g_hash_table_insert (self->by_id, (gpointer) sc_chat_line_get_id (line), line);
}

static void
let_come (ScChatList *self, ScChatLine *line)
{
  GPtrArray *lines = sc_chat_coming_get_lines (self->coming);
  sc_chat_coming_add (self->coming, line);
  if (lines->len <= SC_CHAT_COMING_MAX)
    return;
  guint n = SC_CHAT_COMING_MAX / 10;
  self->gap = MAX (self->gap, get_order (lines, n - 1));
  sc_chat_list_forget_first (self, lines, n);
}

/**
 * sc_chat_list_add:
 * @self: a list
 * @line: a line that the room has
 *
 * Adds a line, soon or with its picture, unless it is there already.
 */
void
sc_chat_list_add (ScChatList *self, ScChatLine *line)
{
  if (!is_new (self, line))
    return;
  sc_chat_list_remember (self, line);
  if (sc_chat_list_is_to_hide (self, line)) {
    sc_chat_list_hide (self, line);
    return;
  }
  let_come (self, line);
  plan_batch (self);
}

/**
 * sc_chat_list_add_now:
 * @self: a list
 * @line: a line of ours that is to be sent
 *
 * Adds a line at the end at once, after all that is due.
 */
void
sc_chat_list_add_now (ScChatList *self, ScChatLine *line)
{
  flush (self);
  sc_chat_list_make_room (self, 1);
  sc_chat_sorted_add (self->lines, line);
  sc_chat_list_tell (self, self->lines->len - 1, 0, 1);
}

/**
 * sc_chat_list_merge:
 * @self: a list
 * @lines: lines that the log has; sorted by this
 * @older: whether somebody asked for what is above the list
 *
 * Adds those that are not there yet where they belong, at once, or with their picture.
 *
 * Returns: how many were not there
 */
guint
sc_chat_list_merge (ScChatList *self, GPtrArray *lines, gboolean older)
{
  g_autoptr (GPtrArray) due = sc_chat_sorted_new ();
  guint n_new = 0;
  sc_chat_sorted_sort (lines);
  if (older && lines->len > 0)
    self->floor = MIN (self->floor, get_order (lines, 0) - 1);
  for (guint i = 0; i < lines->len; i++) {
    ScChatLine *line = lines->pdata[i];
    if (!is_new (self, line))
      continue;
    n_new++;
    sc_chat_list_remember (self, line);
    if (sc_chat_list_is_to_hide (self, line))
      sc_chat_list_hide (self, line);
    else if (sc_chat_coming_is_early (self->coming, line))
      let_come (self, line);
    else
      g_ptr_array_add (due, g_object_ref (line));
  }
  sc_chat_list_insert (self, due, due->len);
  sc_chat_list_make_room (self, 0);
  plan_batch (self);
  return n_new;
}

/**
 * sc_chat_list_drop_before:
 * @self: a list
 * @order: the first line after a gap
 *
 * What is before it does not belong to what follows: it goes, as soon as nobody reads there.
 */
void
sc_chat_list_drop_before (ScChatList *self, gint64 order)
{
  self->gap = MAX (self->gap, order - 1);
  drop_gap (self);
}
