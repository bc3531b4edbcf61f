/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many looks the frame rate is measured over: a second and a bit, in looks of a fifth. */
#define SC_FRAME_RATE_LOOKS 7

/* Frames a second, of late. Begins as zeroes. */
typedef struct {
  guint64 frames[SC_FRAME_RATE_LOOKS];
  gint64 times[SC_FRAME_RATE_LOOKS];
  guint n;
} ScFrameRate;

double sc_frame_rate_see (ScFrameRate *self, guint64 frames, gint64 now);

G_END_DECLS
