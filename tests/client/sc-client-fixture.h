/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"
#include "sc-fake-api.h"
#include "sc-session.h"

G_BEGIN_DECLS

/**
 * ScClientFixture:
 * @api: the server
 * @client: who asks it, signed out
 *
 * A client of a server in this process.
 */
typedef struct {
  ScFakeApi *api;
  ScClient *client;
} ScClientFixture;

void sc_client_fixture_set_up (ScClientFixture *self, gconstpointer data);
void sc_client_fixture_tear_down (ScClientFixture *self, gconstpointer data);
ScSession *sc_test_session_new (void);
const GValue *sc_test_get_value (DexFuture *future);

G_END_DECLS
