-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What a channel says about itself, and what its next recordings are about.
ALTER TABLE channels
  ADD COLUMN about text NOT NULL DEFAULT '' CHECK (char_length(about) <= 1000),
  ADD COLUMN category text NOT NULL DEFAULT '' CHECK (char_length(category) <= 60);

-- What the streamer makes of a recording. One that is deleted keeps its row, so that a late report
-- does not bring it back, but nothing that it said: its objects go at removal_at, which whoever
-- removes some puts off, and which is NULL once there are none.
ALTER TABLE recordings
  ADD COLUMN category text NOT NULL DEFAULT '' CHECK (char_length(category) <= 60),
  ADD COLUMN is_hidden boolean NOT NULL DEFAULT false,
  ADD COLUMN views bigint NOT NULL DEFAULT 0,
  ADD COLUMN deleted_at timestamptz,
  ADD COLUMN removal_at timestamptz,
  ADD COLUMN removal_attempts integer NOT NULL DEFAULT 0;
CREATE INDEX recordings_removals ON recordings (removal_at) WHERE removal_at IS NOT NULL;

DROP INDEX recordings_shown;
DROP INDEX recordings_of_user;
CREATE INDEX recordings_shown ON recordings (started_at DESC, id)
  WHERE playlist IS NOT NULL AND failure IS NULL AND deleted_at IS NULL AND NOT is_hidden;
CREATE INDEX recordings_of_user ON recordings (user_id, started_at DESC, id)
  WHERE playlist IS NOT NULL AND failure IS NULL AND deleted_at IS NULL;

-- Who has been counted: a random number that a viewer's app makes when it starts. It is kept for a
-- day, and says nothing about whose app that was.
CREATE TABLE recording_viewers (
  recording_id text NOT NULL REFERENCES recordings ON DELETE CASCADE,
  session uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (recording_id, session)
);
CREATE INDEX recording_viewers_at ON recording_viewers (at);
