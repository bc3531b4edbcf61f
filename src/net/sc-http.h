/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-net-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What an answer may have where the request names no bound: our own API and the control planes of
 * Amazon IVS stay far below it (a full page of 100 stages has about 60 KB). */
#define SC_HTTP_MAX_RESPONSE_BYTES (1024 * 1024)

/**
 * ScHttpRequest:
 * @method: "GET", "POST", ...
 * @url: an absolute http or https URL. Never put a secret here: URLs end up in logs
 * @headers: (nullable): name, value, name, value, ..., %NULL
 * @body: (nullable): what to send; its Content-Type is among @headers
 * @max_response_bytes: the most bytes the answer's body may have; 0 for
 * %SC_HTTP_MAX_RESPONSE_BYTES
 * @is_idempotent: it does no harm twice whatever its method: it may go out on a connection that the
 * server is about to close, and then does on another
 *
 * A request, borrowed for the time of the call that it is given to.
 */
typedef struct {
  const char *method;
  const char *url;
  const char *const *headers;
  GBytes *body;
  gsize max_response_bytes;
  gboolean is_idempotent;
} ScHttpRequest;

/**
 * ScHttpResponse:
 * @status: the HTTP status
 * @headers: name in lower case to value; repeated headers are joined by ", "
 * @body: the body, never %NULL
 *
 * An answer, never changed once made. Reference counted from any thread.
 */
typedef struct {
  guint status;
  GHashTable *headers;
  GBytes *body;
} ScHttpResponse;

#define SC_TYPE_HTTP_RESPONSE (sc_http_response_get_type ())
GType sc_http_response_get_type (void);
ScHttpResponse *sc_http_response_ref (ScHttpResponse *self);
void sc_http_response_unref (ScHttpResponse *self);
const char *sc_http_response_get_header (const ScHttpResponse *self, const char *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScHttpResponse, sc_http_response_unref)

#define SC_TYPE_HTTP (sc_http_get_type ())
G_DECLARE_FINAL_TYPE (ScHttp, sc_http, SC, HTTP, GObject)

ScHttp *sc_http_new (guint timeout_seconds);
void sc_http_forget_connections (ScHttp *self);
ScHttp *sc_http_new_ms (guint timeout_ms);

ScHttpResponse *sc_http_send (ScHttp *self,
                              const ScHttpRequest *request,
                              GCancellable *cancellable,
                              GError **error);

void sc_http_send_async (ScHttp *self,
                         const ScHttpRequest *request,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
ScHttpResponse *sc_http_send_finish (ScHttp *self, GAsyncResult *result, GError **error);

G_END_DECLS
