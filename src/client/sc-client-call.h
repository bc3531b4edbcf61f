/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-ahead.h"
#include "sc-client.h"
#include "sc-list-page.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How the files of the resources talk to the server; not for anybody outside this folder. */

/* A page of a recording's chat has at most 500 lines, whose words are cut off at 1 MiB by the
 * server (store/sc-line-store.h); as JSON they may have twice as many bytes. */
#define SC_CLIENT_MAX_ANSWER_BYTES (3 * 1024 * 1024)

/**
 * ScClientReader:
 * @answer: the body of a success
 * @ret_value: an unset value to initialise and fill
 * @error: an error of %SC_DATA_ERROR
 *
 * Makes the value that a call resolves to.
 *
 * Returns: whether the answer was as it should be
 */
typedef gboolean (*ScClientReader) (JsonObject *answer, GValue *ret_value, GError **error);

ScAhead *sc_client_get_ahead (ScClient *self);
const char *sc_client_get_device (ScClient *self);
const char *sc_client_get_viewer (ScClient *self);

void sc_client_answer (DexPromise *promise, ScHttpResponse *response, const GError *error);
DexFuture *sc_client_read (ScClient *self, DexFuture *response, ScClientReader reader);
DexFuture *sc_client_call (ScClient *self,
                           const char *method,
                           const char *path,
                           JsonObject *body,
                           ScClientReader reader);
DexFuture *
sc_client_put_bytes (ScClient *self, const char *path, GBytes *body, ScClientReader reader);
gboolean sc_client_read_credentials (JsonObject *answer, GValue *ret_value, GError **error);
gboolean sc_client_read_channel (JsonObject *answer, GValue *ret_value, GError **error);
gboolean sc_client_read_pending (JsonObject *answer, gint64 *ret_pending, GError **error);
gboolean sc_client_take_list (GListStore *list, GValue *ret_value);
gboolean sc_client_take_page (ScListPage *page, GValue *ret_value);
gboolean sc_client_read_count (JsonObject *answer, GValue *ret_value, GError **error);

G_END_DECLS
