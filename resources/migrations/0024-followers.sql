-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Who began to follow a channel, and when: the key of follows finds a person's channels alone.
CREATE INDEX follows_of_channel ON follows (user_id, at);
