/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tour-eyes.h"

#include <atspi/atspi.h>

G_BEGIN_DECLS

typedef struct _TourFocus TourFocus;

TourFocus *tour_focus_follow (TourEyes *eyes, TourPerson *person, GError **error);
void tour_focus_free (TourFocus *self);

AtspiAccessible *tour_focus_get_app (TourFocus *self);
gboolean tour_focus_press (TourFocus *self, guint modifier, guint key, GError **error);
gboolean tour_focus_was_on (TourFocus *self, const char *path);
guint tour_focus_count (TourFocus *self);
gboolean tour_focus_find_arrows (AtspiRole role, guint *ret_on, guint *ret_back);
gboolean
tour_focus_move_to (TourFocus *self, AtspiAccessible *control, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TourFocus, tour_focus_free)

G_END_DECLS
