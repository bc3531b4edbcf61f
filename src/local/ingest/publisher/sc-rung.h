/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-ladder-plan.h"
#include "sc-segmenter.h"

G_BEGIN_DECLS

typedef struct _ScRung ScRung;

ScRung *sc_rung_new (const ScLadderRung *plan, guint rendition, ScTeller *teller);
gboolean sc_rung_build (ScRung *self, GstBin *bin, GstElement *tee, gboolean has_sound);
void sc_rung_free (ScRung *self);

gboolean sc_rung_is_over (const ScRung *self);
void sc_rung_give_up (ScRung *self);
GstClockTime sc_rung_get_lag (ScRung *self, GstClockTime running_time);

void sc_rung_begin (ScRung *self, GstClockTime running_time);
void sc_rung_cut (ScRung *self, const ScCut *source);
void sc_rung_advance (ScRung *self, GstClockTime running_time, GstClockTime duration);
void sc_rung_set_sound_caps (ScRung *self, GstCaps *caps);
void sc_rung_push_sound (ScRung *self, GstBuffer *sound, GstClockTime running_time);
void sc_rung_skip_sound (ScRung *self, GstClockTime running_time, GstClockTime duration);
void
sc_rung_put_metadata (ScRung *self, const char *owner, const char *text, GstClockTime running_time);
void sc_rung_finish (ScRung *self);
void sc_rung_wait_over (ScRung *self, gint64 until);

GstElement *sc_rung_input_new (GstBin *bin);
void sc_rung_input_push (GstElement *input, GstBuffer *buffer, GstClockTime running_time);

G_END_DECLS
