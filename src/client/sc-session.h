/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"
#include "sc-secret-store.h"

G_BEGIN_DECLS

/**
 * ScSessionState:
 * @SC_SESSION_RESTORING: the secret store is being asked; for a moment only
 * @SC_SESSION_SIGNED_OUT: nobody is signed in
 * @SC_SESSION_SIGNED_IN: somebody is
 */
typedef enum {
  SC_SESSION_RESTORING,
  SC_SESSION_SIGNED_OUT,
  SC_SESSION_SIGNED_IN,
} ScSessionState;

/**
 * ScSessionKeeping:
 * @SC_SESSION_KEEPING: nothing to keep, or the secret store is still at it
 * @SC_SESSION_KEPT: the person is still signed in after the program's next start
 * @SC_SESSION_NOT_KEPT: the session ends with the program, for want of a secret store
 */
typedef enum {
  SC_SESSION_KEEPING,
  SC_SESSION_KEPT,
  SC_SESSION_NOT_KEPT,
} ScSessionKeeping;

#define SC_TYPE_SESSION (sc_session_get_type ())
G_DECLARE_FINAL_TYPE (ScSession, sc_session, SC, SESSION, GObject)

ScSession *sc_session_new (ScClient *client, ScSecretStore *store);

ScClient *sc_session_get_client (ScSession *self);
const char *sc_session_get_server (ScSession *self);
void sc_session_set_server (ScSession *self, const char *server);
ScSessionState sc_session_get_state (ScSession *self);
gboolean sc_session_get_signed_in (ScSession *self);
const char *sc_session_get_name (ScSession *self);
ScSessionKeeping sc_session_get_keeping (ScSession *self);

DexFuture *sc_session_sign_up (ScSession *self, const char *name, const char *password);
DexFuture *sc_session_sign_in (ScSession *self, const char *name, const char *password);
DexFuture *
sc_session_recover (ScSession *self, const char *name, const char *code, const char *password);
DexFuture *sc_session_sign_out (ScSession *self);
DexFuture *sc_session_sign_out_everywhere (ScSession *self);
char *sc_session_take_recovery_code (ScSession *self);
gint64 sc_session_get_deletes_at (ScSession *self);
DexFuture *sc_session_restore_account (ScSession *self);

G_END_DECLS
