-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Recordings of which neither an end nor a failure was reported: where those were lost, the document
-- is looked for when the channel has been quiet for long enough.
CREATE INDEX recordings_open ON recordings (user_id)
  WHERE ended_at IS NULL AND failure IS NULL AND playlist IS NULL AND next_at IS NULL;

-- A picture that ended says as well as one that began that the stream before it is over. That a
-- session is over does not: it may be told when the next one is already on.
ALTER TABLE streams
  ALTER COLUMN opened_at SET EXPRESSION AS (LEAST(created_at, started_at, ended_at));
