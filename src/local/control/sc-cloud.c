/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* All resources of the local cloud's control planes: JSON documents as Amazon answers them, in the
 * order of their making, kept in one file that is written anew with each change.
 *
 * Lives in the main thread; the local cloud owns it. */

#include "config.h"

#include "sc-cloud.h"

#include "sc-json.h"
#include "sc-state-dir.h"

#include <string.h>

/* 5,000 channels, their keys, rooms and stages take about 8 MB. */
#define FILE_MAX_BYTES (64 * 1024 * 1024)

static const char *const kind_names[SC_CLOUD_N_KINDS] = {
  [SC_CLOUD_CHANNEL] = "channels",
  [SC_CLOUD_STREAM_KEY] = "stream_keys",
  [SC_CLOUD_ROOM] = "rooms",
  [SC_CLOUD_STAGE] = "stages",
};

typedef struct {
  guint64 sequence; /* grows with each resource ever made: a page ends at one, whatever goes away */
  JsonObject *document;
  gint64 hidden_until; /* lists do not show it before */
} Entry;

typedef struct {
  GPtrArray *entries; /* of Entry, oldest first */
  GHashTable *by_arn; /* borrowed ARN to borrowed Entry */
} Collection;

struct _ScCloud {
  GObject parent_instance;

  char *path;
  guint64 next_sequence;
  gint64 now_us;
  Collection collections[SC_CLOUD_N_KINDS];
};

G_DEFINE_FINAL_TYPE (ScCloud, sc_cloud, G_TYPE_OBJECT)

enum {
  SIGNAL_REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
free_entry (gpointer data)
{
  Entry *entry = data;
  json_object_unref (entry->document);
  g_free (entry);
}

static const char *
get_arn (JsonObject *document)
{
  return sc_json_get_string_or (document, "arn", "");
}

static void
sc_cloud_finalize (GObject *object)
{
  ScCloud *self = SC_CLOUD (object);
  g_clear_pointer (&self->path, g_free);
  for (guint kind = 0; kind < SC_CLOUD_N_KINDS; kind++) {
    g_hash_table_unref (self->collections[kind].by_arn);
    g_ptr_array_unref (self->collections[kind].entries);
  }
  G_OBJECT_CLASS (sc_cloud_parent_class)->finalize (object);
}

static void
sc_cloud_class_init (ScCloudClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_cloud_finalize;

  /**
   * ScCloud::removed:
   * @self: the resources
   * @kind: a #ScCloudKind
   * @arn: the resource that is not there any more
   */
  signals[SIGNAL_REMOVED] = g_signal_new ("removed",
                                          SC_TYPE_CLOUD,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          2,
                                          G_TYPE_UINT,
                                          G_TYPE_STRING);
}

static void
sc_cloud_init (ScCloud *self)
{
  self->next_sequence = 1;
  for (guint kind = 0; kind < SC_CLOUD_N_KINDS; kind++) {
    self->collections[kind].entries = g_ptr_array_new_with_free_func (free_entry);
    self->collections[kind].by_arn = g_hash_table_new (g_str_hash, g_str_equal);
  }
}

static void
insert (ScCloud *self, ScCloudKind kind, guint64 sequence, JsonObject *document)
{
  Collection *collection = &self->collections[kind];
  Entry *entry = g_new (Entry, 1);
  *entry = (Entry) { .sequence = sequence, .document = json_object_ref (document) };
  g_ptr_array_add (collection->entries, entry);
  g_hash_table_insert (collection->by_arn, (char *) get_arn (document), entry);
  self->next_sequence = MAX (self->next_sequence, sequence + 1);
}

static JsonArray *
entries_to_json (const Collection *collection)
{
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < collection->entries->len; i++) {
    const Entry *entry = g_ptr_array_index (collection->entries, i);
    JsonObject *object = json_object_new ();
    json_object_set_int_member (object, "sequence", (gint64) entry->sequence);
    json_object_set_object_member (object, "document", json_object_ref (entry->document));
    json_array_add_object_element (array, object);
  }
  return array;
}

static gboolean
save (ScCloud *self, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  json_object_set_int_member (object, "next_sequence", (gint64) self->next_sequence);
  for (guint kind = 0; kind < SC_CLOUD_N_KINDS; kind++)
    json_object_set_array_member (object,
                                  kind_names[kind],
                                  entries_to_json (&self->collections[kind]));
  return sc_private_json_write (self->path, object, error);
}

static gboolean
load_kind (ScCloud *self, ScCloudKind kind, JsonObject *object, GError **error)
{
  JsonArray *array = sc_json_get_array (object, kind_names[kind], error);
  if (!array)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *element = json_array_get_object_element (array, i);
    JsonObject *document = sc_json_get_object (element, "document", error);
    gint64 sequence = 0;
    if (!document || !sc_json_get_int (element, "sequence", 1, G_MAXINT64, &sequence, error))
      return FALSE;
    insert (self, kind, (guint64) sequence, document);
  }
  return TRUE;
}

