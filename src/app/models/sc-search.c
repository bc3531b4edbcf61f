/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A search while somebody types. One question is on its way at a time; what is typed meanwhile
 * waits for its answer, and only the last of it is asked. So a quick server is asked at each
 * letter, a slow one as often as it can answer, and no answer ever comes after a newer one. Main
 * thread only.
 */

#include "config.h"

#include "sc-search.h"

#include "sc-category.h"
#include "sc-channel.h"
#include "sc-future.h"
#include "sc-search-results.h"

struct _ScSearch {
  GObject parent_instance;

  ScClient *client;
  char *words;   /* what is to be looked for, or NULL */
  char *asked;   /* what was last asked, or NULL */
  char *found;   /* what the results are of, or NULL */
  guint run;     /* which fiber may still speak */
  gboolean busy; /* whether it asks */
  DexFuture *asking;
  GListStore *channels;
  GListStore *live;
  GListStore *categories;
  GError *error;
};

typedef enum {
  SIGNAL_CHANGED,
} ScSearchSignal;

static guint signals[SIGNAL_CHANGED + 1];

G_DEFINE_FINAL_TYPE (ScSearch, sc_search, G_TYPE_OBJECT)

static void
take_items (GListStore *shown, GListStore *newer)
{
  guint n_newer = g_list_model_get_n_items (G_LIST_MODEL (newer));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_newer; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (newer), i));
  g_list_store_splice (shown,
                       0,
                       g_list_model_get_n_items (G_LIST_MODEL (shown)),
                       items->pdata,
                       n_newer);
}

static void
forget_results (ScSearch *self)
{
  g_list_store_remove_all (self->channels);
  g_list_store_remove_all (self->live);
  g_list_store_remove_all (self->categories);
  g_clear_pointer (&self->found, g_free);
}

/* An answer about what nobody looks for any more is shown until the next one comes; a failure is
 * not, as the next one may do better. */
static void
take_answer (ScSearch *self, const ScSearchResults *results, GError *error)
{
  gboolean is_last = g_strcmp0 (self->asked, self->words) == 0;
  g_clear_error (&self->error);
  if (results) {
    take_items (self->channels, results->channels);
    take_items (self->live, results->live);
    take_items (self->categories, results->categories);
    g_set_str (&self->found, self->asked);
  } else if (is_last) {
    forget_results (self);
    self->error = g_error_copy (error);
  }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

typedef struct {
  GWeakRef owner;
  ScClient *client;
  guint run;
} SearchArgs;

static void
search_args_free (gpointer data)
{
  SearchArgs *args = data;
  g_weak_ref_clear (&args->owner);
  g_clear_object (&args->client);
  g_free (args);
}

/* Returns the owner if it still listens to this run. */
static ScSearch *
get_owner (SearchArgs *args)
{
  g_autoptr (ScSearch) self = g_weak_ref_get (&args->owner);
  return self && self->run == args->run ? g_steal_pointer (&self) : NULL;
}

/* Notes what is asked next. Returns FALSE if all is asked. */
static gboolean
take_question (ScSearch *self, char **ret_words)
{
  self->busy = g_strcmp0 (self->asked, self->words) != 0;
  if (!self->busy)
    return FALSE;
  g_set_str (&self->asked, self->words);
  *ret_words = g_strdup (self->words);
  return TRUE;
}

static DexFuture *
search_fiber (gpointer data)
{
  SearchArgs *args = data;
  for (;;) {
    g_autoptr (GError) error = NULL;
    g_autofree char *words = NULL;
    g_autoptr (ScSearch) asker = get_owner (args);
    if (!asker || !take_question (asker, &words))
      break;
    g_clear_object (&asker);
    g_autoptr (ScSearchResults) results =
      dex_await_boxed (sc_client_search (args->client, words), &error);
    g_autoptr (ScSearch) self = get_owner (args);
    if (!self || sc_error_is_cancelled (error))
      break;
    take_answer (self, results, error);
  }
  return NULL;
}

static void
start (ScSearch *self)
{
  SearchArgs *args = g_new0 (SearchArgs, 1);
  g_weak_ref_init (&args->owner, self);
  args->client = g_object_ref (self->client);
  args->run = ++self->run;
  self->busy = TRUE;
  dex_clear (&self->asking);
  self->asking = sc_spawn (search_fiber, args, search_args_free);
}

static void
stop (ScSearch *self)
{
  self->run++;
  self->busy = FALSE;
  dex_clear (&self->asking);
  g_clear_pointer (&self->asked, g_free);
}

static void
sc_search_dispose (GObject *object)
{
  ScSearch *self = SC_SEARCH (object);

  stop (self);
  g_clear_object (&self->client);
  g_clear_object (&self->channels);
  g_clear_object (&self->live);
  g_clear_object (&self->categories);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->found, g_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sc_search_parent_class)->dispose (object);
}

