/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tour-error.h"

G_BEGIN_DECLS

typedef gboolean (*TourCondition) (gpointer data);

gboolean tour_wait (double seconds, TourCondition condition, gpointer data);

G_END_DECLS
