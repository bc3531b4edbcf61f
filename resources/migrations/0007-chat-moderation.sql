-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Who may not come back to any room, nor sign in. A channel of theirs is not shown as live.
ALTER TABLE users
  ADD COLUMN suspended_at timestamptz,
  ADD COLUMN suspended_reason text CHECK (char_length(suspended_reason) BETWEEN 1 AND 500),
  ADD CHECK ((suspended_at IS NULL) = (suspended_reason IS NULL));

-- In all tables below, user_id is the channel, by its owner as elsewhere, and person_id somebody in
-- its room.

CREATE TABLE moderators (
  user_id bigint NOT NULL REFERENCES channels,
  person_id bigint NOT NULL REFERENCES users ON DELETE CASCADE CHECK (person_id <> user_id),
  at timestamptz NOT NULL,
  PRIMARY KEY (user_id, person_id)
);

CREATE TABLE follows (
  person_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  user_id bigint NOT NULL REFERENCES channels,
  at timestamptz NOT NULL,
  PRIMARY KEY (person_id, user_id)
);

-- What was done in a room, and by whom: never changed but for being undone. A line is named by its
-- id, and its text is kept as the moderator saw it, since the room's log comes later.
CREATE TABLE mod_actions (
  id uuid PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES channels,
  kind text NOT NULL CHECK (kind IN ('delete', 'timeout', 'ban', 'unban', 'approve', 'reject',
                                     'modes', 'rules', 'mod', 'unmod')),
  actor_id bigint NOT NULL REFERENCES users,
  person_id bigint REFERENCES users,
  line_id text CHECK (char_length(line_id) BETWEEN 1 AND 128),
  content text CHECK (char_length(content) <= 5000),
  reason text CHECK (char_length(reason) BETWEEN 1 AND 500),
  until timestamptz,
  at timestamptz NOT NULL,
  undone_at timestamptz,
  undone_by bigint REFERENCES users,
  details jsonb,
  CHECK ((undone_at IS NULL) = (undone_by IS NULL)),
  CHECK ((until IS NOT NULL) = (kind = 'timeout')),
  CHECK (kind <> 'delete' OR line_id IS NOT NULL),
  CHECK (kind NOT IN ('timeout', 'ban', 'unban', 'mod', 'unmod') OR person_id IS NOT NULL)
);
CREATE INDEX mod_actions_page ON mod_actions (user_id, at DESC, id DESC);
CREATE INDEX mod_actions_of_person ON mod_actions (user_id, person_id, at DESC, id DESC);

-- Who is banned from a room now: what the person's newest action of mod_actions that stands says.
-- Without an end it is for good; a row whose end is past says nothing any more.
CREATE TABLE bans (
  user_id bigint NOT NULL REFERENCES channels,
  person_id bigint NOT NULL REFERENCES users ON DELETE CASCADE CHECK (person_id <> user_id),
  action_id uuid NOT NULL REFERENCES mod_actions,
  until timestamptz,
  reason text,
  by_id bigint NOT NULL REFERENCES users,
  at timestamptz NOT NULL,
  PRIMARY KEY (user_id, person_id)
);
CREATE INDEX bans_page ON bans (user_id, at DESC, person_id DESC);
CREATE INDEX bans_over ON bans (until) WHERE until IS NOT NULL;

-- Lines that the review function held back. Nobody saw one until it is approved, and then under the
-- id that the room had for it.
CREATE TABLE held_lines (
  id uuid PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES channels,
  message_id text NOT NULL CHECK (char_length(message_id) BETWEEN 1 AND 128),
  sender_id text NOT NULL CHECK (char_length(sender_id) BETWEEN 1 AND 128),
  name text CHECK (char_length(name) BETWEEN 1 AND 128),
  role text NOT NULL CHECK (role IN ('viewer', 'moderator', 'streamer')),
  content text NOT NULL CHECK (char_length(content) BETWEEN 1 AND 5000),
  rule text NOT NULL CHECK (char_length(rule) BETWEEN 1 AND 64),
  at timestamptz NOT NULL,
  decided_at timestamptz,
  decided_by bigint REFERENCES users,
  approved boolean,
  UNIQUE (user_id, message_id),
  CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
  CHECK ((decided_at IS NULL) = (approved IS NULL))
);
CREATE INDEX held_lines_waiting ON held_lines (user_id, at, id) WHERE decided_at IS NULL;
CREATE INDEX held_lines_at ON held_lines (at);

