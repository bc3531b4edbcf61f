/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/**
 * BenchAwake:
 * @longest: the longest time in which the main thread could not draw, microseconds
 * @most: the most of a processor's time that went into one such time, microseconds, which tells on
 * a busy machine what is ours
 * @n_late: how many took more of it than a frame may, 33 ms
 *
 * What the main loop did between two of its waits.
 */
typedef struct {
  gint64 longest;
  gint64 most;
  guint n_late;
} BenchAwake;

void bench_awake_begin (void);
BenchAwake bench_awake_take (void);
