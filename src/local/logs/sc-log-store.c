/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The local cloud's Amazon CloudWatch Logs: log groups, the events of their streams, and the
 * subscription filters that hand events to functions, some at a time, as on AWS: compressed with
 * gzip, in base64 ("Real-time processing of log data with subscriptions", Amazon CloudWatch Logs
 * User Guide). All of it is in memory and ends with the process. Main thread. */

#include "config.h"

#include "sc-log-store.h"

#include "sc-json.h"

#include <string.h>

/* "CloudWatch Logs quotas": a log event has at most 256 KB. */
#define MESSAGE_MAX (256 * 1024)

/* What a group keeps: on AWS all of its retention time, here so much that a day of chat is in it
 * and a flood does not fill the memory. */
#define GROUP_BYTES_MAX (16 * 1024 * 1024)

/* What an event costs besides its message. */
#define EVENT_BYTES 512

/* A batch goes when so much is in it, or after so long. AWS takes some 10 s on the way from chat to
 * function; on one machine nobody would wait so long. The account's 1,000 lines a second, of some
 * 3 KB each, make 600 KB in that time, so that nothing else bounds the batches. */
#define BATCH_EVENTS 100
#define BATCH_BYTES (256 * 1024)
#define BATCH_MS 200

typedef struct {
  char *stream;
  JsonObject *object; /* {"id", "timestamp", "message"} */
  gint64 time_us;
  gsize size;
} Event;

typedef struct {
  ScLogStore *store;
  char *name;
  guint retention_days; /* 0: for ever */
  GQueue events;        /* of Event, the oldest first */
  gsize size;
  GPtrArray *filters; /* of Filter */
} Group;

typedef struct {
  Group *group;
  char *name;
  char *target;
  GHashTable *batches; /* name of the stream -> Batch */
} Filter;

/* Events of one stream that are to go. */
typedef struct {
  Filter *filter;
  char *stream;
  JsonArray *events;
  gsize size;
  guint source;
} Batch;

struct _ScLogStore {
  char *account;
  ScLogTarget target;
  gpointer user_data;
  GHashTable *groups; /* name -> Group */
  guint64 last_id;
};

static void
free_event (Event *self)
{
  json_object_unref (self->object);
  g_free (self->stream);
  g_free (self);
}

static void
free_batch (Batch *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  json_array_unref (self->events);
  g_free (self->stream);
  g_free (self);
}

static void
free_filter (Filter *self)
{
  g_hash_table_unref (self->batches);
  g_free (self->name);
  g_free (self->target);
  g_free (self);
}

static void
free_group (Group *self)
{
  g_queue_clear_full (&self->events, (GDestroyNotify) free_event);
  g_ptr_array_unref (self->filters);
  g_free (self->name);
  g_free (self);
}

/**
 * sc_log_store_new:
 * @account: the account that owns the logs
 * @target: called with each batch
 * @user_data: for @target
 *
 * Returns: (transfer full): a store without groups
 */
ScLogStore *
sc_log_store_new (const char *account, ScLogTarget target, gpointer user_data)
{
  ScLogStore *self = g_new0 (ScLogStore, 1);
  self->account = g_strdup (account);
  self->target = target;
  self->user_data = user_data;
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) free_group);
  return self;
}

/**
 * sc_log_store_free:
 * @self: (nullable): a store
 *
 * Forgets all; batches that have not gone do not go any more.
 */
void
sc_log_store_free (ScLogStore *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->groups);
  g_free (self->account);
  g_free (self);
}

/**
 * sc_log_store_add_group:
 * @self: a store without this group
 * @name: a log group's name
 * @retention_days: for how long it keeps events, 0 for ever
 */
void
sc_log_store_add_group (ScLogStore *self, const char *name, guint retention_days)
{
  Group *group = g_new0 (Group, 1);
  group->store = self;
  group->name = g_strdup (name);
  group->retention_days = retention_days;
  group->filters = g_ptr_array_new_with_free_func ((GDestroyNotify) free_filter);
  g_queue_init (&group->events);
  g_hash_table_insert (self->groups, group->name, group);
}

/**
 * sc_log_store_add_filter:
 * @self: a store
 * @filter: a subscription filter
 *
 * Returns: %FALSE if there is no such group
 */
gboolean
sc_log_store_add_filter (ScLogStore *self, const ScLogFilter *filter)
{
  Group *group = g_hash_table_lookup (self->groups, filter->group);
  if (!group)
    return FALSE;
  Filter *own = g_new0 (Filter, 1);
  own->group = group;
  own->name = g_strdup (filter->name);
  own->target = g_strdup (filter->target);
  own->batches = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) free_batch);
  g_ptr_array_add (group->filters, own);
  return TRUE;
}

static JsonObject *
make_data_message (Batch *batch)
{
  Filter *filter = batch->filter;
  JsonArray *names = json_array_new ();
  json_array_add_string_element (names, filter->name);
  JsonObject *message = json_object_new ();
  json_object_set_string_member (message, "messageType", "DATA_MESSAGE");
  json_object_set_string_member (message, "owner", filter->group->store->account);
  json_object_set_string_member (message, "logGroup", filter->group->name);
  json_object_set_string_member (message, "logStream", batch->stream);
  json_object_set_array_member (message, "subscriptionFilters", names);
  json_object_set_array_member (message, "logEvents", json_array_ref (batch->events));
  return message;
}

static GBytes *
compress (GBytes *bytes)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  return g_converter_convert_bytes (G_CONVERTER (gzip), bytes, NULL);
}

