/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-http.h"

#include <libdex.h>

G_BEGIN_DECLS

#define SC_TYPE_CLIENT (sc_client_get_type ())
G_DECLARE_FINAL_TYPE (ScClient, sc_client, SC, CLIENT, GObject)

ScClient *sc_client_new (ScHttp *http);

const char *sc_client_get_server (ScClient *self);
void sc_client_set_server (ScClient *self, const char *server);
const char *sc_client_get_token (ScClient *self);
void sc_client_set_token (ScClient *self, const char *token);
ScHttp *sc_client_get_http (ScClient *self);

/* users */
DexFuture *sc_client_sign_up (ScClient *self, const char *name, const char *password);
DexFuture *sc_client_who_am_i (ScClient *self);

/* sessions */
DexFuture *sc_client_sign_in (ScClient *self, const char *name, const char *password);
DexFuture *sc_client_sign_out (ScClient *self);

/* own channel */
DexFuture *sc_client_get_own_channel (ScClient *self);
DexFuture *sc_client_set_title (ScClient *self, const char *title);
DexFuture *sc_client_get_stream_key (ScClient *self);

/* channels */
DexFuture *sc_client_list_live (ScClient *self);
DexFuture *sc_client_get_channel (ScClient *self, const char *name);
DexFuture *sc_client_create_chat_token (ScClient *self, const char *name);

/* recordings */
DexFuture *sc_client_list_recordings (ScClient *self, const char *channel);

G_END_DECLS
