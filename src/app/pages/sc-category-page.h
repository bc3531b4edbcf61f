/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_CATEGORY_PAGE (sc_category_page_get_type ())
G_DECLARE_FINAL_TYPE (ScCategoryPage, sc_category_page, SC, CATEGORY_PAGE, AdwNavigationPage)

ScCategoryPage *sc_category_page_new (ScSession *session, const char *category);

G_END_DECLS
