/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-segmenter.h"

G_BEGIN_DECLS

typedef struct _ScLadder ScLadder;

ScLadder *sc_ladder_new (const ScMediaInfo *source, GstCaps *caps, guint most, ScTeller *teller);
void sc_ladder_free (ScLadder *self);

void sc_ladder_cut (ScLadder *self, const ScCut *cut);
void sc_ladder_set_caps (ScLadder *self, GstCaps *caps);
void sc_ladder_push (ScLadder *self, GstBuffer *frame, GstClockTime running_time);
void sc_ladder_set_sound_caps (ScLadder *self, GstCaps *caps);
void sc_ladder_push_sound (ScLadder *self, GstBuffer *sound, GstClockTime running_time);
void sc_ladder_skip_sound (ScLadder *self, GstClockTime running_time, GstClockTime duration);
void sc_ladder_put_metadata (ScLadder *self,
                             const char *owner,
                             const char *text,
                             GstClockTime running_time);
void sc_ladder_finish (ScLadder *self, gint64 patience_us);
void sc_ladder_give_up (ScLadder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLadder, sc_ladder_free)

G_END_DECLS
