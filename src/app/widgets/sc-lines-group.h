/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_LINES_GROUP (sc_lines_group_get_type ())
G_DECLARE_FINAL_TYPE (ScLinesGroup, sc_lines_group, SC, LINES_GROUP, AdwPreferencesGroup)

char **sc_lines_group_get_lines (ScLinesGroup *self);
void sc_lines_group_set_lines (ScLinesGroup *self, const char *const *lines);
void sc_lines_group_set_limits (ScLinesGroup *self, guint max_lines, guint max_length);
void sc_lines_group_set_editable (ScLinesGroup *self, gboolean editable);
void sc_lines_group_set_problem (ScLinesGroup *self, const char *problem);
gboolean sc_lines_group_has_problem (ScLinesGroup *self);

G_END_DECLS
