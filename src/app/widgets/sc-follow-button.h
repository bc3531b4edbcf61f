/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_FOLLOW_BUTTON (sc_follow_button_get_type ())
G_DECLARE_FINAL_TYPE (ScFollowButton, sc_follow_button, SC, FOLLOW_BUTTON, AdwBin)

void sc_follow_button_add_key (GtkWidgetClass *page_class);

G_END_DECLS
