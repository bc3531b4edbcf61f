/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_SIGN_IN_PAGE (sc_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (ScSignInPage, sc_sign_in_page, SC, SIGN_IN_PAGE, AdwNavigationPage)

ScSignInPage *sc_sign_in_page_new (ScSession *session, gboolean creating);

G_END_DECLS
