/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SC_TYPE_FIELD_HINT (sc_field_hint_get_type ())
G_DECLARE_FINAL_TYPE (ScFieldHint, sc_field_hint, SC, FIELD_HINT, GtkWidget)

void sc_field_hint_set_problem (ScFieldHint *self, const char *problem);
gboolean sc_field_hint_has_problem (ScFieldHint *self);

G_END_DECLS
