/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Answers: JSON bodies, and the one table of what a request is refused with. */

#include "config.h"

#include "sc-response.h"

#include "sc-aws-error.h"
#include "sc-json.h"
#include "sc-passwords.h"
#include "sc-store-error.h"

/* When to come again after "busy": a queue of 16 hashes is worked off within one second. */
#define RETRY_AFTER_SECONDS "1"

static const struct {
  guint status;
  const char *code;
  const char *sentence;
} faults[] = {
  [SC_FAULT_BAD_REQUEST] = { 400, "bad_request", "The request is not what this route takes." },
  [SC_FAULT_INVALID_NAME] = { 400, "invalid_name", "This name cannot be used." },
  [SC_FAULT_INVALID_PASSWORD] = { 400, "invalid_password", "This password cannot be used." },
  [SC_FAULT_INVALID_TITLE] = { 400, "invalid_title", "This title cannot be used." },
  [SC_FAULT_INVALID_PICTURE] = { 400, "invalid_picture", "This picture cannot be used." },
  [SC_FAULT_NAME_TAKEN] = { 409, "name_taken", "Somebody else has this name." },
  [SC_FAULT_WRONG_CREDENTIALS] = { 401, "wrong_credentials", "The name or the password is wrong." },
  [SC_FAULT_WRONG_PASSWORD] = { 403, "wrong_password", "The password is wrong." },
  [SC_FAULT_WRONG_CODE] = { 403, "wrong_code", "The name or the recovery code is wrong." },
  [SC_FAULT_UNAUTHORIZED] = { 401, "unauthorized", "Please sign in." },
  [SC_FAULT_FORBIDDEN] = { 403, "forbidden", "You may not do this here." },
  [SC_FAULT_BANNED] = { 403, "banned", "You are banned from this chat." },
  [SC_FAULT_SUSPENDED] = { 403, "suspended", "This account is suspended." },
  [SC_FAULT_ACCOUNT_DELETED] = { 403,
                                 "account_deleted",
                                 "This account is deleted, and can be had back for some days." },
  [SC_FAULT_NO_SUCH_USER] = { 404, "no_such_user", "There is nobody of this name." },
  [SC_FAULT_DECIDED] = { 409, "decided", "Somebody has decided about this line already." },
  [SC_FAULT_TOO_LATE] = { 409, "too_late", "It is too late to undo this." },
  [SC_FAULT_UNDONE] = { 409, "undone", "This is undone already." },
  [SC_FAULT_NOT_UNDOABLE] = { 409, "not_undoable", "This cannot be undone." },
  [SC_FAULT_TOO_MANY_FOLLOWS] = { 409,
                                  "too_many_follows",
                                  "You follow as many channels as one can." },
  [SC_FAULT_TOO_MANY_REPORTS] = { 429,
                                  "too_many_reports",
                                  "You have reported a lot lately. Please try again later." },
  [SC_FAULT_TOO_MANY_ATTEMPTS] = { 429,
                                   "too_many_attempts",
                                   "There were too many attempts. Please try again later." },
  [SC_FAULT_IN_PROGRESS] = { 409, "in_progress", "The same request is just being done." },
  [SC_FAULT_IDEMPOTENCY_MISMATCH] = { 422,
                                      "idempotency_mismatch",
                                      "This Idempotency-Key was used for another request." },
  [SC_FAULT_NOT_FOUND] = { 404, "not_found", "There is nothing at this address." },
  [SC_FAULT_NO_SUCH_CHANNEL] = { 404, "no_such_channel", "There is no channel of this name." },
  [SC_FAULT_METHOD_NOT_ALLOWED] = { 405,
                                    "method_not_allowed",
                                    "This address does not take this method." },
  [SC_FAULT_BODY_TOO_LARGE] = { 413, "body_too_large", "The request is too large." },
  [SC_FAULT_CHANNEL_NOT_READY] = { 409, "channel_not_ready", "The channel is not ready yet." },
  [SC_FAULT_NOT_LIVE] = { 409, "not_live", "There is no stream on now." },
  [SC_FAULT_BUSY] = { 503, "busy", "The server has too much to do. Please try again." },
  [SC_FAULT_UPSTREAM_UNAVAILABLE] = { 502,
                                      "upstream_unavailable",
                                      "Amazon IVS does not answer. Please try again." },
  [SC_FAULT_INTERNAL] = { 500, "internal", "Something went wrong on the server." },
};

static ScResponse *
new_response (guint status)
{
  ScResponse *self = g_new0 (ScResponse, 1);
  self->status = status;
  self->headers = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  sc_response_add_header (self, "Cache-Control", "no-store");
  return self;
}

