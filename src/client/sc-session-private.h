/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"

G_BEGIN_DECLS

/* What the session is made of: sc-session.c keeps who is signed in, sc-session-account.c does what
 * a person asks for. */

struct _ScSession {
  GObject parent_instance;

  ScClient *client;
  ScSecretStore *store;
  char *name;
  char *recovery_code; /* until somebody shows it */
  gint64 deletes_at;
  ScSessionState state;
  ScSessionKeeping keeping;
  DexFuture *restoring;
  DexFuture *checking;
  DexFuture *saving;
  DexFuture *forgetting;
};

void sc_session_enter (ScSession *self, const ScCredentials *credentials);
void sc_session_leave (ScSession *self);
void sc_session_stop_waiting (ScSession *self);
void sc_session_set_keeping (ScSession *self, ScSessionKeeping keeping);
void sc_session_forget (ScSession *self);

G_END_DECLS
