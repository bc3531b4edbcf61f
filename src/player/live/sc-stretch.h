/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ScStretch ScStretch;

ScStretch *sc_stretch_new (guint rate, guint channels);
void sc_stretch_free (ScStretch *self);

void sc_stretch_clear (ScStretch *self);
void sc_stretch_push (ScStretch *self, const float *frames, gsize n);
gsize sc_stretch_get_held (const ScStretch *self);
gboolean sc_stretch_is_idle (const ScStretch *self, gint64 surplus);
void sc_stretch_pass (ScStretch *self, const float *frames, gsize n);
gint64 sc_stretch_pull (ScStretch *self, gint64 surplus, GArray *samples);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScStretch, sc_stretch_free)

G_END_DECLS
