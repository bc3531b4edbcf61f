/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/**
 * ScDelay:
 * @begin: returns a future that is settled, either way, when that many seconds are over
 * @data: (nullable): for @begin
 *
 * How time passes: the seam by which a test makes a minute pass. Copied, not kept.
 */
typedef struct {
  DexFuture *(*begin) (guint seconds, gpointer data);
  gpointer data;
} ScDelay;

extern const ScDelay sc_delay_real;

DexFuture *sc_delay_begin (const ScDelay *self, guint seconds);

G_END_DECLS
