/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-repeat-store.h"
#include "sc-routes.h"

G_BEGIN_DECLS

/* As long as HTTP libraries make them: a UUID in quotes has 38 characters. */
#define SC_IDEMPOTENCY_KEY_MAX 255

gboolean sc_repeats_is_key (const char *text);
gboolean sc_repeats_commit (ScCall *call,
                            ScStoreConnection *connection,
                            guint status,
                            JsonObject *body,
                            GError **error);
ScResponse *sc_repeats_run (ScCall *call, const ScRoute *route, GError **error);
gboolean sc_repeats_read_sign_up (ScCall *call, const char *name, ScRepeat *ret_repeat);

G_END_DECLS
