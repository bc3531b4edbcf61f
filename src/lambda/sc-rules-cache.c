/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The rules of the rooms whose lines this process reviews. A copy is used for 5 s and then fetched
 * again; where that fails it is used for a minute more or less, and then there are no rules, so
 * that nobody writes what a streamer forbade long ago.
 *
 * A line waits 100 ms for a fetch. The fetch goes on after that, for the lines that follow: each is
 * in a thread of its own, one a room. From any thread. */

#include "config.h"

#include "sc-rules-cache.h"

#define FRESH_US (5 * G_TIME_SPAN_SECOND)
#define STALE_US (60 * G_TIME_SPAN_SECOND)

/* Amazon IVS Chat waits 200 ms for the whole review. */
#define WAIT_US (100 * G_TIME_SPAN_MILLISECOND)

/* Each room has up to 256 KiB of rules; a process of Lambda has 512 MB, and reviews one line at a
 * time. */
#define ROOMS_MAX 256
#define FETCHES_MAX 8

typedef struct {
  gatomicrefcount references;
  char *room;
  ScReviewRules *rules; /* or NULL */
  gint64 fetched_us;    /* when the fetch of @rules began */
  gint64 asked_us;
  gboolean fetching;
} Entry;

struct _ScRulesCache {
  ScRulesFetch fetch;
  gpointer user_data;
  ScRulesClock clock;
  gpointer clock_data;

  GMutex lock;
  GCond changed;
  GHashTable *entries; /* room -> Entry */
  guint fetches;
};

typedef struct {
  ScRulesCache *cache;
  Entry *entry;
  gint64 begun_us;
} Fetch;

static void
entry_unref (gpointer data)
{
  Entry *entry = data;
  if (!g_atomic_ref_count_dec (&entry->references))
    return;
  g_clear_pointer (&entry->rules, sc_review_rules_unref);
  g_free (entry->room);
  g_free (entry);
}

static gint64
read_clock (gpointer user_data)
{
  return g_get_monotonic_time ();
}

/**
 * sc_rules_cache_new:
 * @fetch: reads a room's rules object
 * @user_data: for @fetch; outlives the cache
 *
 * Returns: (transfer full): a cache of nothing
 */
ScRulesCache *
sc_rules_cache_new (ScRulesFetch fetch, gpointer user_data)
{
  ScRulesCache *self = g_new0 (ScRulesCache, 1);
  self->fetch = fetch;
  self->user_data = user_data;
  self->clock = read_clock;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_unref);
  return self;
}

/**
 * sc_rules_cache_free:
 * @self: (nullable) (transfer full): a cache that nobody asks any more
 *
 * Waits for the fetches under way.
 */
void
sc_rules_cache_free (ScRulesCache *self)
{
  if (!self)
    return;
  g_mutex_lock (&self->lock);
  while (self->fetches > 0)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
  g_hash_table_unref (self->entries);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

/**
 * sc_rules_cache_set_clock:
 * @self: a cache that is not in use yet
 * @clock: tells the age of copies
 * @user_data: for @clock
 *
 * Replaces the monotonic clock.
 */
void
sc_rules_cache_set_clock (ScRulesCache *self, ScRulesClock clock, gpointer user_data)
{
  self->clock = clock;
  self->clock_data = user_data;
}

static gpointer
run_fetch (gpointer data)
{
  g_autofree Fetch *fetch = data;
  ScRulesCache *self = fetch->cache;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = self->fetch (fetch->entry->room, self->user_data, &error);
  ScReviewRules *rules = bytes ? sc_review_rules_parse (bytes, &error) : NULL;
  if (!rules)
    g_debug ("A room's rules cannot be read: %s", error->message);

  g_mutex_lock (&self->lock);
  if (rules) {
    g_clear_pointer (&fetch->entry->rules, sc_review_rules_unref);
    fetch->entry->rules = rules;
    fetch->entry->fetched_us = fetch->begun_us;
  }
  fetch->entry->fetching = FALSE;
  entry_unref (fetch->entry);
  self->fetches--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return NULL;
}

static void
start_fetch (ScRulesCache *self, Entry *entry, gint64 now_us)
{
  Fetch *fetch = g_new0 (Fetch, 1);
  fetch->cache = self;
  fetch->entry = entry;
  fetch->begun_us = now_us;
  g_atomic_ref_count_inc (&entry->references);
  entry->fetching = TRUE;
  self->fetches++;
  g_thread_unref (g_thread_new ("rules", run_fetch, fetch));
}

static void
forget_oldest (ScRulesCache *self)
{
  GHashTableIter iter;
  gpointer value;
  Entry *oldest = NULL;
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Entry *entry = value;
    if (!oldest || entry->asked_us < oldest->asked_us)
      oldest = entry;
  }
  if (oldest)
    g_hash_table_remove (self->entries, oldest->room);
}

static Entry *
find_entry (ScRulesCache *self, const char *room)
{
  Entry *entry = g_hash_table_lookup (self->entries, room);
  if (entry)
    return entry;
  if (g_hash_table_size (self->entries) >= ROOMS_MAX)
    forget_oldest (self);
  entry = g_new0 (Entry, 1);
  g_atomic_ref_count_init (&entry->references);
  entry->room = g_strdup (room);
  g_hash_table_insert (self->entries, entry->room, entry);
  return entry;
}

static gboolean
is_younger (const Entry *entry, gint64 now_us, gint64 age_us)
{
  return entry->rules && now_us - entry->fetched_us < age_us;
}

static void
refresh (ScRulesCache *self, Entry *entry, gint64 now_us)
{
  if (is_younger (entry, now_us, FRESH_US))
    return;
  if (!entry->fetching && self->fetches < FETCHES_MAX)
    start_fetch (self, entry, now_us);
  gint64 deadline = g_get_monotonic_time () + WAIT_US;
  while (entry->fetching && g_cond_wait_until (&self->changed, &self->lock, deadline))
    ;
}

/**
 * sc_rules_cache_get:
 * @self: the cache
 * @room: a room's id
 *
 * Gives the rules of a room, fetched if need be: waits 100 ms at most.
 *
 * Returns: (transfer full) (nullable): the rules, or %NULL where none are known that are young
 * enough
 */
ScReviewRules *
sc_rules_cache_get (ScRulesCache *self, const char *room)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Entry *entry = find_entry (self, room);
  gint64 now_us = self->clock (self->clock_data);
  entry->asked_us = now_us;
  g_atomic_ref_count_inc (&entry->references); /* another line may make it be forgotten */
  refresh (self, entry, now_us);
  ScReviewRules *rules = is_younger (entry, self->clock (self->clock_data), STALE_US)
                           ? sc_review_rules_ref (entry->rules)
                           : NULL;
  entry_unref (entry);
  return rules;
}
