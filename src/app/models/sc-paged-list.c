/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A list that the server gives in pages, the newest first. Pages are asked for one after the other;
 * what is there stays when one fails. Main thread only.
 */

#include "config.h"

#include "sc-paged-list.h"

#include "sc-list-follow.h"
#include "sc-list-page.h"

struct _ScPagedList {
  GObject parent_instance;

  ScPagedListFunc ask;
  gpointer user_data; /* unowned: the list dies before it */
  GEqualFunc is_same; /* or NULL: a fresh page has none of the items of before */
  ScPagedListUpdateFunc update;
  GListStore *items;
  char *older;
  gboolean loaded;
  gboolean fresh; /* the page that is asked for replaces what is there */
  DexFuture *asking;
  GError *error;
};

typedef enum {
  SIGNAL_CHANGED,
} ScPagedListSignal;

static guint signals[SIGNAL_CHANGED + 1];

G_DEFINE_FINAL_TYPE (ScPagedList, sc_paged_list, G_TYPE_OBJECT)

/* Returns the item that is there already for one that came, brought up to date, or that one. */
static gpointer
keep_item (ScPagedList *self, gpointer item)
{
  guint position = 0;
  if (!self->is_same ||
      !g_list_store_find_with_equal_func (self->items, item, self->is_same, &position))
    return item;
  gpointer kept = g_list_model_get_item (G_LIST_MODEL (self->items), position);
  self->update (kept, item);
  g_object_unref (item);
  return kept;
}

static gboolean
is_in (GPtrArray *items, gpointer item)
{
  return g_ptr_array_find (items, item, NULL);
}

/* One that moved in the list meanwhile may come twice. */
static GPtrArray *
keep_items (ScPagedList *self, GListModel *newer)
{
  guint n_there = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; !self->fresh && i < n_there; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (self->items), i));
  for (guint i = 0; i < g_list_model_get_n_items (newer); i++) {
    g_autoptr (GObject) item = keep_item (self, g_list_model_get_item (newer, i));
    if (!is_in (items, item))
      g_ptr_array_add (items, g_steal_pointer (&item));
  }
  return g_steal_pointer (&items);
}

static void
take_page (ScPagedList *self, const ScListPage *page)
{
  g_autoptr (GPtrArray) items = keep_items (self, G_LIST_MODEL (page->items));
  g_set_str (&self->older, page->older);
  self->loaded = TRUE;
  sc_list_follow (self->items, items, g_direct_equal);
}

static DexFuture *
on_page (DexFuture *future, gpointer user_data)
{
  g_autoptr (ScPagedList) self = g_object_ref (user_data);
  g_clear_error (&self->error);
  const GValue *value = dex_future_get_value (future, &self->error);
  if (value)
    take_page (self, g_value_get_boxed (value));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return dex_future_new_true ();
}

static void
ask_page (ScPagedList *self, const char *before)
{
  self->fresh = before == NULL;
  dex_clear (&self->asking);
  self->asking = dex_future_finally (self->ask (before, self->user_data), on_page, self, NULL);
}

static void
sc_paged_list_dispose (GObject *object)
{
  ScPagedList *self = SC_PAGED_LIST (object);

  dex_clear (&self->asking);
  g_clear_object (&self->items);
  g_clear_error (&self->error);
  g_clear_pointer (&self->older, g_free);

  G_OBJECT_CLASS (sc_paged_list_parent_class)->dispose (object);
}

static void
sc_paged_list_class_init (ScPagedListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sc_paged_list_dispose;

  /**
   * ScPagedList::changed:
   *
   * A page came, or failed to.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
sc_paged_list_init (ScPagedList *self)
{
  self->items = g_list_store_new (G_TYPE_OBJECT);
}

/**
 * sc_paged_list_new:
 * @ask: asks for a page
 * @user_data: for @ask; lives longer than the list
 *
 * Returns: (transfer full): a list that has not asked yet
 */
ScPagedList *
sc_paged_list_new (ScPagedListFunc ask, gpointer user_data)
{
  ScPagedList *self = g_object_new (SC_TYPE_PAGED_LIST, NULL);
  self->ask = ask;
  self->user_data = user_data;
  return self;
}

/**
 * sc_paged_list_set_keeping:
 * @self: a list that has not asked yet
 * @is_same: whether two items are of the same thing
 * @update: brings one that is there up to date with one that came
 *
 * Has the list keep its items where pages have them again, so that nothing moves on the screen.
 */
void
sc_paged_list_set_keeping (ScPagedList *self, GEqualFunc is_same, ScPagedListUpdateFunc update)
{
  self->is_same = is_same;
  self->update = update;
}

/**
 * sc_paged_list_reload:
 * @self: a list
 *
 * Asks for the newest page, which replaces what is there.
 */
void
sc_paged_list_reload (ScPagedList *self)
{
  ask_page (self, NULL);
}

/**
 * sc_paged_list_load_more:
 * @self: a list
 *
 * Asks for the page after the last, if there is one and nothing is asked already.
 */
void
sc_paged_list_load_more (ScPagedList *self)
{
  if (!self->older || (self->asking && dex_future_is_pending (self->asking)))
    return;
  g_autofree char *before = g_strdup (self->older);
  ask_page (self, before);
}

/**
 * sc_paged_list_get_items:
 * @self: a list
 *
 * Returns: (transfer none): what is there so far
 */
GListModel *
sc_paged_list_get_items (ScPagedList *self)
{
  return G_LIST_MODEL (self->items);
}

/**
 * sc_paged_list_get_loaded:
 * @self: a list
 *
 * Returns: whether a page has come
 */
gboolean
sc_paged_list_get_loaded (ScPagedList *self)
{
  return self->loaded;
}

/**
 * sc_paged_list_get_has_more:
 * @self: a list
 *
 * Returns: whether the server has more of it
 */
gboolean
sc_paged_list_get_has_more (ScPagedList *self)
{
  return self->older != NULL;
}

/**
 * sc_paged_list_get_error:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): why the last page did not come
 */
const GError *
sc_paged_list_get_error (ScPagedList *self)
{
  return self->error;
}
