/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-streamer-mode.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_RECOVERY_CODE_PAGE (sc_recovery_code_page_get_type ())
G_DECLARE_FINAL_TYPE (ScRecoveryCodePage,
                      sc_recovery_code_page,
                      SC,
                      RECOVERY_CODE_PAGE,
                      AdwNavigationPage)

ScRecoveryCodePage *
sc_recovery_code_page_new (const char *name, const char *code, ScStreamerMode *mode);

G_END_DECLS
