/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_RECOVERY_PAGE (sc_recovery_page_get_type ())
G_DECLARE_FINAL_TYPE (ScRecoveryPage, sc_recovery_page, SC, RECOVERY_PAGE, AdwNavigationPage)

ScRecoveryPage *sc_recovery_page_new (ScSession *session, const char *name);

G_END_DECLS
