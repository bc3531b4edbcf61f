-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Each channel has its settings from the beginning, and wants its rules in the bucket as soon as it
-- has a room: so what is behind is found without a look at the channels that are not.
ALTER TABLE chat_settings ALTER COLUMN wanted_version SET DEFAULT 0;

CREATE FUNCTION want_chat_rules() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO chat_settings AS s (user_id, wanted_version)
  VALUES (NEW.user_id, (NEW.room_arn IS NOT NULL)::int)
  ON CONFLICT (user_id) DO UPDATE SET wanted_version = s.wanted_version + 1;
  RETURN NULL;
END;
$$;

CREATE TRIGGER channels_have_chat_settings AFTER INSERT ON channels
  FOR EACH ROW EXECUTE FUNCTION want_chat_rules();
CREATE TRIGGER rooms_want_chat_rules AFTER UPDATE OF room_arn ON channels
  FOR EACH ROW WHEN (NEW.room_arn IS NOT NULL AND NEW.room_arn IS DISTINCT FROM OLD.room_arn)
  EXECUTE FUNCTION want_chat_rules();

INSERT INTO chat_settings (user_id, wanted_version)
SELECT user_id, (room_arn IS NOT NULL)::int FROM channels
ON CONFLICT DO NOTHING;

DROP INDEX chat_settings_behind;
CREATE INDEX chat_settings_behind ON chat_settings (lease_until NULLS FIRST)
  WHERE written_version < wanted_version;
