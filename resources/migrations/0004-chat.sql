-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Who somebody is to others, where a name is not enough: a name may be given up and taken again.
ALTER TABLE users ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;

-- What was said in a channel's room. The log of Amazon IVS Chat delivers a line late, twice, or
-- after the event that deletes it: a row is a line, or the mark that the line of this id is
-- deleted, or both. Ids are the room's own, so that nothing said in one room touches another.
CREATE TABLE chat_lines (
  user_id bigint NOT NULL REFERENCES channels,
  id text NOT NULL,
  sent_at timestamptz,
  sender_id text,
  sender_name text,
  content text,
  deleted_at timestamptz,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, id),
  CHECK (
    (sent_at IS NULL AND sender_id IS NULL AND content IS NULL AND deleted_at IS NOT NULL)
    OR (sent_at IS NOT NULL AND sender_id IS NOT NULL AND content IS NOT NULL)
  )
);
CREATE INDEX chat_lines_user_id_sent_at ON chat_lines (user_id, sent_at);
-- Old rows are removed by the time at which they came; marks whose line never comes, much sooner.
CREATE INDEX chat_lines_received_at ON chat_lines (received_at);
CREATE INDEX chat_lines_marks ON chat_lines (received_at) WHERE sent_at IS NULL;

-- The log names a room by its id alone.
CREATE INDEX channels_room_id ON channels (split_part(room_arn, ':room/', 2));
