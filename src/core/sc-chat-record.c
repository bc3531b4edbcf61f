/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A line of chat as the history and the replay have it. A plain value, any thread. */

#include "config.h"

#include "sc-chat-record.h"

#include "sc-error.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-recording.h"

G_DEFINE_BOXED_TYPE (ScChatRecord, sc_chat_record, sc_chat_record_copy, sc_chat_record_free)

/**
 * sc_chat_record_copy:
 * @self: (nullable): a line
 *
 * Returns: (transfer full) (nullable): a copy
 */
ScChatRecord *
sc_chat_record_copy (const ScChatRecord *self)
{
  if (!self)
    return NULL;
  ScChatRecord *copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->user_id = g_strdup (self->user_id);
  copy->name = g_strdup (self->name);
  copy->text = g_strdup (self->text);
  return copy;
}

/**
 * sc_chat_record_free:
 * @self: (nullable) (transfer full): a line
 */
void
sc_chat_record_free (ScChatRecord *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->user_id);
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

static gboolean
read_offset (JsonObject *object, gint64 *ret_offset_ms, GError **error)
{
  *ret_offset_ms = -1;
  return !sc_json_has (object, "offset_ms") ||
         sc_json_get_int (object, "offset_ms", 0, SC_RECORDING_MAX_MS, ret_offset_ms, error);
}

/**
 * sc_chat_record_from_json:
 * @object: a line as our API writes it
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the line
 */
ScChatRecord *
sc_chat_record_from_json (JsonObject *object, GError **error)
{
  g_autoptr (ScChatRecord) self = g_new0 (ScChatRecord, 1);
  if (!sc_json_read_id (object, "id", SC_CHAT_ID_MAX, &self->id, error) ||
      !sc_json_read_moment (object, "sent_at", &self->sent_at, error) ||
      !sc_json_read_id (object, "user_id", SC_CHAT_ID_MAX, &self->user_id, error) ||
      !sc_json_read_text (object, "name", SC_CHAT_NAME_MAX, &self->name, error) ||
      !sc_chat_role_read (object, "role", &self->role, error) ||
      !sc_json_read_id (object, "text", SC_CHAT_RECORD_TEXT_MAX, &self->text, error) ||
      !sc_json_read_bool (object, "deleted", &self->is_deleted, error) ||
      !read_offset (object, &self->offset_ms, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sc_chat_record_to_json:
 * @self: a line
 *
 * Returns: (transfer full): the line as our API writes it; "deleted" and "offset_ms" are there
 * where they say something
 */
JsonObject *
sc_chat_record_to_json (const ScChatRecord *self)
{
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "id", self->id);
  sc_json_set_time (object, "sent_at", self->sent_at);
  json_object_set_string_member (object, "user_id", self->user_id);
  sc_json_set_string (object, "name", self->name);
  json_object_set_string_member (object, "role", sc_chat_role_to_string (self->role));
  json_object_set_string_member (object, "text", self->text);
  if (self->is_deleted)
    json_object_set_boolean_member (object, "deleted", TRUE);
  if (self->offset_ms >= 0)
    json_object_set_int_member (object, "offset_ms", self->offset_ms);
  return object;
}

/**
 * sc_chat_record_list_from_json:
 * @array: lines as our API writes them
 * @max: how many there may be
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScChatRecord): the lines
 */
GPtrArray *
sc_chat_record_list_from_json (JsonArray *array, guint max, GError **error)
{
  if (json_array_get_length (array) > max) {
    g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE, "There are more than %u lines", max);
    return NULL;
  }
  g_autoptr (GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) sc_chat_record_free);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = sc_json_get_element (array, i, error);
    ScChatRecord *record = object ? sc_chat_record_from_json (object, error) : NULL;
    if (!record)
      return NULL;
    g_ptr_array_add (records, record);
  }
  return g_steal_pointer (&records);
}

/**
 * sc_chat_record_list_to_json:
 * @records: (element-type ScChatRecord): lines
 *
 * Returns: (transfer full): the lines as our API writes them
 */
JsonArray *
sc_chat_record_list_to_json (GPtrArray *records)
{
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < records->len; i++)
    json_array_add_object_element (array, sc_chat_record_to_json (records->pdata[i]));
  return array;
}
