/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScRequest:
 * @method: "GET", "POST" and so on
 * @path: the path as it stood in the request, not decoded
 * @query: (nullable): what followed the "?", not decoded
 * @authorization: (nullable): the Authorization header
 * @idempotency_key: (nullable): the Idempotency-Key header
 * @address: (nullable): the address it came from, as whoever is before the front door says, whom
 *   nobody else can speak for
 * @body: (nullable): the body, already bounded by the front door
 *
 * A request as a front door hands it in. It belongs to the front door.
 */
typedef struct {
  const char *method;
  const char *path;
  const char *query;
  const char *authorization;
  const char *idempotency_key;
  const char *address;
  GBytes *body;
} ScRequest;

/**
 * ScFault:
 *
 * What a request can be refused with; its row in the table gives status, code and sentence.
 */
typedef enum {
  SC_FAULT_BAD_REQUEST,
  SC_FAULT_INVALID_NAME,
  SC_FAULT_INVALID_PASSWORD,
  SC_FAULT_INVALID_TITLE,
  SC_FAULT_INVALID_PICTURE,
  SC_FAULT_NAME_TAKEN,
  SC_FAULT_WRONG_CREDENTIALS,
  SC_FAULT_WRONG_PASSWORD,
  SC_FAULT_WRONG_CODE,
  SC_FAULT_UNAUTHORIZED,
  SC_FAULT_FORBIDDEN,
  SC_FAULT_BANNED,
  SC_FAULT_SUSPENDED,
  SC_FAULT_ACCOUNT_DELETED,
  SC_FAULT_NOT_FOUND,
  SC_FAULT_NO_SUCH_USER,
  SC_FAULT_DECIDED,
  SC_FAULT_TOO_LATE,
  SC_FAULT_UNDONE,
  SC_FAULT_NOT_UNDOABLE,
  SC_FAULT_TOO_MANY_FOLLOWS,
  SC_FAULT_TOO_MANY_REPORTS,
  SC_FAULT_TOO_MANY_ATTEMPTS,
  SC_FAULT_IN_PROGRESS,
  SC_FAULT_IDEMPOTENCY_MISMATCH,
  SC_FAULT_NO_SUCH_CHANNEL,
  SC_FAULT_METHOD_NOT_ALLOWED,
  SC_FAULT_BODY_TOO_LARGE,
  SC_FAULT_CHANNEL_NOT_READY,
  SC_FAULT_NOT_LIVE,
  SC_FAULT_BUSY,
  SC_FAULT_UPSTREAM_UNAVAILABLE,
  SC_FAULT_INTERNAL,
} ScFault;

/**
 * ScResponse:
 * @status: an HTTP status
 * @headers: names and values in turns, %NULL-terminated, Content-Type and Cache-Control among them
 * @body: (nullable): JSON, or nothing with 204
 * @cause: (nullable): what went wrong, for the log of the front door; never sent
 *
 * An answer. Whoever got it frees it.
 */
typedef struct {
  guint status;
  GPtrArray *headers;
  GBytes *body;
  char *cause;
} ScResponse;

ScResponse *sc_response_new_json (guint status, JsonObject *body);
ScResponse *sc_response_new_empty (void);
ScResponse *sc_response_new_fault (ScFault fault, const char *field, const char *sentence);
ScResponse *sc_response_new_fault_with (ScFault fault, JsonObject *details);
ScResponse *sc_response_new_from_error (const GError *error);
void sc_response_add_header (ScResponse *self, const char *name, const char *value);
const char *sc_response_get_header (ScResponse *self, const char *name);
void sc_response_free (ScResponse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScResponse, sc_response_free)

G_END_DECLS
