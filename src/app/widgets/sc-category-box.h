/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_CATEGORY_BOX (sc_category_box_get_type ())
G_DECLARE_FINAL_TYPE (ScCategoryBox, sc_category_box, SC, CATEGORY_BOX, AdwBin)

void sc_category_box_set_categories (ScCategoryBox *self, GListModel *categories);
void sc_category_box_watch (ScCategoryBox *self, ScClient *client);
void sc_category_box_reload (ScCategoryBox *self);

G_END_DECLS
