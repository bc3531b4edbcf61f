/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ScRate ScRate;

ScRate *sc_rate_new (guint per_second);
void sc_rate_free (ScRate *self);
gboolean sc_rate_take (ScRate *self, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRate, sc_rate_free)

G_END_DECLS
