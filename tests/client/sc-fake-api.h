/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * ScFakeApi:
 *
 * A server in this process that answers as the test says: each route has a queue of answers, whose
 * last one stays. It keeps the last request to each route.
 */
typedef struct _ScFakeApi ScFakeApi;

ScFakeApi *sc_fake_api_new (void);
void sc_fake_api_free (ScFakeApi *self);
const char *sc_fake_api_get_url (ScFakeApi *self);
void sc_fake_api_answer (ScFakeApi *self, const char *route, guint status, const char *body);
void sc_fake_api_answer_now (ScFakeApi *self, const char *route, guint status, const char *body);
void sc_fake_api_refuse_now (ScFakeApi *self, const char *route, const char *retry_after);
void sc_fake_api_hold (ScFakeApi *self, const char *route);
void sc_fake_api_let_go (ScFakeApi *self, const char *route);
guint sc_fake_api_count (ScFakeApi *self, const char *route);
const char *sc_fake_api_get_body (ScFakeApi *self, const char *route);
const char *sc_fake_api_get_authorization (ScFakeApi *self, const char *route);
const char *sc_fake_api_get_key (ScFakeApi *self, const char *route);

void sc_test_wait (DexFuture *future);
void sc_test_wait_until (gboolean (*condition) (gpointer user_data), gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScFakeApi, sc_fake_api_free)

G_END_DECLS