/**
 * sc_response_new_json:
 * @status: an HTTP status
 * @body: (transfer full): the body
 *
 * Returns: (transfer full): an answer that no cache keeps
 */
ScResponse *
sc_response_new_json (guint status, JsonObject *body)
{
  ScResponse *self = new_response (status);
  sc_response_add_header (self, "Content-Type", "application/json");
  self->body = sc_json_to_bytes (body);
  json_object_unref (body);
  return self;
}

/**
 * sc_response_new_empty:
 *
 * Returns: (transfer full): 204, which has no body
 */
ScResponse *
sc_response_new_empty (void)
{
  return new_response (204);
}

static ScResponse *
new_fault (ScFault fault, JsonObject *error, const char *sentence)
{
  json_object_set_string_member (error, "code", faults[fault].code);
  json_object_set_string_member (error, "message", sentence ? sentence : faults[fault].sentence);
  JsonObject *body = json_object_new ();
  json_object_set_object_member (body, "error", error);

  ScResponse *self = sc_response_new_json (faults[fault].status, body);
  if (fault == SC_FAULT_BUSY || fault == SC_FAULT_IN_PROGRESS)
    sc_response_add_header (self, "Retry-After", RETRY_AFTER_SECONDS);
  if (fault == SC_FAULT_UNAUTHORIZED)
    sc_response_add_header (self, "WWW-Authenticate", "Bearer");
  return self;
}

/**
 * sc_response_new_fault:
 * @fault: what is wrong
 * @field: (nullable): the member of the body that is at fault
 * @sentence: (nullable): words that say more than the table's
 *
 * Returns: (transfer full): {"error":{"code","message","field"}} with the fault's status
 */
ScResponse *
sc_response_new_fault (ScFault fault, const char *field, const char *sentence)
{
  JsonObject *error = json_object_new ();
  sc_json_set_string (error, "field", field);
  return new_fault (fault, error, sentence);
}

/**
 * sc_response_new_fault_with:
 * @fault: what is wrong
 * @details: (transfer full): what else there is to say about it
 *
 * Returns: (transfer full): {"error":{"code","message",…}} with the fault's status and the details
 */
ScResponse *
sc_response_new_fault_with (ScFault fault, JsonObject *details)
{
  return new_fault (fault, details, NULL);
}

/* A value that the database refuses has passed our own checks: that is a mistake in this program,
 * and so is a key that is there twice where nobody expected it. */
static ScFault
fault_of_store_error (ScStoreError code)
{
  switch (code) {
  case SC_STORE_ERROR_UNAVAILABLE:
  case SC_STORE_ERROR_BUSY:
  case SC_STORE_ERROR_SERIALIZATION:
    return SC_FAULT_BUSY;
  case SC_STORE_ERROR_UNIQUE:
  case SC_STORE_ERROR_INVALID:
  case SC_STORE_ERROR_PROTOCOL:
  default:
    return SC_FAULT_INTERNAL;
  }
}

/**
 * sc_response_new_from_error:
 * @error: an error of a layer below
 *
 * Returns: (transfer full): what the person may know about it; the rest is in the answer's cause
 */
ScResponse *
sc_response_new_from_error (const GError *error)
{
  ScFault fault = SC_FAULT_INTERNAL;
  if (error->domain == SC_STORE_ERROR)
    fault = fault_of_store_error ((ScStoreError) error->code);
  else if (g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_THROTTLED) ||
           error->domain == SC_PASSWORDS_ERROR)
    fault = SC_FAULT_BUSY;
  else if (error->domain == SC_AWS_ERROR)
    fault = SC_FAULT_UPSTREAM_UNAVAILABLE;

  ScResponse *self = sc_response_new_fault (fault, NULL, NULL);
  self->cause = g_strdup (error->message);
  return self;
}

/**
 * sc_response_add_header:
 * @self: an answer
 * @name: a header's name
 * @value: its value, made by this program: never what a stranger sent
 */
void
sc_response_add_header (ScResponse *self, const char *name, const char *value)
{
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

/**
 * sc_response_get_header:
 * @self: an answer
 * @name: a header's name, as it was added
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
sc_response_get_header (ScResponse *self, const char *name)
{
  for (guint i = 0; i + 1 < self->headers->len; i += 2)
    if (g_str_equal (self->headers->pdata[i], name))
      return self->headers->pdata[i + 1];
  return NULL;
}

/**
 * sc_response_free:
 * @self: (nullable): an answer
 */
void
sc_response_free (ScResponse *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->cause);
  g_free (self);
}
