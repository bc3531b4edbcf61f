/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tour-error.h"

G_BEGIN_DECLS

double tour_ears_hear_tone (double hertz, GError **error);

G_END_DECLS
