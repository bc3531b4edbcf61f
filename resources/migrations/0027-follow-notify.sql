-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Whether who follows a channel wants to be told when it goes live. Who follows it already does.
ALTER TABLE follows ADD COLUMN notify boolean NOT NULL DEFAULT true;
