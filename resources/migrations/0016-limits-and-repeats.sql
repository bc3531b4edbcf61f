-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- How much of a limit is used: until when, if nothing more comes, it is whole again. The key is a
-- SHA-256, so that a row says neither whose address it is nor what was typed as a name.
CREATE TABLE limits (
  key bytea PRIMARY KEY CHECK (octet_length(key) = 32),
  whole_at timestamptz NOT NULL
);
CREATE INDEX limits_whole_at ON limits (whole_at);

-- From which networks somebody has signed in: they may do so again while others guess.
CREATE TABLE known_places (
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  place bytea NOT NULL CHECK (octet_length(place) = 32),
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, place)
);
CREATE INDEX known_places_seen_at ON known_places (seen_at);

-- What was asked with an Idempotency-Key, and the answer once there is one. key is a SHA-256 of who
-- asked for what with which key, request an HMAC of the request under that key, which is not here.
CREATE TABLE repeats (
  key bytea PRIMARY KEY CHECK (octet_length(key) = 32),
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  request bytea NOT NULL CHECK (octet_length(request) = 32),
  claimed_at timestamptz NOT NULL,
  status integer,
  body bytea,
  CHECK (body IS NULL OR status IS NOT NULL)
);
CREATE INDEX repeats_user_id ON repeats (user_id, claimed_at);
CREATE INDEX repeats_claimed_at ON repeats (claimed_at);
