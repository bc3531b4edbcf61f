/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a picture with a clock is: the stripes of the clock are as wide as the picture. */
#define BENCH_WIDTH 640
#define BENCH_HEIGHT 360
/* Where they are: high enough that a player's title bar leaves some of them where they were. */
#define BENCH_CLOCK_TOP 112
#define BENCH_CLOCK_BOTTOM 256

guint32 bench_clock_now (void);
void bench_clock_paint (guint8 *luma, gsize stride, guint32 time);
gboolean bench_clock_read (const guint8 *row, guint32 *ret_time);
gint32 bench_clock_elapsed (guint32 from, guint32 to);

G_END_DECLS
