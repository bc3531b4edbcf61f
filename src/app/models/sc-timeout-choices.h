/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SC_TIMEOUT_CHOICES 6

guint sc_timeout_choice_get_seconds (guint index);
const char *sc_timeout_choice_get_label (guint index);
GMenuModel *sc_timeout_choices_make_menu (const char *action, const char *reason_action);

G_END_DECLS
