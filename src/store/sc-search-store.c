/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who and what is found by a few words, and what is being streamed. Both accents and letters' case
 * are nothing (search_fold() of the schema), and a mistyped letter still finds: pg_trgm compares
 * the groups of three letters that two texts have. What it costs is bounded by how many are live
 * now and by CANDIDATES_MAX, not by how many channels there are. */

#include "config.h"

#include "sc-search-store.h"

#include "sc-stream-store.h"

/* How much of the words a text has to have, of 1: one letter more, less, another or two in turn, in
 * a word of six. pg_trgm's own 0.6 takes longer words for that. */
#define SIMILARITY "0.4"

/* How many of each kind are ranked: where more are alike, more letters tell them apart. */
#define CANDIDATES_MAX "500"

/* A channel whose owner is leaving or suspended is out of sight. Of a few channels one after the
 * other: all users are more. */
#define IN_SIGHT                                                                                   \
  "NOT EXISTS (SELECT 1 FROM errands d WHERE d.user_id = c.user_id AND d.kind = 'deletion')"       \
  " AND (SELECT u.suspended_at IS NULL FROM users u WHERE u.id = c.user_id)"

/* The channels c that are live, as far as their streams say. OFFSET keeps PostgreSQL from going
 * through the words of all others first. */
#define LIVE                                                                                       \
  "(SELECT user_id, max(started_at) AS started_at FROM streams"                                    \
  " WHERE over_at IS NULL AND started_at IS NOT NULL GROUP BY user_id)"
#define CHANNEL_OF_L "LATERAL (SELECT * FROM channels t WHERE t.user_id = l.user_id OFFSET 0) c"

/* $1 are the words, $2 and $3 the patterns of what begins with them and of what has them. What is
 * the same is before what begins so, that before what has it in it, and last what is like it, the
 * more the better. Three letters are like too much. */
#define IS_LIKE(column) "(" column " LIKE $3 OR (char_length($1) > 3 AND $1 <% " column "))"
#define RANK(column)                                                                               \
  "CASE WHEN " column " = $1 THEN 0 WHEN " column " LIKE $2 THEN 1"                                \
  " WHEN " column " LIKE $3 THEN 2 ELSE 4 - word_similarity($1, " column ") END"

/**
 * sc_search_words_clear:
 * @self: what is looked for
 *
 * Frees what it holds.
 */
void
sc_search_words_clear (ScSearchWords *self)
{
  g_clear_pointer (&self->folded, g_free);
  g_clear_pointer (&self->prefix, g_free);
  g_clear_pointer (&self->within, g_free);
}

/**
 * sc_category_row_free:
 * @self: (nullable): a row
 */
void
sc_category_row_free (ScCategoryRow *self)
{
  if (!self)
    return;
  g_clear_object (&self->category);
  g_free (self->key);
  g_free (self);
}

/* Writes a text so that LIKE reads it as it is. */
static char *
escape_pattern (const char *text)
{
  GString *pattern = g_string_new (NULL);
  for (const char *at = text; *at; at++) {
    if (*at == '\\' || *at == '%' || *at == '_')
      g_string_append_c (pattern, '\\');
    g_string_append_c (pattern, *at);
  }
  return g_string_free_and_steal (pattern);
}

/* Without a letter or a digit there is no group of three to look up, only everything to go
 * through. */
