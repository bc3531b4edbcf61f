-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Pages of what somebody follows, what they followed last first, and which of it is live.
CREATE INDEX follows_of_person ON follows (person_id, at DESC);
CREATE INDEX streams_on_of_channel ON streams (user_id) WHERE over_at IS NULL;

-- How many follow a channel: to count them each time would cost the more the more there are. A row
-- is there since somebody first followed the channel. It is no column of channels, whose rows are
-- the locks of streams and chat.
CREATE TABLE follower_counts (
  user_id bigint PRIMARY KEY REFERENCES channels,
  followers bigint NOT NULL
);
INSERT INTO follower_counts SELECT user_id, count(*) FROM follows GROUP BY user_id;

-- In one order, so that two that change many counts at once do not wait for each other.
CREATE FUNCTION count_followers() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO follower_counts AS n (user_id, followers)
  SELECT c.user_id, CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END
  FROM changed c
  GROUP BY c.user_id
  ORDER BY c.user_id
  ON CONFLICT (user_id) DO UPDATE SET followers = n.followers + excluded.followers;
  RETURN NULL;
END;
$$;
CREATE TRIGGER follows_begin AFTER INSERT ON follows
  REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_followers();
CREATE TRIGGER follows_end AFTER DELETE ON follows
  REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_followers();
