/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tour-eyes.h"

G_BEGIN_DECLS

gboolean tour_access_check (TourEyes *eyes,
                            TourPerson *person,
                            const char *page,
                            guint *ret_controls,
                            GError **error);

G_END_DECLS
