-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- The key of the picture that stands for a channel and its streamer, in the bucket of recordings.
ALTER TABLE channels
  ADD COLUMN avatar text COLLATE "C" CHECK (avatar ~ '^avatars/[0-9a-f-]{36}/[0-9a-f]{64}[.]png$');

-- Every picture that is in the bucket or may be on its way there, written down before it is stored.
-- One that is shown has no remove_at; another one goes at that time. Whoever removes it says until
-- when they are at it, and nobody stores it again meanwhile. The user's row outlives the account, so
-- that what is here is removed in any case.
CREATE TABLE avatars (
  key text COLLATE "C" PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users ON DELETE RESTRICT,
  remove_at timestamptz,
  claimed_until timestamptz,
  attempts integer NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX avatars_shown ON avatars (user_id) WHERE remove_at IS NULL;
CREATE INDEX avatars_of_user ON avatars (user_id);
CREATE INDEX avatars_removals ON avatars (remove_at) WHERE remove_at IS NOT NULL;
