/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * ScLiveTexts:
 *
 * Timed metadata that waits for its picture. A plain value, of one thread.
 */
typedef struct {
  GQueue items;
} ScLiveTexts;

void sc_live_texts_init (ScLiveTexts *self);
void sc_live_texts_clear (ScLiveTexts *self);
void
sc_live_texts_add (ScLiveTexts *self, const char *owner, const char *text, guint epoch, gint64 pts);
gint64 sc_live_texts_get_wait (const ScLiveTexts *self, guint epoch, gint64 pts);
GstStructure *sc_live_texts_take (ScLiveTexts *self, guint epoch, gint64 pts);

G_END_DECLS
