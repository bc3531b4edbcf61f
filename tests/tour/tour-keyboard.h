/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tour-eyes.h"

G_BEGIN_DECLS

gboolean tour_keyboard_press (TourEyes *eyes, TourPerson *person, guint key, GError **error);
gboolean tour_keyboard_press_with (TourEyes *eyes,
                                   TourPerson *person,
                                   guint modifier,
                                   guint key,
                                   GError **error);
gboolean tour_keyboard_type (TourEyes *eyes, TourPerson *person, const char *text, GError **error);
guint tour_keyboard_count (void);

G_END_DECLS
