/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-recorded-time.h"

G_BEGIN_DECLS

/**
 * ScReplayPart:
 * @stream_id: a stream
 * @head_ms: where in the stream the part begins, milliseconds after the stream's begin
 * @last_ms: where in the stream the last lines are that belong to it
 * @base_ms: where in the recording it begins, milliseconds after the recording's begin
 * @end_ms: where in the recording it ends
 *
 * One stream's part of a recording.
 */
typedef struct {
  const char *stream_id;
  gint64 head_ms;
  gint64 last_ms;
  gint64 base_ms;
  gint64 end_ms;
} ScReplayPart;

GArray *sc_replay_parts_new (const ScRecordedTime *time);
gint64 sc_replay_part_to_recording (const ScReplayPart *self, gint64 offset_ms);
gint64 sc_replay_part_from_recording (const ScReplayPart *self, gint64 position_ms);
guint sc_replay_parts_find (const GArray *parts, gint64 position_ms);

G_END_DECLS
