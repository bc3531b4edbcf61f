-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- A recovery code is 100 random bits that only its person has; here is its SHA-256. Accounts of
-- before have none until they ask for one.
ALTER TABLE users ADD COLUMN recovery_hash bytea CHECK (octet_length(recovery_hash) = 32);

-- What a person sees of a session: an id to end it by, which opens nothing, and its machine.
ALTER TABLE sessions
  ADD COLUMN id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
  ADD COLUMN device text CHECK (char_length(device) BETWEEN 1 AND 64);
