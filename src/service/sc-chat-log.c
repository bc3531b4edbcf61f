/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was said in the rooms, from Amazon IVS Chat's log to the database. The log delivers some
 * lines at a time, late, perhaps twice, and now and then out of order
 * (resources/migrations/0004-chat.sql, 0008-chat-replay.sql). */

#include "config.h"

#include "sc-chat-log.h"

#include "sc-chat-record.h"
#include "sc-chat-store.h"
#include "sc-error.h"
#include "sc-json.h"
#include "sc-log-batch.h"
#include "sc-moderation-store.h"
#include "sc-time.h"

#include <string.h>

/* "Chat logging", Amazon IVS Chat User Guide: the name of a room's log stream. */
#define STREAM_PREFIX "aws/IVSChatLogs/1.0/room_"

/* Types, times and ids of all kinds are shorter. */
#define WORD_MAX 128

#define DELETED "aws:DELETE_MESSAGE"

typedef enum {
  ENTRY_OTHER, /* an event that changes no line */
  ENTRY_LINE,
  ENTRY_DELETED,
} EntryKind;

/* What one record of the log says. The strings are the record's. */
typedef struct {
  JsonObject *record;
  EntryKind kind;
  ScLineRow line; /* of a deletion: the id of the line, and when it was deleted */
} Entry;

static void
free_entry (Entry *self)
{
  g_clear_pointer (&self->record, json_object_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Entry, free_entry)

static gboolean
read_line (JsonObject *payload, ScLineRow *line, GError **error)
{
  line->id = sc_json_get_string (payload, "Id", SC_CHAT_ID_MAX, error);
  line->content =
    line->id ? sc_json_get_string (payload, "Content", SC_CHAT_RECORD_TEXT_MAX, error) : NULL;
  JsonObject *sender = line->content ? sc_json_get_object (payload, "Sender", error) : NULL;
  line->sender_id = sender ? sc_json_get_string (sender, "UserId", SC_CHAT_ID_MAX, error) : NULL;
  if (!line->sender_id)
    return FALSE;
  JsonObject *attributes = sc_json_get_object_or_null (sender, "Attributes");
  line->sender_role = SC_CHAT_VIEWER;
  if (!attributes)
    return TRUE;
  line->sender_name = sc_json_get_string (attributes, "name", SC_CHAT_NAME_MAX, NULL);
  ScChatRole role = sc_chat_role_from_string (sc_json_get_string_or (attributes, "role", NULL));
  line->sender_role = MAX (role, SC_CHAT_VIEWER);
  return TRUE;
}

/* The id is in "MessageId", and in "MessageID", which is its older name ("Event (Subscribe)",
 * Amazon IVS Chat Messaging API). */
static gboolean
read_deletion (JsonObject *payload, ScLineRow *line, GError **error)
{
  JsonObject *attributes = sc_json_get_object (payload, "Attributes", error);
  if (!attributes)
    return FALSE;
  line->id = sc_json_get_string (attributes, "MessageId", SC_CHAT_ID_MAX, NULL);
  if (!line->id)
    line->id = sc_json_get_string (attributes, "MessageID", SC_CHAT_ID_MAX, error);
  return line->id != NULL;
}

static gboolean
read_payload (Entry *entry, JsonObject *payload, GError **error)
{
  const char *type = sc_json_get_string (entry->record, "type", WORD_MAX, error);
  const char *time = type ? sc_json_get_string (payload, "SendTime", WORD_MAX, error) : NULL;
  if (!time || !sc_time_from_string (time, &entry->line.sent_at, error))
    return FALSE;
  if (g_str_equal (type, "MESSAGE")) {
    entry->kind = ENTRY_LINE;
    return read_line (payload, &entry->line, error);
  }
  if (g_strcmp0 (sc_json_get_string_or (payload, "EventName", NULL), DELETED) != 0)
    return TRUE;
  entry->kind = ENTRY_DELETED;
  return read_deletion (payload, &entry->line, error);
}

static Entry *
read_entry (JsonNode *node, GError **error)
{
  JsonObject *log_event = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (!log_event) {
    g_set_error_literal (error, SC_DATA_ERROR, SC_DATA_ERROR_TYPE, "An event is not an object");
    return NULL;
  }
  const char *text = sc_json_get_string (log_event, "message", SC_JSON_MAX_BYTES, error);
  if (!text)
    return NULL;
  g_autoptr (Entry) entry = g_new0 (Entry, 1);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  entry->record = sc_json_parse (bytes, SC_JSON_MAX_BYTES, error);
  JsonObject *payload = entry->record ? sc_json_get_object (entry->record, "payload", error) : NULL;
  return payload && read_payload (entry, payload, error) ? g_steal_pointer (&entry) : NULL;
}

/* Reads all records that are some; one that is none keeps no other waiting. */
static GPtrArray *
read_entries (JsonArray *log_events)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) free_entry);
  for (guint i = 0; i < json_array_get_length (log_events); i++) {
    g_autoptr (GError) error = NULL;
    Entry *entry = read_entry (json_array_get_element (log_events, i), &error);
    if (entry)
      g_ptr_array_add (entries, entry);
    else
      g_message ("A record of the chat log is left out: %s", error->message);
  }
  return entries;
}

