-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Events of Amazon IVS may be lost, late, doubled and out of order. One that is here has had its
-- effect; a second delivery has none.
CREATE TABLE stream_events (
  id text PRIMARY KEY,
  stream_id text NOT NULL,
  name text NOT NULL,
  happened_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL
);
CREATE INDEX stream_events_received_at ON stream_events (received_at);

-- What is known of a stream, one column a fact, each the earliest time that anyone reported it: so
-- the row is the same in whatever order the reports came, and an end is never taken back by a late
-- start. gone_at is what we saw ourselves by asking, and is dropped when the stream is seen again.
CREATE TABLE streams (
  id text PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES channels,
  created_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  session_ended_at timestamptz,
  gone_at timestamptz,
  width integer,
  height integer,
  frame_rate double precision,
  first_at timestamptz GENERATED ALWAYS AS (
    LEAST(created_at, started_at, ended_at, session_ended_at)
  ) STORED NOT NULL,
  over_at timestamptz GENERATED ALWAYS AS (
    COALESCE(ended_at, session_ended_at, gone_at)
  ) STORED
);
CREATE INDEX streams_user_id_first_at ON streams (user_id, first_at);
CREATE INDEX streams_not_over ON streams (started_at) WHERE over_at IS NULL;

-- A channel has one stream at a time: the one that began last has ended all before it, whether or
-- not their end was reported. Of two that began at the same moment, one that is not over wins.
CREATE VIEW stream_states AS
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
  s.frame_rate
FROM streams s;
