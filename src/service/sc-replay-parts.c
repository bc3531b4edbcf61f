/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where what was said in a stream is due in a recording. Amazon IVS merges the streams of an
 * encoder that lost its connection, one picture after the other: the recording's time stands still
 * in the gaps, and what was said in one is due where they meet. Pure functions. */

#include "config.h"

#include "sc-replay-parts.h"

/* A viewer sees the last picture some seconds after it was made, and says goodbye: Amazon IVS's
 * standard latency is 8 s to 12 s ("Amazon IVS Low-Latency User Guide"). */
#define FAREWELL_MS 15000

/* Later than the longest stream, 48 hours. */
#define NO_END_MS (G_MAXINT64 / 4)

static gint64
to_ms (gint64 us)
{
  return us / G_TIME_SPAN_MILLISECOND;
}

/**
 * sc_replay_parts_new:
 * @time: when what a recording shows took place; must live longer
 *
 * A stream whose end is not known lasts until the recording ends.
 *
 * Returns: (transfer full) (element-type ScReplayPart): its parts, in their order
 */
GArray *
sc_replay_parts_new (const ScRecordedTime *time)
{
  GArray *parts = g_array_new (FALSE, TRUE, sizeof (ScReplayPart));
  gint64 base_ms = 0;
  for (guint i = 0; i < time->streams->len; i++) {
    const ScRecordedStream *stream = time->streams->pdata[i];
    gboolean is_last = i + 1 == time->streams->len;
    gint64 head_ms = i == 0 ? to_ms (time->started_at - stream->begins_at) : 0;
    gint64 left_ms = time->duration_ms - base_ms;
    gint64 length_ms =
      stream->ended_at ? to_ms (stream->ended_at - stream->begins_at) - head_ms : left_ms;
    length_ms = is_last ? left_ms : CLAMP (length_ms, 0, left_ms);
    const ScReplayPart part = {
      .stream_id = stream->id,
      .head_ms = head_ms,
      .last_ms = is_last ? head_ms + left_ms + FAREWELL_MS : NO_END_MS,
      .base_ms = base_ms,
      .end_ms = base_ms + length_ms,
    };
    g_array_append_val (parts, part);
    base_ms = part.end_ms;
  }
  return parts;
}

/**
 * sc_replay_part_to_recording:
 * @self: a part
 * @offset_ms: when something was said, milliseconds after the stream's begin
 *
 * Returns: when it is due, milliseconds after the recording's begin
 */
gint64
sc_replay_part_to_recording (const ScReplayPart *self, gint64 offset_ms)
{
  return CLAMP (self->base_ms + offset_ms - self->head_ms, self->base_ms, self->end_ms);
}

/**
 * sc_replay_part_from_recording:
 * @self: a part
 * @position_ms: a place in the recording, milliseconds after its begin
 *
 * Returns: from where in the stream on what was said is due there or later, milliseconds after the
 *   stream's begin
 */
gint64
sc_replay_part_from_recording (const ScReplayPart *self, gint64 position_ms)
{
  return self->head_ms + MAX (0, position_ms - self->base_ms);
}

/**
 * sc_replay_parts_find:
 * @parts: (element-type ScReplayPart): the parts of a recording
 * @position_ms: a place in it, milliseconds after its begin
 *
 * Returns: the number of the first part in which something may be due there or later; how many
 *   there are for a place after the end
 */
guint
sc_replay_parts_find (const GArray *parts, gint64 position_ms)
{
  guint i = 0;
  while (i < parts->len && g_array_index (parts, ScReplayPart, i).end_ms < position_ms)
    i++;
  return i;
}
