/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tour-look.h"

G_BEGIN_DECLS

gboolean tour_press_within (TourPerson *person,
                            AtspiRole role,
                            const char *name,
                            double seconds,
                            GError **error);
gboolean tour_press (TourPerson *person, AtspiRole role, const char *name, GError **error);
gboolean tour_go_to (TourPerson *person, AtspiRole role, const char *name, GError **error);
gboolean tour_click (TourPerson *person, AtspiRole role, const char *name, GError **error);
gboolean tour_close_dialog (TourPerson *person, const char *name, GError **error);
gboolean tour_open_menu (TourPerson *person, const char *name, const char *item, GError **error);
gboolean tour_type (TourPerson *person, const char *name, const char *text, GError **error);
gboolean
tour_type_into (TourPerson *person, AtspiAccessible *field, const char *text, GError **error);
gboolean tour_slide (TourPerson *person, const char *name, double to, GError **error);

G_END_DECLS
