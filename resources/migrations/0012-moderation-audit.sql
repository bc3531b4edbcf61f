-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What was done in a room, in the order in which it was done: two actions may have the same time.
-- Whoever does something in a room holds its turn, so that numbers are seen in their order.
ALTER TABLE mod_actions ADD COLUMN place bigint;
UPDATE mod_actions a SET place = o.n
FROM (SELECT id, row_number() OVER (ORDER BY at, id) AS n FROM mod_actions) o
WHERE o.id = a.id;
ALTER TABLE mod_actions
  ALTER COLUMN place SET NOT NULL,
  ALTER COLUMN place ADD GENERATED ALWAYS AS IDENTITY;
DO $$
BEGIN
  PERFORM setval(pg_get_serial_sequence('mod_actions', 'place'),
                 (SELECT count(*) + 1 FROM mod_actions), false);
END;
$$;
DROP INDEX mod_actions_page;
CREATE UNIQUE INDEX mod_actions_page ON mod_actions (user_id, place DESC);
DROP INDEX mod_actions_of_person;
CREATE INDEX mod_actions_of_person ON mod_actions (user_id, person_id, place DESC);

-- A moderator acts on a line before the log has it: then what it says, and whose it is, is what was
-- on the moderator's screen, until the log has come and says whether that is so.
ALTER TABLE mod_actions ADD COLUMN line_check text CHECK (line_check IN ('same', 'differs'));
UPDATE mod_actions a SET line_check = CASE
  WHEN a.content = l.content
   AND (a.person_id IS NULL OR p.public_id::text = l.sender_id) THEN 'same' ELSE 'differs' END
FROM mod_actions b
JOIN chat_lines l ON l.user_id = b.user_id AND l.id = b.line_id AND l.sent_at IS NOT NULL
LEFT JOIN users p ON p.id = b.person_id
WHERE b.id = a.id;
-- Of settings, what is kept is what was changed of them.
UPDATE mod_actions SET details = details - 'terms' - 'allowed_links' - 'languages'
WHERE kind = 'rules';
CREATE INDEX mod_actions_unchecked ON mod_actions (user_id, line_id)
  WHERE line_id IS NOT NULL AND line_check IS NULL;