static gboolean
load (ScCloud *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonObject) object = sc_private_json_read (self->path, FILE_MAX_BYTES, &local_error);
  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  if (!object) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  gint64 next = 1;
  if (!sc_json_get_int (object, "next_sequence", 1, G_MAXINT64, &next, error))
    return FALSE;
  self->next_sequence = (guint64) next;
  for (guint kind = 0; kind < SC_CLOUD_N_KINDS; kind++) {
    if (!load_kind (self, kind, object, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * sc_cloud_new:
 * @path: the file of the resources; need not be there yet
 * @error: %G_FILE_ERROR or %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the resources that were kept
 */
ScCloud *
sc_cloud_new (const char *path, GError **error)
{
  g_autoptr (ScCloud) self = g_object_new (SC_TYPE_CLOUD, NULL);
  self->path = g_strdup (path);
  return load (self, error) ? g_steal_pointer (&self) : NULL;
}

/* Takes a resource out of memory alone. */
static void
forget (ScCloud *self, ScCloudKind kind, const char *arn)
{
  Collection *collection = &self->collections[kind];
  Entry *entry = g_hash_table_lookup (collection->by_arn, arn);
  g_hash_table_remove (collection->by_arn, arn);
  g_ptr_array_remove (collection->entries, entry);
}

/**
 * sc_cloud_add:
 * @self: the resources
 * @kind: what it is
 * @document: the resource with its "arn"; not changed afterwards
 * @error: %G_FILE_ERROR; then it is not there
 *
 * Adds a resource and writes the file.
 *
 * Returns: %TRUE if it is kept
 */
gboolean
sc_cloud_add (ScCloud *self, ScCloudKind kind, JsonObject *document, GError **error)
{
  insert (self, kind, self->next_sequence, document);
  if (save (self, error))
    return TRUE;
  forget (self, kind, get_arn (document));
  return FALSE;
}

/**
 * sc_cloud_replace:
 * @self: the resources
 * @kind: what it is
 * @document: the resource with the "arn" of one that is there; not changed afterwards
 * @error: %G_FILE_ERROR; then all is as it was
 *
 * Puts a resource in the place of what it was before and writes the file.
 *
 * Returns: %TRUE if it is kept
 */
gboolean
sc_cloud_replace (ScCloud *self, ScCloudKind kind, JsonObject *document, GError **error)
{
  GHashTable *by_arn = self->collections[kind].by_arn;
  Entry *entry = g_hash_table_lookup (by_arn, get_arn (document));
  g_autoptr (JsonObject) before = entry->document;
  entry->document = json_object_ref (document);
  g_hash_table_replace (by_arn, (char *) get_arn (document), entry);
  if (save (self, error))
    return TRUE;
  entry->document = json_object_ref (before);
  g_hash_table_replace (by_arn, (char *) get_arn (before), entry);
  json_object_unref (document);
  return FALSE;
}

/**
 * sc_cloud_remove:
 * @self: the resources
 * @kind: what it is
 * @arn: a resource that is there
 * @error: %G_FILE_ERROR; then it comes back with the next start
 *
 * Removes a resource, says so with #ScCloud::removed, and writes the file.
 *
 * Returns: %TRUE if that is kept
 */
gboolean
sc_cloud_remove (ScCloud *self, ScCloudKind kind, const char *arn, GError **error)
{
  g_autofree char *removed = g_strdup (arn); /* it may be the document's own */
  forget (self, kind, arn);
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0, kind, removed);
  return save (self, error);
}

/**
 * sc_cloud_set_time:
 * @self: the resources
 * @now_us: a time that only grows, microseconds
 *
 * Says what time it is.
 */
void
sc_cloud_set_time (ScCloud *self, gint64 now_us)
{
  self->now_us = now_us;
}

static Entry *
find_newest (ScCloud *self)
{
  Entry *newest = NULL;
  for (guint kind = 0; kind < SC_CLOUD_N_KINDS; kind++) {
    const GPtrArray *entries = self->collections[kind].entries;
    Entry *last = entries->len > 0 ? g_ptr_array_index (entries, entries->len - 1) : NULL;
    if (last && (!newest || last->sequence > newest->sequence))
      newest = last;
  }
  return newest;
}

/**
 * sc_cloud_hide_newest:
 * @self: the resources
 * @length_us: how long, by the time of sc_cloud_set_time()
 *
 * Leaves the newest resource out of sc_cloud_list() for a while, as AWS's lists lag.
 */
void
sc_cloud_hide_newest (ScCloud *self, gint64 length_us)
{
  Entry *newest = find_newest (self);
  if (newest)
    newest->hidden_until = self->now_us + length_us;
}

/**
 * sc_cloud_count:
 * @self: the resources
 * @kind: a kind
 *
 * Returns: how many there are
 */
guint
sc_cloud_count (ScCloud *self, ScCloudKind kind)
{
  return self->collections[kind].entries->len;
}

/**
 * sc_cloud_find:
 * @self: the resources
 * @kind: what it is
 * @arn: its ARN
 *
 * Returns: (transfer none) (nullable): the resource
 */
JsonObject *
sc_cloud_find (ScCloud *self, ScCloudKind kind, const char *arn)
{
  const Entry *entry = g_hash_table_lookup (self->collections[kind].by_arn, arn);
  return entry ? entry->document : NULL;
}

/**
 * sc_cloud_find_channel_by_id:
 * @self: the resources
 * @id: the last part of a channel's ARN
 *
 * Returns: (transfer none) (nullable): the channel
 */
JsonObject *
sc_cloud_find_channel_by_id (ScCloud *self, const char *id)
{
  const GPtrArray *entries = self->collections[SC_CLOUD_CHANNEL].entries;
  for (guint i = 0; i < entries->len; i++) {
    const Entry *entry = g_ptr_array_index (entries, i);
    if (g_str_equal (sc_arn_get_id (get_arn (entry->document)), id))
      return entry->document;
  }
  return NULL;
}

/* Compares without saying by its time where the first difference is. */
static gboolean
secrets_equal (const char *a, const char *b)
{
  gsize length = strlen (a);
  if (length != strlen (b))
    return FALSE;
  volatile guint8 difference = 0;
  for (gsize i = 0; i < length; i++)
    difference |= (guint8) (a[i] ^ b[i]);
  return difference == 0;
}

/**
 * sc_cloud_find_channel_by_key:
 * @self: the resources
 * @stream_key: what an encoder sent
 *
 * Compares with every key in a time that does not depend on where they differ.
 *
 * Returns: (transfer none) (nullable): the channel whose key it is
 */
JsonObject *
sc_cloud_find_channel_by_key (ScCloud *self, const char *stream_key)
{
  const GPtrArray *entries = self->collections[SC_CLOUD_STREAM_KEY].entries;
  const char *channel_arn = NULL;
  for (guint i = 0; i < entries->len; i++) {
    const Entry *entry = g_ptr_array_index (entries, i);
    if (secrets_equal (sc_json_get_string_or (entry->document, "value", ""), stream_key))
      channel_arn = sc_json_get_string_or (entry->document, "channelArn", NULL);
  }
  return channel_arn ? sc_cloud_find (self, SC_CLOUD_CHANNEL, channel_arn) : NULL;
}

typedef struct {
  ScCloudFilter filter;
  gconstpointer data;
  guint limit;
  gint64 now_us; /* what is hidden until later is left out */
} Wish;

static GPtrArray *
make_page (const GPtrArray *entries, const Wish *wish, guint64 *after)
{
  GPtrArray *page = g_ptr_array_new ();
  guint64 last = 0;
  for (guint i = 0; i < entries->len; i++) {
    const Entry *entry = g_ptr_array_index (entries, i);
    gboolean shown = entry->sequence > *after && entry->hidden_until <= wish->now_us;
    if (!shown || (wish->filter && !wish->filter (entry->document, wish->data)))
      continue;
    if (page->len == wish->limit) {
      *after = last;
      return page;
    }
    g_ptr_array_add (page, entry->document);
    last = entry->sequence;
  }
  *after = 0;
  return page;
}

/**
 * sc_cloud_page:
 * @self: the resources
 * @kind: what to list
 * @filter: (nullable): which of them
 * @data: data for @filter
 * @limit: how many at most
 * @after: (inout): where the page before ended, 0 for the first page; set to where this one ended,
 * or to 0 where nothing follows
 *
 * Lists a page of resources, oldest first. What is removed or made between two pages does not make
 * the second miss or repeat another one.
 *
 * Returns: (transfer container) (element-type JsonObject): the resources
 */
GPtrArray *
sc_cloud_page (ScCloud *self,
               ScCloudKind kind,
               ScCloudFilter filter,
               gconstpointer data,
               guint limit,
               guint64 *after)
{
  const Wish wish = { filter, data, limit, G_MAXINT64 };
  return make_page (self->collections[kind].entries, &wish, after);
}

/**
 * sc_cloud_list:
 * @self: the resources
 * @kind: what to list
 * @filter: (nullable): which of them
 * @data: data for @filter
 * @limit: how many at most
 * @after: (inout): as for sc_cloud_page(), which has what sc_cloud_hide_newest() hid, and this not
 *
 * Returns: (transfer container) (element-type JsonObject): the resources
 */
GPtrArray *
sc_cloud_list (ScCloud *self,
               ScCloudKind kind,
               ScCloudFilter filter,
               gconstpointer data,
               guint limit,
               guint64 *after)
{
  const Wish wish = { filter, data, limit, self->now_us };
  return make_page (self->collections[kind].entries, &wish, after);
}

/**
 * sc_arn_get_id:
 * @arn: an ARN, as "arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh"
 *
 * Returns: (transfer none): its last part, "abcdABCDefgh"; the whole where it has no slash
 */
const char *
sc_arn_get_id (const char *arn)
{
  const char *slash = strrchr (arn, '/');
  return slash ? slash + 1 : arn;
}