-- The rules of a room. The review function reads them as an object in the bucket: each change wants
-- a version of it, and what is behind is written again by whoever holds the lease, so that an older
-- one is never written over a newer one. A channel without a row has the defaults.
CREATE TABLE chat_settings (
  user_id bigint PRIMARY KEY REFERENCES channels,
  slow_seconds integer NOT NULL DEFAULT 0 CHECK (slow_seconds BETWEEN 0 AND 600),
  followers_only boolean NOT NULL DEFAULT false,
  read_only boolean NOT NULL DEFAULT false,
  emoji_only boolean NOT NULL DEFAULT false,
  rules jsonb NOT NULL
    DEFAULT '{"terms": "mask", "links": "hold", "repeats": "refuse", "capitals": "off"}',
  terms jsonb NOT NULL DEFAULT '[]',
  allowed_links jsonb NOT NULL DEFAULT '[]',
  languages jsonb NOT NULL DEFAULT '["en", "de"]',
  wanted_version bigint NOT NULL DEFAULT 1,
  written_version bigint NOT NULL DEFAULT 0,
  lease uuid,
  lease_until timestamptz
);
CREATE INDEX chat_settings_behind ON chat_settings (user_id)
  WHERE written_version < wanted_version;

-- What a room has still to be told by Amazon IVS Chat: committed with the action that wants it,
-- called after that, and called again until it succeeds or nobody needs it any more. argument is
-- the event's name, the message's id, or the public id of the person to disconnect; place is the
-- order in which they are made.
CREATE TABLE room_calls (
  id uuid PRIMARY KEY,
  place bigint GENERATED ALWAYS AS IDENTITY,
  user_id bigint NOT NULL REFERENCES channels,
  action_id uuid REFERENCES mod_actions,
  kind text NOT NULL CHECK (kind IN ('event', 'delete', 'disconnect')),
  argument text NOT NULL,
  reason text,
  attributes jsonb,
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL,
  until timestamptz NOT NULL
);
CREATE INDEX room_calls_due ON room_calls (next_at);
CREATE INDEX room_calls_action ON room_calls (action_id);

-- Who was let into which room last when: where somebody who is suspended has to leave.
CREATE TABLE room_visits (
  person_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  user_id bigint NOT NULL REFERENCES channels,
  at timestamptz NOT NULL,
  PRIMARY KEY (person_id, user_id)
);
CREATE INDEX room_visits_at ON room_visits (at);

-- What viewers complained about, for the operators of the site.
CREATE TABLE reports (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  reporter_id bigint NOT NULL REFERENCES users,
  user_id bigint NOT NULL REFERENCES channels,
  kind text NOT NULL CHECK (kind IN ('line', 'channel')),
  line_id text CHECK (char_length(line_id) BETWEEN 1 AND 128),
  content text CHECK (char_length(content) <= 5000),
  person_id bigint REFERENCES users,
  reason text NOT NULL CHECK (reason IN ('spam', 'hate', 'sexual', 'violence', 'other')),
  words text CHECK (char_length(words) BETWEEN 1 AND 500),
  at timestamptz NOT NULL,
  closed_at timestamptz,
  CHECK (kind <> 'line' OR line_id IS NOT NULL)
);
CREATE INDEX reports_open ON reports (at, id) WHERE closed_at IS NULL;
CREATE INDEX reports_of_reporter ON reports (reporter_id, at);

-- Of a line: what its sender was in the room, where in a stream it was said, which action took all
-- of its sender's lines away, and when somebody took its deletion back, which outlives the log's
-- late report of that deletion.
ALTER TABLE chat_lines
  ADD COLUMN sender_role text CHECK (sender_role IN ('viewer', 'moderator', 'streamer')),
  ADD COLUMN stream_id text,
  ADD COLUMN offset_ms bigint,
  ADD COLUMN purged_by uuid REFERENCES mod_actions,
  ADD COLUMN restored_at timestamptz,
  DROP CONSTRAINT chat_lines_check,
  ADD CHECK (
    (sent_at IS NULL AND sender_id IS NULL AND content IS NULL
     AND (deleted_at IS NOT NULL OR restored_at IS NOT NULL))
    OR (sent_at IS NOT NULL AND sender_id IS NOT NULL AND content IS NOT NULL)
  );
DROP INDEX chat_lines_user_id_sent_at;
CREATE INDEX chat_lines_page ON chat_lines (user_id, sent_at, id) WHERE sent_at IS NOT NULL;
CREATE INDEX chat_lines_of_sender ON chat_lines (user_id, sender_id, sent_at)
  WHERE sent_at IS NOT NULL;
CREATE INDEX chat_lines_purged ON chat_lines (purged_by) WHERE purged_by IS NOT NULL;
