/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * ScOpeningStage:
 * @SC_OPENED: it asks for none, or whoever needs it has read all of it
 * @SC_ASKING: nothing came yet
 * @SC_READING: it is on its way down, or hlsdemux2 reads it and what it names
 *
 * How far the source is with the first playlist.
 */
typedef enum {
  SC_OPENED,
  SC_ASKING,
  SC_READING,
} ScOpeningStage;

/* What a pipeline knows of its opening. Any thread; it must outlive the source. */
typedef struct {
  GMutex lock; /* guards what follows */
  ScOpeningStage stage;
  gboolean closing;
  GCond opened; /* @stage is SC_OPENED */
} ScOpening;

void sc_opening_init (ScOpening *self);
void sc_opening_clear (ScOpening *self);
void sc_opening_watch (ScOpening *self, GstElement *source);
void sc_opening_close (ScOpening *self);
void sc_opening_wait (ScOpening *self);

G_END_DECLS
