/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The speeds that a recording can be watched at, and what they are called. Pure functions. */

#include "config.h"

#include "sc-speed-words.h"

#include <glib/gi18n.h>
#include <math.h>

static const double speeds[SC_N_SPEEDS] = { 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2 };

/**
 * sc_speed_get:
 * @index: which, less than %SC_N_SPEEDS
 *
 * Returns: one of the speeds, the slowest first; 1 is the speed that recordings were made at
 */
double
sc_speed_get (guint index)
{
  return speeds[index];
}

/**
 * sc_speed_step:
 * @rate: a speed
 * @steps: how many speeds to go on; less than 0 for slower
 *
 * Returns: the speed there, or the last one in that direction
 */
double
sc_speed_step (double rate, int steps)
{
  int nearest = 0;
  for (int i = 1; i < SC_N_SPEEDS; i++)
    if (fabs (speeds[i] - rate) < fabs (speeds[nearest] - rate))
      nearest = i;
  return speeds[CLAMP (nearest + steps, 0, SC_N_SPEEDS - 1)];
}

/**
 * sc_speed_words:
 * @rate: a speed
 *
 * Returns: (transfer full): its name, as "1.5×"
 */
char *
sc_speed_words (double rate)
{
  /* Translators: how many times as fast as it was made a recording is played, as "1.5×" */
  return g_strdup_printf (_ ("%g×"), rate);
}
