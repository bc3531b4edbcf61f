/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* /v1/recordings, those of a channel, and one's own. */

#include "config.h"

#include "sc-chapter.h"
#include "sc-client-call.h"
#include "sc-client-path.h"
#include "sc-error.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-list-page.h"
#include "sc-recording.h"

#include <gio/gio.h>

static gpointer
read_item (JsonObject *object, GError **error)
{
  return sc_recording_from_json (object, error);
}

static gboolean
read_page (JsonObject *answer, GValue *ret_value, GError **error)
{
  return sc_client_take_page (
    sc_list_page_from_json (answer, "recordings", SC_TYPE_RECORDING, read_item, error),
    ret_value);
}

/**
 * sc_client_list_recordings:
 * @self: the client
 * @channel: (nullable): the name of a channel; %NULL for all
 * @before: (nullable): the older end of a page, for those before it
 *
 * GET /v1/recordings or /v1/channels/NAME/recordings.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_LIST_PAGE of #ScRecording, the
 *   newest first, or rejects with %SC_CLIENT_ERROR_NOT_FOUND
 */
DexFuture *
sc_client_list_recordings (ScClient *self, const char *channel, const char *before)
{
  g_autofree char *path = channel ? sc_client_path ("channels", channel, "recordings", NULL)
                                  : sc_client_path ("recordings", NULL);
  g_autofree char *target = sc_client_path_with_query (path, "before", before ?: "", NULL);
  return sc_client_call (self, "GET", target, NULL, read_page);
}

static gboolean
read_one (JsonObject *answer, GValue *ret_value, GError **error)
{
  JsonObject *object = sc_json_get_object (answer, "recording", error);
  ScRecording *recording = object ? sc_recording_from_json (object, error) : NULL;
  if (!recording)
    return FALSE;
  g_value_init (ret_value, SC_TYPE_RECORDING);
  g_value_take_object (ret_value, recording);
  return TRUE;
}

/**
 * sc_client_get_recording:
 * @self: the client
 * @id: a recording
 *
 * GET /v1/recordings/ID.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_RECORDING, or rejects with
 *   %SC_CLIENT_ERROR_NOT_FOUND
 */
DexFuture *
sc_client_get_recording (ScClient *self, const char *id)
{
  g_autofree char *path = sc_client_path ("recordings", id, NULL);
  return sc_client_call (self, "GET", path, NULL, read_one);
}

static gpointer
read_chapter (JsonObject *object, GError **error)
{
  return sc_chapter_from_json (object, error);
}

static gboolean
read_chapters (JsonObject *answer, GValue *ret_value, GError **error)
{
  return sc_client_take_list (
    sc_list_from_json (answer, "chapters", SC_TYPE_CHAPTER, read_chapter, error),
    ret_value);
}

/**
 * sc_client_list_chapters:
 * @self: the client
 * @id: a recording
 *
 * GET /v1/recordings/ID/chapters.
 *
 * Returns: (transfer full): a future that resolves to a #GListStore of #ScChapter, the first one
 *   first, or rejects with %SC_CLIENT_ERROR_NOT_FOUND
 */
DexFuture *
sc_client_list_chapters (ScClient *self, const char *id)
{
  g_autofree char *path = sc_client_path ("recordings", id, "chapters", NULL);
  return sc_client_call (self, "GET", path, NULL, read_chapters);
}

/**
 * sc_client_list_own_recordings:
 * @self: the client, with a token
 * @before: (nullable): the older end of a page, for those before it
 *
 * GET /v1/me/recordings.
 *
 * Returns: (transfer full): a future that resolves to a %SC_TYPE_LIST_PAGE of #ScRecording, the
 *   newest first, hidden ones too
 */
DexFuture *
sc_client_list_own_recordings (ScClient *self, const char *before)
{
  g_autofree char *path =
    sc_client_path_with_query ("/v1/me/recordings", "before", before ?: "", NULL);
  return sc_client_call (self, "GET", path, NULL, read_page);
}

static DexFuture *
patch (ScClient *self, const char *id, JsonObject *body)
{
  g_autofree char *path = sc_client_path ("me", "recordings", id, NULL);
  return sc_client_call (self, "PATCH", path, body, read_one);
}

/**
 * sc_client_set_recording_words:
 * @self: the client, with a token
 * @id: an own recording
 * @title: (nullable): what it is about from now on
 * @category: (nullable): what kind of thing that is; empty for none
 *
 * PATCH /v1/me/recordings/ID. What is %NULL stays.
 *
 * Returns: (transfer full): a future that resolves to the %SC_TYPE_RECORDING as it is then
 */
DexFuture *
sc_client_set_recording_words (ScClient *self,
                               const char *id,
                               const char *title,
                               const char *category)
{
  JsonObject *body = json_object_new ();
  sc_json_add_string (body, "title", title);
  sc_json_add_string (body, "category", category);
  return patch (self, id, body);
}

/**
 * sc_client_set_recording_hidden:
 * @self: the client, with a token
 * @id: an own recording
 * @hidden: whether nobody else sees it
 *
 * PATCH /v1/me/recordings/ID.
 *
 * Returns: (transfer full): a future that resolves to the %SC_TYPE_RECORDING as it is then
 */
DexFuture *
sc_client_set_recording_hidden (ScClient *self, const char *id, gboolean hidden)
{
  JsonObject *body = json_object_new ();
  json_object_set_boolean_member (body, "hidden", hidden);
  return patch (self, id, body);
}

/**
 * sc_client_delete_recording:
 * @self: the client, with a token
 * @id: an own recording
 *
 * DELETE /v1/me/recordings/ID. It cannot be had back.
 *
 * Returns: (transfer full): a future that resolves to %TRUE
 */
DexFuture *
sc_client_delete_recording (ScClient *self, const char *id)
{
  g_autofree char *path = sc_client_path ("me", "recordings", id, NULL);
  return sc_client_call (self, "DELETE", path, NULL, NULL);
}

/**
 * sc_client_watch_recording:
 * @self: the client, with or without a token
 * @id: a recording that plays
 *
 * PUT /v1/recordings/ID/view. It counts once for all that this client watches of it in a day.
 *
 * Returns: (transfer full): a future that resolves to %TRUE
 */
DexFuture *
sc_client_watch_recording (ScClient *self, const char *id)
{
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "session", sc_client_get_viewer (self));
  g_autofree char *path = sc_client_path ("recordings", id, "view", NULL);
  return sc_client_call (self, "PUT", path, body, NULL);
}