static gboolean
has_letters (const char *text)
{
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

static void
write_words (ScSearchWords *ret_words, const char *folded)
{
  g_autofree char *escaped = escape_pattern (folded);
  ret_words->folded = g_strdup (has_letters (folded) ? folded : "");
  ret_words->prefix = g_strconcat (escaped, "%", NULL);
  /* One or two letters are in everything, unless each is a word, as they are in Chinese. */
  gboolean begin_only = g_utf8_strlen (folded, -1) < 3 && g_str_is_ascii (folded);
  ret_words->within = g_strconcat (begin_only ? "" : "%", ret_words->prefix, NULL);
}

/**
 * sc_search_store_fold:
 * @connection: a connection, whose other searches are of the same kind
 * @text: what somebody typed
 * @ret_words: (out caller-allocates): what is looked for, for sc_search_words_clear(); untouched on
 *   failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_search_store_fold (ScStoreConnection *connection,
                      const char *text,
                      ScSearchWords *ret_words,
                      GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT search_fold($1),"
                    " set_config('pg_trgm.word_similarity_threshold', '" SIMILARITY "', FALSE)",
                    SC_PARAMS (sc_text (text)),
                    error);
  if (!result)
    return FALSE;
  write_words (ret_words, sc_store_result_get_text (result, 0, 0));
  return TRUE;
}

static GArray *
find_ids (ScStoreConnection *connection,
          const char *sql,
          const ScSearchWords *words,
          guint limit,
          GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (connection,
                                                     sql,
                                                     SC_PARAMS (sc_text (words->folded),
                                                                sc_text (words->prefix),
                                                                sc_text (words->within),
                                                                sc_int (limit)),
                                                     error);
  return result ? sc_store_result_read_ints (result) : NULL;
}

/**
 * sc_search_store_find_channels:
 * @connection: a connection
 * @words: what is looked for, not empty
 * @limit: how many at most
 * @error: an error of %SC_STORE_ERROR
 *
 * Looks through the names of channels. Of those that fit as well, the live ones are first.
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the owners' numbers
 */
GArray *
sc_search_store_find_channels (ScStoreConnection *connection,
                               const ScSearchWords *words,
                               guint limit,
                               GError **error)
{
  return find_ids (
    connection,
    "WITH live AS MATERIALIZED " LIVE ","
    " alike AS MATERIALIZED (SELECT user_id, search_name FROM channels"
    " WHERE char_length($1) > 2 AND " IS_LIKE (
      "search_name") "), found AS ("
                     "(SELECT user_id, search_name FROM channels WHERE search_name LIKE $2"
                     " ORDER BY search_name LIMIT " CANDIDATES_MAX ") UNION "
                     "(SELECT c.user_id, c.search_name FROM live l, " CHANNEL_OF_L
                     " WHERE " IS_LIKE (
                       "c.search_name") " LIMIT " CANDIDATES_MAX ") UNION "
                                        "(SELECT * FROM alike LIMIT " CANDIDATES_MAX "))"
                                        " SELECT c.user_id FROM found c LEFT JOIN live l USING "
                                        "(user_id) WHERE " IN_SIGHT " ORDER BY " RANK (
                                          "c.search_name") ", l.user_id IS NULL,"
                                                           " similarity($1, c.search_name) DESC, "
                                                           "c.search_name LIMIT $4",
    words,
    limit,
    error);
}

/**
 * sc_search_store_find_streams:
 * @connection: a connection
 * @words: what is looked for, not empty
 * @limit: how many at most
 * @error: an error of %SC_STORE_ERROR
 *
 * Looks through the titles of the channels that are live. Of those that fit as well, the newest
 * streams are first.
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the owners' numbers; one of them may
 *   just have ended
 */
GArray *
sc_search_store_find_streams (ScStoreConnection *connection,
                              const ScSearchWords *words,
                              guint limit,
                              GError **error)
{
  return find_ids (connection,
                   "SELECT c.user_id FROM " LIVE " l, " CHANNEL_OF_L
                   " WHERE " IS_LIKE ("c.search_title") " AND " IN_SIGHT " ORDER BY " RANK (
                     "c.search_title") ", l.started_at DESC LIMIT $4",
                   words,
                   limit,
                   error);
}

/* The categories of what is live, with who watches as was last known. Of the ways to write one,
 * the one that most write. */
#define CATEGORIES(where)                                                                          \
  "(SELECT c.search_category AS key, mode() WITHIN GROUP (ORDER BY c.category COLLATE \"C\")"      \
  " AS name, count(*) AS n_live, coalesce(sum(v.viewers), 0)::bigint AS viewers FROM streams o"    \
  " JOIN " SC_STREAM_STATE_OF_O " ON s.ended_at IS NULL"                                           \
  " JOIN LATERAL (SELECT * FROM channels t WHERE t.user_id = o.user_id OFFSET 0) c ON TRUE"        \
  " LEFT JOIN LATERAL (SELECT viewers FROM viewer_samples WHERE stream_id = o.id"                  \
  " AND viewers IS NOT NULL ORDER BY at DESC LIMIT 1) v ON TRUE"                                   \
  " WHERE o.over_at IS NULL AND o.started_at IS NOT NULL AND c.search_category <> ''"              \
  " AND " IN_SIGHT where " GROUP BY c.search_category) k"

typedef enum {
  COLUMN_NAME,
  COLUMN_N_LIVE,
  COLUMN_VIEWERS,
  COLUMN_KEY,
} CategoryColumn;

#define CATEGORY_COLUMNS "name, n_live, viewers, key"

static ScCategoryRow *
read_category (ScStoreResult *result, guint row)
{
  ScCategoryRow *self = g_new0 (ScCategoryRow, 1);
  self->category = sc_category_new (sc_store_result_get_text (result, row, COLUMN_NAME),
                                    sc_store_result_get_int (result, row, COLUMN_N_LIVE),
                                    sc_store_result_get_int (result, row, COLUMN_VIEWERS));
  self->key = g_strdup (sc_store_result_get_text (result, row, COLUMN_KEY));
  return self;
}

static GPtrArray *
read_categories (ScStoreResult *result)
{
  return sc_store_result_read_all (result,
                                   (ScStoreReadFunc) read_category,
                                   (GDestroyNotify) sc_category_row_free);
}

/**
 * sc_search_store_find_categories:
 * @connection: a connection
 * @words: what is looked for, not empty
 * @limit: how many at most
 * @error: an error of %SC_STORE_ERROR
 *
 * Looks through the categories that somebody streams. Of those that fit as well, the most watched
 * are first.
 *
 * Returns: (transfer full) (nullable) (element-type ScCategoryRow): the categories
 */
GPtrArray *
sc_search_store_find_categories (ScStoreConnection *connection,
                                 const ScSearchWords *words,
                                 guint limit,
                                 GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT " CATEGORY_COLUMNS
                    " FROM " CATEGORIES (" AND " IS_LIKE ("c.search_category")) " ORDER BY " RANK (
                      "key") ", viewers DESC, n_live DESC, key LIMIT $4",
                    SC_PARAMS (sc_text (words->folded),
                               sc_text (words->prefix),
                               sc_text (words->within),
                               sc_int (limit)),
                    error);
  return read_categories (result);
}

/**
 * sc_search_store_list_categories:
 * @connection: a connection
 * @after: (nullable): after which place; %NULL for from the beginning
 * @limit: how many at most
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScCategoryRow): the categories that somebody
 *   streams, the most watched first
 */
GPtrArray *
sc_search_store_list_categories (ScStoreConnection *connection,
                                 const ScCategoryPlace *after,
                                 guint limit,
                                 GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT " CATEGORY_COLUMNS " FROM " CATEGORIES (
                      "") " WHERE $3::text IS NULL OR (-viewers, -n_live, key) > (-$1::bigint,"
                          " -$2::bigint, $3) ORDER BY viewers DESC, n_live DESC, key LIMIT $4",
                    SC_PARAMS (sc_int (after ? after->viewers : 0),
                               sc_int (after ? after->n_live : 0),
                               sc_text (after ? after->key : NULL),
                               sc_int (limit)),
                    error);
  return read_categories (result);
}