static void
sc_search_class_init (ScSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sc_search_dispose;

  /**
   * ScSearch::changed:
   *
   * An answer came, or failed to, or there is nothing to look for any more.
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
sc_search_init (ScSearch *self)
{
  self->channels = g_list_store_new (SC_TYPE_CHANNEL);
  self->live = g_list_store_new (SC_TYPE_CHANNEL);
  self->categories = g_list_store_new (SC_TYPE_CATEGORY);
}

/**
 * sc_search_new:
 * @client: whom to ask
 *
 * Returns: (transfer full): a search for nothing
 */
ScSearch *
sc_search_new (ScClient *client)
{
  ScSearch *self = g_object_new (SC_TYPE_SEARCH, NULL);
  self->client = g_object_ref (client);
  return self;
}

/* What the server takes: no spaces around it, and no more than it reads. */
static char *
dup_words (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  return *stripped
           ? g_utf8_substring (stripped, 0, MIN (g_utf8_strlen (stripped, -1), SC_SEARCH_MAX))
           : NULL;
}

/**
 * sc_search_set_words:
 * @self: a search
 * @words: what to look for from now on; nothing ends the search
 */
void
sc_search_set_words (ScSearch *self, const char *words)
{
  g_autofree char *wanted = dup_words (words);
  if (!g_set_str (&self->words, wanted))
    return;
  g_clear_error (&self->error);
  if (!wanted) {
    stop (self);
    forget_results (self);
  } else if (!self->busy) {
    start (self);
  }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * sc_search_retry:
 * @self: a search
 *
 * Asks again after a failure.
 */
void
sc_search_retry (ScSearch *self)
{
  if (!self->error)
    return;
  g_clear_error (&self->error);
  g_clear_pointer (&self->asked, g_free);
  start (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * sc_search_get_state:
 * @self: a search
 *
 * Returns: how far it is
 */
ScSearchState
sc_search_get_state (ScSearch *self)
{
  if (!self->words)
    return SC_SEARCH_IDLE;
  if (self->error)
    return SC_SEARCH_FAILED;
  if (!self->found)
    return SC_SEARCH_LOADING;
  return sc_search_count (self) > 0 ? SC_SEARCH_FOUND : SC_SEARCH_NOTHING;
}

/**
 * sc_search_get_error:
 * @self: a search
 *
 * Returns: (transfer none) (nullable): why the server could not be asked
 */
const GError *
sc_search_get_error (ScSearch *self)
{
  return self->error;
}

/**
 * sc_search_get_found_words:
 * @self: a search
 *
 * Returns: (transfer none) (nullable): what the results are of
 */
const char *
sc_search_get_found_words (ScSearch *self)
{
  return self->found;
}

/**
 * sc_search_get_channels:
 * @self: a search
 *
 * Returns: (transfer none): the #ScChannel with such names
 */
GListModel *
sc_search_get_channels (ScSearch *self)
{
  return G_LIST_MODEL (self->channels);
}

/**
 * sc_search_get_live:
 * @self: a search
 *
 * Returns: (transfer none): other #ScChannel that are live, with such titles
 */
GListModel *
sc_search_get_live (ScSearch *self)
{
  return G_LIST_MODEL (self->live);
}

/**
 * sc_search_get_categories:
 * @self: a search
 *
 * Returns: (transfer none): such #ScCategory
 */
GListModel *
sc_search_get_categories (ScSearch *self)
{
  return G_LIST_MODEL (self->categories);
}

/**
 * sc_search_count:
 * @self: a search
 *
 * Returns: how many results there are
 */
guint
sc_search_count (ScSearch *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->channels)) +
         g_list_model_get_n_items (G_LIST_MODEL (self->live)) +
         g_list_model_get_n_items (G_LIST_MODEL (self->categories));
}
