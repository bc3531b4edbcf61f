/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The lines of a chat, oldest first: a #GListModel of #ScChatLine that never holds more than
 * %SC_CHAT_LIST_MAX, and no line twice.
 *
 * What others say is shown in batches, so that a flood costs the view a few changes a second and
 * not one for each line; a batch waits for its time and never for a silence. Main thread only.
 */

#include "config.h"

#include "sc-chat-list.h"

struct _ScChatList {
  GObject parent_instance;

  GPtrArray *lines;  /* on show */
  GPtrArray *coming; /* the next batch */
  GHashTable *by_id; /* of both; the lines own the keys */
  guint batch_ms;
  guint batch_source;
};

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

static void
forget_id (ScChatList *self, ScChatLine *line)
{
  const char *id = sc_chat_line_get_id (line);
  if (id && g_hash_table_lookup (self->by_id, id) == line)
    g_hash_table_remove (self->by_id, id);
}

static void
drop_oldest (ScChatList *self, GPtrArray *lines, guint n)
{
  for (guint i = 0; i < n; i++)
    forget_id (self, lines->pdata[i]);
  if (n > 0)
    g_ptr_array_remove_range (lines, 0, n);
}

/* Makes room for the batch; a batch may be more than there is room for. */
static void
trim (ScChatList *self)
{
  guint total = self->lines->len + self->coming->len;
  if (total <= SC_CHAT_LIST_MAX)
    return;
  guint surplus = total - SC_CHAT_LIST_KEPT;
  guint n = MIN (surplus, self->lines->len);
  drop_oldest (self, self->coming, surplus - n);
  drop_oldest (self, self->lines, n);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

static void
flush (ScChatList *self)
{
  g_clear_handle_id (&self->batch_source, g_source_remove);
  trim (self);
  guint position = self->lines->len;
  guint n = self->coming->len;
  g_ptr_array_extend_and_steal (self->lines, g_steal_pointer (&self->coming));
  self->coming = g_ptr_array_new_with_free_func (g_object_unref);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n);
}

static void
on_batch_due (gpointer user_data)
{
  ScChatList *self = user_data;
  self->batch_source = 0;
  flush (self);
}

static void
sc_chat_list_dispose (GObject *object)
{
  ScChatList *self = SC_CHAT_LIST (object);

  g_clear_handle_id (&self->batch_source, g_source_remove);

  G_OBJECT_CLASS (sc_chat_list_parent_class)->dispose (object);
}

static void
sc_chat_list_finalize (GObject *object)
{
  ScChatList *self = SC_CHAT_LIST (object);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->coming);
  g_ptr_array_unref (self->lines);

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
  self->lines = g_ptr_array_new_with_free_func (g_object_unref);
  self->coming = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
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
  self->batch_ms = batch_ms;
  return self;
}

/**
 * sc_chat_list_find:
 * @self: a list
 * @id: the room's id for a line
 *
 * Returns: (transfer none) (nullable): the line, perhaps not on show yet
 */
ScChatLine *
sc_chat_list_find (ScChatList *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

static void
take (ScChatList *self, ScChatLine *line)
{
  if (sc_chat_line_get_id (line))
    g_hash_table_insert (self->by_id, (gpointer) sc_chat_line_get_id (line), line);
  g_ptr_array_add (self->coming, g_object_ref (line));
}

/**
 * sc_chat_list_add:
 * @self: a list
 * @line: a line that the room has
 *
 * Adds a line at the end, soon, unless it is there already.
 */
void
sc_chat_list_add (ScChatList *self, ScChatLine *line)
{
  if (sc_chat_list_find (self, sc_chat_line_get_id (line)))
    return;
  take (self, line);
  if (self->coming->len > SC_CHAT_LIST_MAX)
    drop_oldest (self, self->coming, self->coming->len - SC_CHAT_LIST_KEPT);
  if (self->batch_source == 0)
    self->batch_source = g_timeout_add_once (self->batch_ms, on_batch_due, self);
}

/**
 * sc_chat_list_add_now:
 * @self: a list
 * @line: a line of ours
 *
 * Adds a line at the end at once, after all that came before it.
 */
void
sc_chat_list_add_now (ScChatList *self, ScChatLine *line)
{
  take (self, line);
  flush (self);
}

/**
 * sc_chat_list_remove:
 * @self: a list
 * @line: a line, whether or not it is there
 *
 * Takes a line out.
 */
void
sc_chat_list_remove (ScChatList *self, ScChatLine *line)
{
  guint position;
  forget_id (self, line);
  if (g_ptr_array_find (self->lines, line, &position)) {
    g_ptr_array_remove_index (self->lines, position);
    g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  }
}

/**
 * sc_chat_list_confirm:
 * @self: a list
 * @line: a line of ours, on show or gone from the list by its age
 * @message: its echo
 *
 * From now on the room's id finds the line.
 */
void
sc_chat_list_confirm (ScChatList *self, ScChatLine *line, const ScChatPush *message)
{
  sc_chat_line_confirm (line, message);
  if (g_ptr_array_find (self->lines, line, NULL))
    g_hash_table_insert (self->by_id, (gpointer) sc_chat_line_get_id (line), line);
}
