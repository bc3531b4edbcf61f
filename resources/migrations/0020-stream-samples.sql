-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What Amazon IVS measured of a stream stands beside how many watched: either may be unknown.
ALTER TABLE viewer_samples
  ALTER COLUMN viewers DROP NOT NULL,
  ADD COLUMN bitrate bigint CHECK (bitrate >= 0),
  ADD COLUMN frame_rate double precision CHECK (frame_rate >= 0),
  ADD COLUMN keyframe_interval double precision CHECK (keyframe_interval >= 0);

-- When AWS was last asked about a stream for whoever streams: one process at a time does so, and
-- all others answer with what that wrote. ingest is what the encoder said it sends, as our API
-- writes it.
ALTER TABLE streams
  ADD COLUMN looked_at timestamptz,
  ADD COLUMN ingest jsonb;
