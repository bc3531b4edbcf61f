-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Media that come too late, and in time again: each the newest time that anyone reported it, so that
-- the order of the reports does not matter here either.
ALTER TABLE streams ADD COLUMN starved_at timestamptz, ADD COLUMN fed_at timestamptz;

CREATE OR REPLACE VIEW stream_states AS
SELECT
  s.id,
  s.user_id,
  s.first_at,
  s.started_at,
  COALESCE(
    s.over_at,
    (
      SELECT min(n.first_at)
      FROM streams n
      WHERE n.user_id = s.user_id
        AND n.first_at >= s.first_at
        AND (n.first_at > s.first_at OR (n.id > s.id AND n.over_at IS NULL))
    )
  ) AS ended_at,
  s.width,
  s.height,
  s.frame_rate,
  COALESCE(s.starved_at > COALESCE(s.fed_at, '-infinity'), false) AS is_starving
FROM streams s;
