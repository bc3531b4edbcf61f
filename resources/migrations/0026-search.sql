-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- A trusted extension: whoever may create in the database may add it, no superuser is needed. Where
-- the role of the application may not, it has to be there already.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Words as they are looked for: small letters without their accents. Both normalize() and the
-- collation pg_c_utf8 are PostgreSQL's own, so that it means the same in every cluster; letters
-- that Unicode does not take apart are taken apart here. Most words are of ASCII, which is quick.
CREATE FUNCTION search_fold(words text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN CASE
    WHEN octet_length(words) = char_length(words) THEN lower(words COLLATE pg_c_utf8)
    ELSE replace(
      translate(
        regexp_replace(lower(normalize(words, NFKD) COLLATE pg_c_utf8), '[\u0300-\u036F]', '', 'g'),
        'øłđħıŋæœ',
        'oldhinao'
      ),
      'ß',
      'ss'
    )
  END;

ALTER TABLE channels
  ADD COLUMN search_name text COLLATE "C"
    GENERATED ALWAYS AS (search_fold(name)) STORED,
  ADD COLUMN search_title text COLLATE "C"
    GENERATED ALWAYS AS (search_fold(title)) STORED,
  ADD COLUMN search_category text COLLATE "C"
    GENERATED ALWAYS AS (search_fold(category)) STORED;

-- How a name begins, and what is in it or is like it. Titles and categories are looked for among
-- those who are live, who are few. Nothing waits in a list to be put into the index, which whoever
-- searches would go through.
CREATE INDEX channels_search_name ON channels (search_name);
CREATE INDEX channels_search_like ON channels USING gin (search_name gin_trgm_ops)
  WITH (fastupdate = off);
