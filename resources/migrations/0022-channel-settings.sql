-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What a channel is on Amazon IVS, as that last said; NULL where nobody has asked since before.
ALTER TABLE channels
  ADD COLUMN channel_type text
    CHECK (channel_type IN ('BASIC', 'STANDARD', 'ADVANCED_SD', 'ADVANCED_HD')),
  ADD COLUMN latency_mode text CHECK (latency_mode IN ('LOW', 'NORMAL'));

-- settings: the channel is to be of another type, or have another latency mode; NULL stays.
--   update    the next call is an UpdateChannel, which may be made twice. Amazon IVS changes no
--             live channel, so that it waits for the stream's end.
ALTER TABLE errands
  DROP CONSTRAINT errands_kind_check,
  DROP CONSTRAINT errands_check,
  ADD COLUMN wanted_type text,
  ADD COLUMN wanted_latency_mode text,
  ADD CONSTRAINT errands_kind_check CHECK (kind IN ('key', 'deletion', 'settings')),
  ADD CONSTRAINT errands_step_check CHECK (
    CASE kind
      WHEN 'key' THEN step IN ('delete', 'stop', 'create', 'calling', 'unclear')
      WHEN 'settings' THEN step = 'update'
      ELSE step IN ('waiting', 'key', 'stop', 'stage', 'room', 'channel', 'objects', 'rows')
    END
  ),
  ADD CONSTRAINT errands_wanted_check
    CHECK ((kind = 'settings') = (coalesce (wanted_type, wanted_latency_mode) IS NOT NULL));