static gboolean
write_entry (ScStoreConnection *connection,
             gint64 user_id,
             const Entry *entry,
             gint64 now,
             GError **error)
{
  switch (entry->kind) {
  case ENTRY_LINE:
    return sc_chat_store_add_line (connection, user_id, &entry->line, now, error);
  case ENTRY_DELETED:
    return sc_chat_store_delete_line (connection,
                                      user_id,
                                      entry->line.id,
                                      entry->line.sent_at,
                                      now,
                                      error);
  case ENTRY_OTHER:
  default:
    return TRUE;
  }
}

/* A room that no channel has is not ours any more, or was never. */
static gboolean
write_entries (ScService *service, const char *room_id, GPtrArray *entries, GError **error)
{
  gint64 now = sc_service_now (service);
  gint64 user_id = 0;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  if (!connection || !sc_chat_store_find_channel (connection, room_id, &user_id, error))
    return FALSE;
  if (user_id == 0)
    return TRUE;
  if (!sc_store_begin (connection, error) || !sc_moderation_store_lock (connection, user_id, error))
    return FALSE;
  for (guint i = 0; i < entries->len; i++) {
    if (!write_entry (connection, user_id, g_ptr_array_index (entries, i), now, error))
      return FALSE;
  }
  return sc_store_commit (connection, error);
}

/**
 * sc_chat_log_apply:
 * @service: a service
 * @event: an event of the subscription filter on the rooms' log
 * @error: an error of %SC_DATA_ERROR if it is not such an event, or of %SC_STORE_ERROR, after which
 *   it shall be delivered again
 *
 * Writes down what was said in one room: lines by their ids, so that a second delivery changes
 * nothing, and deletions, also of lines that are not there yet.
 *
 * Returns: %TRUE if the event needs no more attention
 */
gboolean
sc_chat_log_apply (ScService *service, GBytes *event, GError **error)
{
  g_autoptr (JsonObject) batch = sc_log_batch_decode (event, error);
  const char *type = batch ? sc_json_get_string (batch, "messageType", WORD_MAX, error) : NULL;
  if (!type)
    return FALSE;
  if (g_str_equal (type, "CONTROL_MESSAGE")) /* CloudWatch Logs asks whether we are there */
    return TRUE;
  const char *stream = sc_json_get_string (batch, "logStream", SC_CHAT_ID_MAX + 64, error);
  JsonArray *log_events = stream ? sc_json_get_array (batch, "logEvents", error) : NULL;
  if (!log_events)
    return FALSE;
  if (!g_str_has_prefix (stream, STREAM_PREFIX)) {
    g_set_error_literal (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE, "This is not a room's log");
    return FALSE;
  }
  g_autoptr (GPtrArray) entries = read_entries (log_events);
  return write_entries (service, stream + strlen (STREAM_PREFIX), entries, error);
}
