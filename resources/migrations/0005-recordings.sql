-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What is known of a recording, by Amazon IVS's recording session: one column a fact, so that the
-- order of the reports does not matter. What there is to watch stands in a JSON document beside the
-- recording, which is read once the end was reported: at next_at, as often as it takes. A recording
-- with a failure has nothing to watch and stays here with the reason.
CREATE TABLE recordings (
  id text PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES channels,
  title text NOT NULL,
  bucket text NOT NULL,
  prefix text NOT NULL,
  ended_at timestamptz,
  failure text,
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamptz,
  started_at timestamptz,
  duration_ms bigint,
  playlist text,
  thumbnail text,
  width integer,
  height integer,
  CHECK (
    playlist IS NULL
    OR (started_at IS NOT NULL AND duration_ms IS NOT NULL AND width IS NOT NULL
        AND height IS NOT NULL)
  )
);
CREATE INDEX recordings_due ON recordings (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX recordings_shown ON recordings (started_at DESC, id)
  WHERE playlist IS NOT NULL AND failure IS NULL;
CREATE INDEX recordings_of_user ON recordings (user_id, started_at DESC, id)
  WHERE playlist IS NOT NULL AND failure IS NULL;
