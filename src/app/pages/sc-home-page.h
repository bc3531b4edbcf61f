/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_HOME_PAGE (sc_home_page_get_type ())
G_DECLARE_FINAL_TYPE (ScHomePage, sc_home_page, SC, HOME_PAGE, AdwNavigationPage)

ScHomePage *sc_home_page_new (ScSession *session);

G_END_DECLS
