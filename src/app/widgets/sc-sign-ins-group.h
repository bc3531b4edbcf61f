/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_SIGN_INS_GROUP (sc_sign_ins_group_get_type ())
G_DECLARE_FINAL_TYPE (ScSignInsGroup, sc_sign_ins_group, SC, SIGN_INS_GROUP, AdwPreferencesGroup)

void sc_sign_ins_group_set_session (ScSignInsGroup *self, ScSession *session);

G_END_DECLS
