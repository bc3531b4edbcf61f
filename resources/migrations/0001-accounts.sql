-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Names are ASCII; the C collation makes lower() mean the same in every cluster.
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL CHECK (name ~ '^[a-zA-Z0-9][a-zA-Z0-9_-]{2,31}$'),
  password_hash text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_name_key ON users (lower(name));

-- A token is 256 random bits that only its holder has; here is its SHA-256.
CREATE TABLE sessions (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  used_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_user_id ON sessions (user_id);

-- One channel a user. The stream key itself is never here, only its ARN. A user cannot be deleted
-- while the channel's resources may still exist.
CREATE TABLE channels (
  user_id bigint PRIMARY KEY REFERENCES users,
  name text COLLATE "C" NOT NULL,
  title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 140),
  state text NOT NULL DEFAULT 'provisioning' CHECK (state IN ('provisioning', 'ready', 'failed')),
  reason text CHECK (reason IN ('quota', 'denied', 'unavailable', 'invalid')),
  arn text UNIQUE,
  room_arn text UNIQUE,
  stage_arn text UNIQUE,
  playback_url text,
  ingest_endpoint text,
  stream_key_arn text,
  CHECK (
    state <> 'ready'
    OR (arn IS NOT NULL AND room_arn IS NOT NULL AND stage_arn IS NOT NULL
        AND playback_url IS NOT NULL AND ingest_endpoint IS NOT NULL)
  )
);
CREATE UNIQUE INDEX channels_name_key ON channels (lower(name));
