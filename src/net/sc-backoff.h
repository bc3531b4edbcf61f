/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 sc_backoff_delay (guint attempt, gint64 base_us, gint64 cap_us, double random);

G_END_DECLS
