/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tour-world.h"

G_BEGIN_DECLS

gboolean tour_see_video (TourWorld *world, double seconds, char **ret_figure, GError **error);

G_END_DECLS
