-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Only what is known of a stream's begin can end the stream before it: of one whose begin was lost
-- the end alone is known, and that may be reported when the next stream is already on.
ALTER TABLE streams
  ADD COLUMN opened_at timestamptz GENERATED ALWAYS AS (LEAST(created_at, started_at)) STORED,
  ADD COLUMN peak_viewers integer CHECK (peak_viewers >= 0);
CREATE INDEX streams_user_id_opened_at ON streams (user_id, opened_at);

CREATE OR REPLACE VIEW stream_states AS
SELECT
  s.id,
  s.user_id,
  s.first_at,
  s.started_at,
  COALESCE(
    s.over_at,
    (
      SELECT min(n.opened_at)
      FROM streams n
      WHERE n.user_id = s.user_id
        AND n.opened_at >= s.first_at
        AND (n.opened_at > s.first_at OR (n.id > s.id AND n.over_at IS NULL))
    )
  ) AS ended_at,
  s.width,
  s.height,
  s.frame_rate,
  COALESCE(s.starved_at > COALESCE(s.fed_at, '-infinity'), false) AS is_starving
FROM streams s;

-- What Amazon IVS reported about a stream that whoever streams should know: media that came too
-- late, a limit that was broken, something that failed. The id is the event's: a second delivery
-- adds nothing. A limit of the whole account has no channel and no stream.
CREATE TABLE stream_reports (
  id text PRIMARY KEY,
  user_id bigint REFERENCES channels ON DELETE CASCADE,
  stream_id text,
  kind text NOT NULL CHECK (kind IN ('starvation_start', 'starvation_end', 'limit_breach',
                                     'stream_failure', 'takeover_failure', 'recording_failure')),
  at timestamptz NOT NULL,
  reason text,
  limit_name text,
  limit_unit text,
  limit_value bigint,
  exceeded_by bigint,
  CHECK ((kind = 'limit_breach') = (limit_name IS NOT NULL)),
  CHECK (kind = 'limit_breach' OR (user_id IS NOT NULL AND stream_id IS NOT NULL))
);
CREATE INDEX stream_reports_page ON stream_reports (user_id, at DESC, id DESC);
CREATE INDEX stream_reports_at ON stream_reports (at);

-- How many watched when tick asked, about once a minute.
CREATE TABLE viewer_samples (
  stream_id text NOT NULL REFERENCES streams ON DELETE CASCADE,
  at timestamptz NOT NULL,
  viewers integer NOT NULL CHECK (viewers >= 0),
  PRIMARY KEY (stream_id, at)
);
CREATE INDEX viewer_samples_at ON viewer_samples (at);
