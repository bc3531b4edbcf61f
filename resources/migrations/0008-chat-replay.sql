-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- When a stream's picture began: that a session was made, or that it was over, is all that some
-- streams have.
ALTER TABLE streams ADD COLUMN begins_at timestamptz GENERATED ALWAYS AS (
  COALESCE(started_at, LEAST(created_at, ended_at, session_ended_at))
) STORED NOT NULL;
CREATE INDEX streams_user_id_begins_at ON streams (user_id, begins_at, id);

-- Which streams are in a recording: Amazon IVS merges those of an encoder that lost its connection
-- for at most five minutes. Their order is that of their begins.
CREATE TABLE recording_streams (
  recording_id text NOT NULL REFERENCES recordings ON DELETE CASCADE,
  stream_id text NOT NULL,
  PRIMARY KEY (recording_id, stream_id)
);
CREATE INDEX recording_streams_of_stream ON recording_streams (stream_id);
INSERT INTO recording_streams (recording_id, stream_id)
SELECT r.id, s.id
FROM recordings r
JOIN streams s ON s.user_id = r.user_id
  AND s.begins_at < r.started_at + r.duration_ms * interval '1 millisecond'
  AND COALESCE(s.over_at, 'infinity') > r.started_at;

-- Who is shown a line: everybody, if it is there, and nobody deleted it or took all lines of its
-- sender away. arrival is the order in which the lines of a room became so known: who asks for what
-- came since misses no line that the log delivers late. Whoever adds a line holds the lock of its
-- channel's row, so that numbers are seen in their order.
CREATE SEQUENCE chat_arrivals;
ALTER TABLE chat_lines
  ALTER COLUMN id TYPE text COLLATE "C",
  ADD COLUMN arrival bigint NOT NULL DEFAULT nextval('chat_arrivals'),
  ADD COLUMN is_shown boolean NOT NULL GENERATED ALWAYS AS (
    sent_at IS NOT NULL AND deleted_at IS NULL AND purged_by IS NULL
  ) STORED;
CREATE INDEX chat_lines_shown ON chat_lines (user_id, sent_at, id) WHERE is_shown;
CREATE INDEX chat_lines_arrivals ON chat_lines (user_id, arrival) WHERE is_shown;
CREATE INDEX chat_lines_replay ON chat_lines (stream_id, offset_ms, id)
  WHERE is_shown AND stream_id IS NOT NULL;

-- Old lines are removed a year after they came, unless a recording has the stream that they were
-- said in: they are kept as long as the recording is.
CREATE INDEX chat_lines_of_stream ON chat_lines (stream_id, received_at);
DROP INDEX chat_lines_received_at;
CREATE INDEX chat_lines_strays ON chat_lines (received_at) WHERE stream_id IS NULL;

-- Where in the channel's streams something was said: in the one that began last before it, up to
-- five minutes after its end, as that may be the gap before the next stream of a recording.
CREATE FUNCTION chat_line_place(channel bigint, said_at timestamptz)
RETURNS TABLE (stream_id text, offset_ms bigint)
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT last.id, floor(extract(epoch FROM said_at - last.begins_at) * 1000)::bigint
  FROM (
    SELECT s.id, s.begins_at, s.over_at
    FROM streams s
    WHERE s.user_id = channel AND s.begins_at <= said_at
    ORDER BY s.begins_at DESC, s.id DESC
    LIMIT 1
  ) last
  WHERE last.over_at IS NULL OR said_at <= last.over_at + interval '5 minutes';
END;

-- A line may come before it is known when its stream began and ended: then it finds its place as
-- soon as that is. The lock is the one of whoever adds lines, so that none slips through meanwhile.
CREATE FUNCTION place_chat_lines() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
  changed_from timestamptz := LEAST(OLD.begins_at, NEW.begins_at);
  changed_to timestamptz;
BEGIN
  IF OLD.begins_at = NEW.begins_at THEN
    changed_from := LEAST(OLD.over_at, NEW.over_at);
  END IF;
  PERFORM 1 FROM channels WHERE user_id = NEW.user_id FOR NO KEY UPDATE;
  SELECT min(begins_at) INTO changed_to FROM streams
  WHERE user_id = NEW.user_id AND begins_at > GREATEST(OLD.begins_at, NEW.begins_at);
  UPDATE chat_lines l SET stream_id = n.stream_id, offset_ms = n.offset_ms
  FROM (
    SELECT c.id, p.stream_id, p.offset_ms
    FROM chat_lines c
    LEFT JOIN LATERAL chat_line_place(c.user_id, c.sent_at) p ON true
    WHERE c.user_id = NEW.user_id AND c.sent_at >= changed_from
      AND c.sent_at < COALESCE(changed_to, 'infinity')
      AND (c.stream_id, c.offset_ms) IS DISTINCT FROM (p.stream_id, p.offset_ms)
  ) n
  WHERE l.user_id = NEW.user_id AND l.id = n.id;
  RETURN NULL;
END;
$$;
CREATE TRIGGER streams_begin AFTER INSERT ON streams
  FOR EACH ROW EXECUTE FUNCTION place_chat_lines();
CREATE TRIGGER streams_change AFTER UPDATE ON streams
  FOR EACH ROW
  WHEN ((OLD.begins_at, OLD.over_at) IS DISTINCT FROM (NEW.begins_at, NEW.over_at))
  EXECUTE FUNCTION place_chat_lines();

UPDATE chat_lines l SET stream_id = n.stream_id, offset_ms = n.offset_ms
FROM (
  SELECT c.user_id, c.id, p.stream_id, p.offset_ms
  FROM chat_lines c
  CROSS JOIN LATERAL chat_line_place(c.user_id, c.sent_at) p
  WHERE c.sent_at IS NOT NULL
) n
WHERE l.user_id = n.user_id AND l.id = n.id;
