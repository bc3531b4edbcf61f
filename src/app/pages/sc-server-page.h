/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_SERVER_PAGE (sc_server_page_get_type ())
G_DECLARE_FINAL_TYPE (ScServerPage, sc_server_page, SC, SERVER_PAGE, AdwNavigationPage)

ScServerPage *sc_server_page_new (GSettings *settings, ScSession *session);

G_END_DECLS
