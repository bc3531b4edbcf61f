-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What each user's channel still needs, written and committed before each call of AWS.
--
--   wanted    no call is under way; the next one is a Create
--   calling   a Create may be under way; when the lease runs out its outcome is unclear
--   unclear   the next call is a List for a resource whose name carries the token
--   found     a List found the channel; the next call is a GetChannel
--   detailed  the next call is a ListStreamKeys
--   done      arn is the resource
CREATE TABLE provision_steps (
  user_id bigint NOT NULL REFERENCES users,
  step text NOT NULL CHECK (step IN ('channel', 'room', 'stage')),
  state text NOT NULL DEFAULT 'wanted'
    CHECK (state IN ('wanted', 'calling', 'unclear', 'found', 'detailed', 'done')),
  token uuid,
  arn text UNIQUE,
  page text,
  attempts integer NOT NULL DEFAULT 0,
  reason text CHECK (reason IN ('quota', 'denied', 'unavailable', 'invalid')),
  lease uuid,
  lease_until timestamptz,
  next_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, step),
  CHECK (state NOT IN ('calling', 'unclear') OR token IS NOT NULL),
  CHECK (state NOT IN ('found', 'detailed', 'done') OR arn IS NOT NULL)
);
CREATE INDEX provision_steps_due ON provision_steps (next_at) WHERE state <> 'done';
CREATE INDEX provision_steps_token ON provision_steps (token) WHERE state <> 'done';

-- When the next call of an operation may go out.
CREATE TABLE call_buckets (
  operation text PRIMARY KEY,
  free_at timestamptz NOT NULL
);

-- Who does what only one process may do at a time.
CREATE TABLE leases (
  name text PRIMARY KEY,
  holder text NOT NULL,
  until timestamptz NOT NULL
);

-- Tells this database's resources from those of another one in the same AWS account.
CREATE TABLE deployment (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  single boolean UNIQUE NOT NULL DEFAULT true CHECK (single)
);
INSERT INTO deployment DEFAULT VALUES;
