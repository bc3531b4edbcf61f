/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tour-world.h"

#include <atspi/atspi.h>

G_BEGIN_DECLS

gboolean tour_see_video (TourWorld *world, double seconds, char **ret_figure, GError **error);
gboolean tour_see_thumbnail (TourWorld *world,
                             TourPerson *person,
                             const char *card,
                             double seconds,
                             GError **error);
gboolean tour_press_over_video (TourWorld *world,
                                TourPerson *person,
                                AtspiRole role,
                                const char *name,
                                guint seconds,
                                GError **error);

G_END_DECLS
