/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What people ask for over their WebSocket: "Actions", Amazon IVS Chat Messaging API. */

#include "config.h"

#include "sc-room-request.h"

#include "sc-json.h"
#include "sc-ws-parser.h"

#include <string.h>

/* The model of ivschat 2020-07-14, which the Messaging API repeats. */
#define USER_ID_MAX 128
#define REASON_MAX 256
#define MESSAGE_ID_PATTERN "\\A[a-zA-Z0-9]{12}\\z"

G_DEFINE_QUARK (sc-room-error, sc_room_error)

static const struct {
  const char *name;
  ScRoomCapability capability;
} actions[] = {
  { "SEND_MESSAGE", SC_ROOM_CAPABILITY_SEND_MESSAGE },
  { "DELETE_MESSAGE", SC_ROOM_CAPABILITY_DELETE_MESSAGE },
  { "DISCONNECT_USER", SC_ROOM_CAPABILITY_DISCONNECT_USER },
};

/**
 * sc_room_capability_from_string:
 * @name: "SEND_MESSAGE", as a capability or an action
 * @ret_capability: (out): the capability; untouched on failure
 *
 * Returns: %TRUE if there is one
 */
gboolean
sc_room_capability_from_string (const char *name, ScRoomCapability *ret_capability)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++) {
    if (!g_str_equal (actions[i].name, name))
      continue;
    *ret_capability = actions[i].capability;
    return TRUE;
  }
  return FALSE;
}

static gboolean
refuse (ScRoomError code, const char *why, GError **error)
{
  g_set_error_literal (error, SC_ROOM_ERROR, code, why);
  return FALSE;
}

/**
 * sc_room_attributes_check:
 * @attributes: attributes of a person, a line or an event
 * @error: %SC_ROOM_ERROR_BAD_REQUEST or %SC_ROOM_ERROR_TOO_LARGE
 *
 * Returns: %TRUE if they are strings of at most %SC_ROOM_ATTRIBUTES_MAX_BYTES together
 */
gboolean
sc_room_attributes_check (JsonObject *attributes, GError **error)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;
  gsize size = 0;
  json_object_iter_init (&iter, attributes);
  while (json_object_iter_next (&iter, &name, &node)) {
    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
      return refuse (SC_ROOM_ERROR_BAD_REQUEST, "Attributes must be strings", error);
    size += strlen (name) + strlen (json_node_get_string (node));
  }
  return size <= SC_ROOM_ATTRIBUTES_MAX_BYTES ||
         refuse (SC_ROOM_ERROR_TOO_LARGE, "Attributes exceed maximum size", error);
}

/* Reads a string that may be missing. Returns FALSE where it is something else. */
static gboolean
read_string (JsonObject *document, const char *member, const char **ret_value, GError **error)
{
  JsonNode *node = json_object_get_member (document, member);
  if (!node || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING) {
    *ret_value = json_node_get_string (node);
    return TRUE;
  }
  g_set_error (error, SC_ROOM_ERROR, SC_ROOM_ERROR_BAD_REQUEST, "%s must be a string", member);
  return FALSE;
}

static gboolean
read_reason (ScRoomRequest *request, GError **error)
{
  if (!read_string (request->document, "Reason", &request->reason, error))
    return FALSE;
  return !request->reason || g_utf8_strlen (request->reason, -1) <= REASON_MAX ||
         refuse (SC_ROOM_ERROR_TOO_LARGE, "Reason exceeds maximum length", error);
}

static gboolean
read_send (ScRoomRequest *request, guint content_max, GError **error)
{
  if (!read_string (request->document, "Content", &request->content, error))
    return FALSE;
  if (!request->content || *request->content == '\0')
    return refuse (SC_ROOM_ERROR_BAD_REQUEST, "Content is required", error);
  if (g_utf8_strlen (request->content, -1) > content_max)
    return refuse (SC_ROOM_ERROR_TOO_LARGE, "Message exceeds maximum length", error);
  JsonNode *node = json_object_get_member (request->document, "Attributes");
  if (!node || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (SC_ROOM_ERROR_BAD_REQUEST, "Attributes must be an object", error);
  request->attributes = json_node_get_object (node);
  return sc_room_attributes_check (request->attributes, error);
}

static gboolean
read_delete (ScRoomRequest *request, GError **error)
{
  if (!read_string (request->document, "Id", &request->id, error))
    return FALSE;
  if (!request->id || !g_regex_match_simple (MESSAGE_ID_PATTERN, request->id, 0, 0))
    return refuse (SC_ROOM_ERROR_BAD_REQUEST, "Id must be the id of a message", error);
  return read_reason (request, error);
}

static gboolean
read_disconnect (ScRoomRequest *request, GError **error)
{
  if (!read_string (request->document, "UserId", &request->user_id, error))
    return FALSE;
  if (!request->user_id || *request->user_id == '\0' ||
      g_utf8_strlen (request->user_id, -1) > USER_ID_MAX)
    return refuse (SC_ROOM_ERROR_BAD_REQUEST, "UserId must be the id of a user", error);
  return read_reason (request, error);
}

static gboolean
read_action (ScRoomRequest *request, guint content_max, GError **error)
{
  const char *name = NULL;
  if (!read_string (request->document, "Action", &name, error))
    return FALSE;
  if (!name || !sc_room_capability_from_string (name, &request->action))
    return refuse (SC_ROOM_ERROR_BAD_REQUEST, "Action is not known", error);
  switch (request->action) {
  case SC_ROOM_CAPABILITY_SEND_MESSAGE:
    return read_send (request, content_max, error);
  case SC_ROOM_CAPABILITY_DELETE_MESSAGE:
    return read_delete (request, error);
  case SC_ROOM_CAPABILITY_DISCONNECT_USER:
    return read_disconnect (request, error);
  default:
    g_return_val_if_reached (FALSE);
  }
}

/**
 * sc_room_request_read:
 * @text: a message of a client, UTF-8
 * @size: its bytes
 * @content_max: the room's maximumMessageLength, in code points
 * @ret_request: (out): the request; on failure as far as it was understood, for the answer. To be
 * cleared in either case
 * @error: %SC_ROOM_ERROR
 *
 * Returns: %TRUE if it is a request that keeps the rules
 */
gboolean
sc_room_request_read (const char *text,
                      gsize size,
                      guint content_max,
                      ScRoomRequest *ret_request,
                      GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, size);
  *ret_request = (ScRoomRequest) { .request_id = "" };
  ret_request->document = sc_json_parse (bytes, SC_WS_MESSAGE_MAX_BYTES, NULL);
  if (!ret_request->document)
    return refuse (SC_ROOM_ERROR_BAD_REQUEST, "The request is not an object in JSON", error);
  return read_string (ret_request->document, "RequestId", &ret_request->request_id, error) &&
         read_action (ret_request, content_max, error);
}

/**
 * sc_room_request_clear:
 * @self: a request
 *
 * Frees what it holds.
 */
void
sc_room_request_clear (ScRoomRequest *self)
{
  g_clear_pointer (&self->document, json_object_unref);
}
