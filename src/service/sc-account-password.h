/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-routes.h"

G_BEGIN_DECLS

ScResponse *sc_account_refuse_password (const char *password, const char *field);
ScResponse *sc_account_refuse_device (JsonObject *body, const char **ret_device);
ScResponse *sc_account_refuse_suspended (const ScUser *user);
JsonObject *sc_account_view_session (ScCall *call, const ScUser *user, const char *token);
ScUser *sc_account_check_password (ScCall *call,
                                   const char *field,
                                   ScResponse **ret_refusal,
                                   GError **error);
gboolean sc_account_has_hash (ScCall *call, const char *name, const char *hash);

G_END_DECLS
