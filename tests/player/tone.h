/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Tone:
 * @lowest: the least of the frequencies of windows of a quarter of a second, Hz
 * @highest: the most
 * @n_clicks: how often a sample is further from the one before than the tone has it
 * @seconds: from its begin to its end
 *
 * What there is to hear of a sine of 440 Hz.
 */
typedef struct {
  double lowest;
  double highest;
  guint n_clicks;
  double seconds;
} Tone;

Tone tone_hear (const GArray *samples, int rate, double volume, double tolerance);

G_END_DECLS
