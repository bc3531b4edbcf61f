/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ScRenditionChoice ScRenditionChoice;

/**
 * ScRenditionFacts:
 * @now: monotonic time, microseconds
 * @cushion: how long what is there lasts, the least in the last second, microseconds
 * @target: what @cushion shall be, microseconds
 * @at_boundary: whether a segment ends now
 */
typedef struct {
  gint64 now;
  gint64 cushion;
  gint64 target;
  gboolean at_boundary;
} ScRenditionFacts;

ScRenditionChoice *sc_rendition_choice_new (void);
void sc_rendition_choice_free (ScRenditionChoice *self);

void sc_rendition_choice_set_ladder (ScRenditionChoice *self,
                                     const guint *bandwidths,
                                     const int *heights,
                                     guint n);
void sc_rendition_choice_set_fixed (ScRenditionChoice *self, int index);
void sc_rendition_choice_set_max_height (ScRenditionChoice *self, int height);

void sc_rendition_choice_see_burst (ScRenditionChoice *self, gsize bytes, gint64 duration);
void sc_rendition_choice_see_probe (ScRenditionChoice *self,
                                    gsize bytes,
                                    gint64 first_byte,
                                    gint64 last_byte,
                                    gint64 now);
void sc_rendition_choice_see_stall (ScRenditionChoice *self, gint64 now);

guint sc_rendition_choice_get_first (const ScRenditionChoice *self);
guint
sc_rendition_choice_next (ScRenditionChoice *self, guint current, const ScRenditionFacts *facts);
guint sc_rendition_choice_get_bandwidth (const ScRenditionChoice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRenditionChoice, sc_rendition_choice_free)

G_END_DECLS
