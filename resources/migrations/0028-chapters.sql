-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What a stream was about, and from when on: the chapters of its recording. There is nothing of one
-- whose title and category stayed; of the others the first row is what they were at its begin.
CREATE TABLE stream_titles (
  stream_id text NOT NULL REFERENCES streams ON DELETE CASCADE,
  at timestamptz NOT NULL,
  title text NOT NULL,
  category text NOT NULL,
  PRIMARY KEY (stream_id, at)
);
