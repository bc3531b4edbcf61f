/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SC_N_SPEEDS 7

double sc_speed_get (guint index);
double sc_speed_step (double rate, int steps);
char *sc_speed_words (double rate);

G_END_DECLS
