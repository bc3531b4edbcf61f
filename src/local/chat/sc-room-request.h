/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-room-token.h"

G_BEGIN_DECLS

/* "Service Quotas", Amazon IVS Chat User Guide: the attributes of a person, a line or an event,
 * names and values together. */
#define SC_ROOM_ATTRIBUTES_MAX_BYTES 1024

/**
 * ScRoomError:
 *
 * "Error Messages", Amazon IVS Chat Messaging API: the codes are those on the wire.
 */
typedef enum {
  SC_ROOM_ERROR_BAD_REQUEST = 400,
  SC_ROOM_ERROR_UNAUTHORIZED = 401,
  SC_ROOM_ERROR_FORBIDDEN = 403,
  SC_ROOM_ERROR_NOT_ACCEPTABLE = 406,
  SC_ROOM_ERROR_TOO_LARGE = 413,
  SC_ROOM_ERROR_TOO_MANY = 429,
} ScRoomError;

#define SC_ROOM_ERROR (sc_room_error_quark ())
GQuark sc_room_error_quark (void);

/**
 * ScRoomRequest:
 * @action: what is asked for, by the capability that it needs
 * @request_id: the client's own name for the request, or ""
 * @content: the line of SEND_MESSAGE
 * @attributes: (nullable): its attributes
 * @id: the message of DELETE_MESSAGE
 * @user_id: the person of DISCONNECT_USER
 * @reason: (nullable): why, of both
 *
 * What a person asks for. The strings belong to the document.
 */
typedef struct {
  ScRoomCapability action;
  const char *request_id;
  const char *content;
  JsonObject *attributes;
  const char *id;
  const char *user_id;
  const char *reason;
  JsonObject *document;
} ScRoomRequest;

gboolean sc_room_request_read (const char *text,
                               gsize size,
                               guint content_max,
                               ScRoomRequest *ret_request,
                               GError **error);
void sc_room_request_clear (ScRoomRequest *self);

gboolean sc_room_capability_from_string (const char *name, ScRoomCapability *ret_capability);
gboolean sc_room_attributes_check (JsonObject *attributes, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScRoomRequest, sc_room_request_clear)

G_END_DECLS