/* {"awslogs": {"data": base64 (gzip (message))}} */
static GBytes *
make_event (Batch *batch)
{
  g_autoptr (JsonObject) message = make_data_message (batch);
  g_autoptr (GBytes) plain = sc_json_to_bytes (message);
  g_autoptr (GBytes) compressed = compress (plain);
  gsize size = 0;
  const guchar *data = g_bytes_get_data (compressed, &size);
  g_autofree char *text = g_base64_encode (data, size);
  JsonObject *inner = json_object_new ();
  json_object_set_string_member (inner, "data", text);
  g_autoptr (JsonObject) event = json_object_new ();
  json_object_set_object_member (event, "awslogs", inner);
  return sc_json_to_bytes (event);
}

static void
send_batch (Batch *batch)
{
  Filter *filter = batch->filter;
  ScLogStore *store = filter->group->store;
  g_autoptr (GBytes) event = make_event (batch);
  g_hash_table_remove (filter->batches, batch->stream);
  store->target (filter->target, event, store->user_data);
}

static gboolean
on_batch_due (gpointer user_data)
{
  Batch *batch = user_data;
  batch->source = 0;
  send_batch (batch);
  return G_SOURCE_REMOVE;
}

static void
add_to_batch (Filter *filter, const Event *event)
{
  Batch *batch = g_hash_table_lookup (filter->batches, event->stream);
  if (!batch) {
    batch = g_new0 (Batch, 1);
    batch->filter = filter;
    batch->stream = g_strdup (event->stream);
    batch->events = json_array_new ();
    batch->source = g_timeout_add (BATCH_MS, on_batch_due, batch);
    g_hash_table_insert (filter->batches, batch->stream, batch);
  }
  json_array_add_object_element (batch->events, json_object_ref (event->object));
  batch->size += event->size;
  if (json_array_get_length (batch->events) >= BATCH_EVENTS || batch->size >= BATCH_BYTES)
    send_batch (batch);
}

/* Drops what is older than the group keeps, and the oldest of what is more. */
static void
forget_old (Group *group)
{
  gint64 oldest = group->retention_days > 0
                    ? g_get_real_time () - group->retention_days * G_TIME_SPAN_DAY
                    : G_MININT64;
  Event *event;
  while ((event = g_queue_peek_head (&group->events)) &&
         (group->size > GROUP_BYTES_MAX || event->time_us < oldest)) {
    group->size -= event->size;
    free_event (g_queue_pop_head (&group->events));
  }
}

static JsonObject *
make_log_event (ScLogStore *self, gint64 time_us, const char *message)
{
  /* 56 digits, as on AWS. */
  g_autofree char *id = g_strdup_printf ("%056" G_GUINT64_FORMAT, ++self->last_id);
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "id", id);
  json_object_set_int_member (object, "timestamp", time_us / 1000);
  json_object_set_string_member (object, "message", message);
  return object;
}

/**
 * sc_log_store_put:
 * @self: a store
 * @group: a log group
 * @stream: a stream of it, made with its first event
 * @time_us: when it happened, microseconds since the epoch
 * @message: what happened, UTF-8
 *
 * Adds an event.
 *
 * Returns: %FALSE if there is no such group, or @message is larger than AWS takes
 */
gboolean
sc_log_store_put (ScLogStore *self,
                  const char *group,
                  const char *stream,
                  gint64 time_us,
                  const char *message)
{
  Group *own = g_hash_table_lookup (self->groups, group);
  gsize length = strlen (message);
  if (!own || length > MESSAGE_MAX)
    return FALSE;
  Event *event = g_new0 (Event, 1);
  event->stream = g_strdup (stream);
  event->object = make_log_event (self, time_us, message);
  event->time_us = time_us;
  event->size = length + EVENT_BYTES;
  own->size += event->size;
  for (guint i = 0; i < own->filters->len; i++)
    add_to_batch (g_ptr_array_index (own->filters, i), event);
  g_queue_push_tail (&own->events, event);
  forget_old (own);
  return TRUE;
}

/**
 * sc_log_store_list:
 * @self: a store
 * @group: a log group
 * @stream: a stream of it
 *
 * Returns: (transfer full): the events that are kept, as {"id", "timestamp", "message"}, the oldest
 * first; none where there is no such stream
 */
JsonArray *
sc_log_store_list (ScLogStore *self, const char *group, const char *stream)
{
  const Group *own = g_hash_table_lookup (self->groups, group);
  JsonArray *events = json_array_new ();
  for (const GList *item = own ? own->events.head : NULL; item; item = item->next) {
    const Event *event = item->data;
    if (g_str_equal (event->stream, stream))
      json_array_add_object_element (events, json_object_ref (event->object));
  }
  return events;
}

static void
flush_filter (Filter *filter)
{
  GHashTableIter iter;
  gpointer batch;
  for (;;) {
    g_hash_table_iter_init (&iter, filter->batches);
    if (!g_hash_table_iter_next (&iter, NULL, &batch))
      return;
    send_batch (batch);
  }
}

/**
 * sc_log_store_flush:
 * @self: a store
 *
 * Sends all batches at once: the end is near.
 */
void
sc_log_store_flush (ScLogStore *self)
{
  GHashTableIter iter;
  gpointer group;
  g_hash_table_iter_init (&iter, self->groups);
  while (g_hash_table_iter_next (&iter, NULL, &group)) {
    for (guint i = 0; i < ((Group *) group)->filters->len; i++)
      flush_filter (g_ptr_array_index (((Group *) group)->filters, i));
  }
}
