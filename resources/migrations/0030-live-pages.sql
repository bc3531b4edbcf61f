-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Streams that are on in the order of their list, so that a page of it begins where the one before
-- it ended, however far down that is.
DROP INDEX streams_not_over;
CREATE INDEX streams_not_over ON streams (started_at DESC, id) WHERE over_at IS NULL;
