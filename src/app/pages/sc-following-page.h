/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_FOLLOWING_PAGE (sc_following_page_get_type ())
G_DECLARE_FINAL_TYPE (ScFollowingPage, sc_following_page, SC, FOLLOWING_PAGE, AdwNavigationPage)

ScFollowingPage *sc_following_page_new (ScSession *session);

G_END_DECLS
