/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A list that the server gives in pages, the newest first. Pages are asked for one after the other;
 * what is there stays when one fails. Main thread only.
 */

#include "config.h"

#include "sc-paged-list.h"

#include "sc-list-page.h"

struct _ScPagedList {
  GObject parent_instance;

  ScPagedListFunc ask;
  gpointer user_data; /* unowned: the list dies before it */
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

static void
take_page (ScPagedList *self, const ScListPage *page)
{
  GListModel *newer = G_LIST_MODEL (page->items);
  guint n_newer = g_list_model_get_n_items (newer);
  guint n_there = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_newer; i++)
    g_ptr_array_add (items, g_list_model_get_item (newer, i));
  guint position = self->fresh ? 0 : n_there;
  g_set_str (&self->older, page->older);
  self->loaded = TRUE;
  g_list_store_splice (self->items, position, n_there - position, items->pdata, n_newer);
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
