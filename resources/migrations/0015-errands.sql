-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What is to be done for a user at Amazon IVS besides making the channel, one call after the other,
-- each written and committed before it is made.
--
-- key: the channel gets another stream key. It may have one at a time.
--   delete    the next call deletes the key "arn", or asks which there is
--   stop      the next call ends the stream that the old key opened, where "stops" says so
--   create    the next call is a Create
--   calling   a Create may be under way; when the lease runs out its outcome is unclear
--   unclear   the next call is a List
--
-- deletion: the account goes for good.
--   waiting   nothing happens before next_at, and it can be taken back until then
--   key       no encoder comes in any more
--   stop      nor goes on
--   stage, room, channel, objects: one after the other is removed
--   rows      and in the end what is here
CREATE TABLE errands (
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('key', 'deletion')),
  step text NOT NULL CHECK (
    CASE kind
      WHEN 'key' THEN step IN ('delete', 'stop', 'create', 'calling', 'unclear')
      ELSE step IN ('waiting', 'key', 'stop', 'stage', 'room', 'channel', 'objects', 'rows')
    END
  ),
  arn text,
  stops boolean NOT NULL DEFAULT false,
  attempts integer NOT NULL DEFAULT 0,
  lease uuid,
  lease_until timestamptz,
  next_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, kind)
);
CREATE INDEX errands_due ON errands (next_at);

-- Names of accounts that are gone: nobody passes for somebody who just left.
CREATE TABLE reserved_names (
  name text COLLATE "C" PRIMARY KEY,
  until timestamptz NOT NULL
);
CREATE INDEX reserved_names_until ON reserved_names (until);

CREATE FUNCTION refuse_reserved_name() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM reserved_names WHERE name = lower(NEW.name)) THEN
    RAISE unique_violation USING MESSAGE = 'The name is reserved';
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER users_reserved_name BEFORE INSERT ON users
  FOR EACH ROW EXECUTE FUNCTION refuse_reserved_name();

-- What a channel or a room was last told to refer to: the recording configuration; the logging
-- configuration and the review function. Nothing is known of those from before.
ALTER TABLE provision_steps ADD COLUMN refers_to text;
