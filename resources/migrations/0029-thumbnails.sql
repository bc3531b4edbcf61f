-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Where the pictures are that Amazon IVS took of a recording at an interval, after its prefix.
ALTER TABLE recordings ADD COLUMN thumbnails text;
