/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-output.h"

G_BEGIN_DECLS

typedef struct _ScLivePads ScLivePads;

void sc_live_pads_add_templates (GstElementClass *klass);

ScLivePads *sc_live_pads_new (GstElement *element, ScLivePacer *pacer, ScLiveClockFunc get_now);
void sc_live_pads_free (ScLivePads *self);

void sc_live_pads_take_caps (ScLivePads *self, ScLiveKind kind, GstCaps *caps);
void sc_live_pads_take_frame (ScLivePads *self, ScLiveKind kind, guint epoch, GstBuffer *frame);
void sc_live_pads_end (ScLivePads *self);
void sc_live_pads_look (ScLivePads *self, gint64 now);
gboolean sc_live_pads_are_full (ScLivePads *self);
void sc_live_pads_wake (ScLivePads *self);
void sc_live_pads_clear (ScLivePads *self);

G_END_DECLS
