/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is found by a few words, what is listed of the categories, and what that costs where there
 * are many channels. With --channels 100000 the times that it prints are of as many. */

#include "config.h"

#include "sc-json.h"
#include "sct-service.h"

#include <stdlib.h>
#include <string.h>

/* Somebody of each name, with a title, a category, and perhaps a stream that began so many minutes
 * ago and has so many viewers. */
typedef struct {
  const char *name, *title, *category;
  int minutes; /* 0 for none */
  int viewers;
} Somebody;

static const Somebody people[] = {
  { "ada", "Weaving algebra", "", 0, 0 },
  { "adam", "Bread", "Food & Drink", 10, 5 },
  { "adamant", "Stones", "", 0, 0 },
  { "bigada", "Nothing", "", 5, 0 },
  { "minecrafter", "Blöcke bauen", "Minecraft", 30, 40 },
  { "a_b-c", "100% percussion", "Music", 20, 3 },
  { "axb-c", "Other drums", "MUSIC", 21, 4 },
  { "luise", "Crème brûlée à la Łódź", "food & drink", 15, 7 },
  { "boris", "Говорим о погоде", "Разговоры", 16, 2 },
  { "quiet", "Crème caramel", "Minecraft", 0, 0 },
  { "sue", "Crème of the suspended", "Minecraft", 12, 90 },
  { "leo", "Crème of the leaver", "Minecraft", 13, 80 },
};

static SctService *service;
static guint n_channels = 20000;

static void
add (const Somebody *somebody)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (service->store, &error);
  g_assert_no_error (error);
  sc_store_execute (
    connection,
    "WITH u AS (INSERT INTO users (name, password_hash) VALUES ($1, 'x') RETURNING id),"
    " c AS (INSERT INTO channels (user_id, name, title, category)"
    " SELECT id, $1, $2, $3 FROM u RETURNING user_id),"
    " s AS (INSERT INTO streams (id, user_id, started_at) SELECT 'st-' || $1, user_id,"
    " '2026-10-24Z'::timestamptz - $4 * interval '1 min' FROM c WHERE $4 > 0 RETURNING id)"
    " INSERT INTO viewer_samples (stream_id, at, viewers) SELECT id, now(), $5 FROM s",
    SC_PARAMS (sc_text (somebody->name),
               sc_text (somebody->title),
               sc_text (somebody->category),
               sc_int (somebody->minutes),
               sc_int (somebody->viewers)),
    &error);
  g_assert_no_error (error);
}

static void
fill (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    add (&people[i]);
  sct_service_run (service,
                   "UPDATE users SET suspended_at = now(), suspended_reason = 'x'"
                   " WHERE name = 'sue';"
                   "INSERT INTO errands (user_id, kind, step, next_at) SELECT id, 'deletion',"
                   " 'waiting', now() FROM users WHERE name = 'leo';"
                   "INSERT INTO streams (id, user_id, started_at, ended_at) SELECT 'st-over',"
                   " id, '2026-10-20Z', '2026-10-21Z' FROM users WHERE name = 'quiet'");
}

static JsonObject *
ask (const char *path, const char *parameter, const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);
  g_autofree char *target = g_strdup_printf ("%s%s%s", path, parameter, escaped);
  g_autoptr (ScResponse) response = sct_service_call (service, "GET", target, NULL, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  return sct_response_object (response);
}

static JsonObject *
search (const char *words)
{
  return ask ("/v1/search", "?q=", words);
}

/* The names in a list of an answer, with commas between. */
static char *
join (JsonObject *object, const char *member)
{
  g_autoptr (GString) names = g_string_new (NULL);
  JsonArray *array = json_object_get_array_member (object, member);
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (names,
                            "%s%s",
                            i > 0 ? "," : "",
                            json_object_get_string_member (json_array_get_object_element (array, i),
                                                           "name"));
  return g_string_free_and_steal (g_steal_pointer (&names));
}

static void
test_found (void)
{
  static const struct {
    const char *words, *channels, *live, *categories;
  } cases[] = {
    /* The same, what begins so, live first, what has it in it; and Adam in the food. */
    { "ada", "ada,adam,adamant,bigada", "", "" },
    { " ADA ", "ada,adam,adamant,bigada", "", "" },
    { "Ådá", "ada,adam,adamant,bigada", "", "" },
    { "adamnt", "adam,adamant,ada", "", "" },
    { "l", "luise", "", "" },
    /* A letter too many, too few, another, two in turn. */
    { "minecraftt", "minecrafter", "", "Minecraft" },
    { "mincraft", "minecrafter", "", "Minecraft" },
    { "minekraft", "minecrafter", "", "Minecraft" },
    { "minecarft", "minecrafter", "", "Minecraft" },
    /* Titles of what is live, with and without accents. */
    { "creme brulee", "", "luise", "" },
    { "CRÈME", "", "luise", "" },
    { "łodz", "", "luise", "" },
    { "lodz", "", "luise", "" },
    { "blocke", "", "minecrafter", "" },
    { "ПОГОДЕ", "", "boris", "" },
    { "разговоры", "", "", "Разговоры" },
    { "foo", "", "", "Food & Drink" },
    { "musik", "", "", "MUSIC" },
    /* What LIKE reads otherwise. */
    { "a_b", "a_b-c", "", "" },
    { "100%", "", "a_b-c", "" },
    { "%", "", "", "" },
    { "_", "", "", "" },
    { "\\", "", "", "" },
    { "a%c", "", "", "" },
    { "';--", "", "", "" },
    { "'; DROP TABLE channels; --", "", "", "" },
    { "🎮", "", "", "" },
    { "nobody at all", "", "", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonObject) found = search (cases[i].words);
    g_autofree char *channels = join (found, "channels");
    g_autofree char *live = join (found, "live");
    g_autofree char *categories = join (found, "categories");
    g_test_message ("%s: %s | %s | %s", cases[i].words, channels, live, categories);
    g_assert_cmpstr (channels, ==, cases[i].channels);
    g_assert_cmpstr (live, ==, cases[i].live);
    g_assert_cmpstr (categories, ==, cases[i].categories);
  }
}

static void
assert_refused (const char *target, const char *field)
{
  g_autoptr (ScResponse) response = sct_service_call (service, "GET", target, NULL, NULL);
  g_test_message ("%.60s: %u", target, response->status);
  sct_assert_fault (response, 400, "bad_request", field);
}

static void
test_refused (void)
{
  static const char *const searches[] = {
    "",        "?",          "?q=",     "?q=%20%20", "?q=a&q=b", "?words=a", "?q=a&limit=1",
    "?q=%ff%", "?q=a%00bcd", "?q=%C3(", "?q",
  };
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++) {
    g_autofree char *target = g_strconcat ("/v1/search", searches[i], NULL);
    assert_refused (target, "q");
  }
  static const guint lengths[] = { 101, 5000, 60000 };
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autofree char *words = g_strnfill (lengths[i], 'x');
    g_autofree char *target = g_strconcat ("/v1/search?q=", words, NULL);
    assert_refused (target, "q");
  }
  g_autofree char *longest = g_strnfill (100, 'x');
  g_autoptr (JsonObject) nothing = search (longest);
  g_assert_nonnull (nothing);

  assert_refused ("/v1/categories?before=x", NULL);
  assert_refused ("/v1/categories?limit=0", NULL);
  assert_refused ("/v1/categories?limit=101", NULL);
  assert_refused ("/v1/categories?q=a", NULL);
  assert_refused ("/v1/channels?live=1&before=x", NULL);
  assert_refused ("/v1/channels?live=1&limit=0", NULL);
  assert_refused ("/v1/channels?live=1&category=a%0Ab", "category");
  assert_refused ("/v1/channels?category=a", "live");
}

/* Walks through all pages of a list, which is the same whatever a page has. */
static void
assert_pages (const char *path, const char *member, const char *expected)
{
  for (guint limit = 1; limit <= 5; limit++) {
    g_autoptr (GString) all = g_string_new (NULL);
    g_autofree char *older = g_strdup ("");
    for (guint i = 0; older && i < 9; i++) {
      g_autofree char *target = g_strdup_printf ("%slimit=%u", path, limit);
      g_autoptr (JsonObject) page = ask (target, *older ? "&before=" : "", older);
      g_autofree char *names = join (page, member);
      g_string_append_printf (all, "%s%s", i > 0 ? "," : "", names);
      g_set_str (&older, sc_json_get_string_or (page, "older", NULL));
    }
    g_assert_null (older);
    g_assert_cmpstr (all->str, ==, expected);
  }
}

static void
test_categories (void)
{
  assert_pages ("/v1/categories?", "categories", "Minecraft,Food & Drink,MUSIC,Разговоры");
  g_autoptr (JsonObject) object = ask ("/v1/categories", "", "");
  JsonArray *categories = json_object_get_array_member (object, "categories");
  JsonObject *food = json_array_get_object_element (categories, 1);
  g_assert_cmpint (json_object_get_int_member (food, "live"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (food, "viewers"), ==, 12);

  assert_pages ("/v1/channels?live=1&category=food+%26+drink&", "channels", "");
  assert_pages ("/v1/channels?live=1&category=FOOD%20%26%20Drink&", "channels", "adam,luise");
  assert_pages ("/v1/channels?live=1&category=m%C3%BAsic&", "channels", "a_b-c,axb-c");
  assert_pages ("/v1/channels?live=1&category=minecraft&", "channels", "minecrafter");
  assert_pages ("/v1/channels?live=1&category=%25&", "channels", "");
  assert_pages ("/v1/channels?live=1&",
                "channels",
                "bigada,adam,luise,boris,a_b-c,axb-c,minecrafter");
}

/* Words that change are found by what they are then. */
static void
test_changed (void)
{
  sct_service_run (service, "UPDATE channels SET title = 'Marmelade' WHERE name = 'bigada'");
  g_autoptr (JsonObject) found = search ("marmalade");
  g_autofree char *live = join (found, "live");
  g_assert_cmpstr (live, ==, "bigada");
  sct_service_run (service, "UPDATE streams SET ended_at = now() WHERE id = 'st-bigada'");
  g_autoptr (JsonObject) over = search ("marmalade");
  g_autofree char *nobody = join (over, "live");
  g_assert_cmpstr (nobody, ==, "");
}

/* Many channels, one in fifty of them live. */
#define FILL                                                                                       \
  "SET statement_timeout = 0;"                                                                     \
  "ALTER TABLE channels DISABLE TRIGGER ALL; ALTER TABLE streams DISABLE TRIGGER ALL;"             \
  "DROP INDEX channels_search_like;"                                                               \
  "INSERT INTO users (name, password_hash)"                                                        \
  " SELECT (ARRAY['red', 'blue', 'green', 'wild', 'lazy', 'quick', 'tiny', 'giant'])[1 + n %% 8]"  \
  " || (ARRAY['fox', 'wolf', 'panda', 'otter', 'tiger', 'whale', 'raven'])[1 + n / 8 %% 7] || n,"  \
  " 'x' FROM generate_series(1, %u) n;"                                                            \
  "INSERT INTO channels (user_id, name, title, category) SELECT id, name,"                         \
  " (ARRAY['Playing', 'Learning', 'Speedrun of', 'Talking about'])[1 + id %% 4] || ' '"            \
  " || (ARRAY['chess', 'painting', 'castles', 'space', 'cooking'])[1 + id %% 5] || ' ' || id,"     \
  " 'Category ' || id %% 200 FROM users WHERE name ~ '[0-9]$';"                                    \
  "INSERT INTO streams (id, user_id, started_at) SELECT 'st-' || user_id, user_id,"                \
  " '2026-10-24Z'::timestamptz - user_id * interval '1 s' FROM channels"                           \
  " WHERE name ~ '[0-9]$' AND user_id %% 50 = 0;"                                                  \
  "CREATE INDEX channels_search_like ON channels USING gin (search_name gin_trgm_ops);"            \
  "ANALYZE channels, streams, users; RESET statement_timeout"

static gboolean
keep_statement (const char *sql, gpointer user_data, GError **error)
{
  if (strstr (sql, "<%"))
    g_ptr_array_add (user_data, g_strdup (sql));
  return TRUE;
}

static GPtrArray *
list_statements (void)
{
  GPtrArray *statements = g_ptr_array_new_with_free_func (g_free);
  sc_store_set_gate (service->store, keep_statement, statements);
  g_autoptr (JsonObject) found = search ("lazypanda");
  sc_store_set_gate (service->store, NULL, NULL);
  return statements;
}

/* What a statement does for these words, and the blocks of 8 KiB that it looks at. @mode is whether
 * it is planned for them or, as one that is asked often, for any. */
static char *
explain (const char *statement, const char *words, const char *mode, gint64 *ret_blocks)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *prepare =
    g_strdup_printf ("PREPARE search (text, text, text, bigint) AS %s; SET plan_cache_mode = %s",
                     statement,
                     mode);
  g_autofree char *execute =
    g_strdup_printf ("EXPLAIN (ANALYZE, BUFFERS, COSTS FALSE) EXECUTE search ('%s', '%s%%',"
                     " '%s%s%%', 24)",
                     words,
                     words,
                     strlen (words) < 3 ? "" : "%",
                     words);
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (service->store, &error);
  sc_store_run_script (connection, prepare, &error);
  g_assert_no_error (error);
  g_autoptr (ScStoreResult) result = sc_store_query (connection, execute, SC_NO_PARAMS, &error);
  g_assert_no_error (error);
  g_autoptr (GString) plan = g_string_new (NULL);
  for (guint i = 0; i < sc_store_result_count (result); i++)
    g_string_append_printf (plan, "%s\n", sc_store_result_get_text (result, i, 0));
  const char *hit = strstr (plan->str, "shared hit=");
  *ret_blocks = hit ? g_ascii_strtoll (hit + strlen ("shared hit="), NULL, 10) : 0;
  sc_store_run_script (connection, "DEALLOCATE search; RESET plan_cache_mode", &error);
  g_assert_no_error (error);
  return g_string_free_and_steal (g_steal_pointer (&plan));
}

/* No word makes it go through all channels: what it looks at are the live ones, a few blocks each,
 * and as many others as are ranked, of three kinds 500 each. */
#define BLOCKS_EACH 4
#define RANKED 1500

static void
assert_bounded (const char *statement, const char *words)
{
  static const char *const modes[] = { "force_custom_plan", "force_generic_plan" };
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    gint64 blocks = 0;
    g_autofree char *plan = explain (statement, words, modes[i], &blocks);
    g_test_message ("%s, %s: %" G_GINT64_FORMAT " blocks\n%s", words, modes[i], blocks, plan);
    g_assert_null (strstr (plan, "Seq Scan on channels"));
    g_assert_cmpint (blocks, >, 0);
    g_assert_cmpint (blocks, <, (n_channels / 50 + 10 + RANKED) * BLOCKS_EACH);
  }
}

static void
test_cost (void)
{
  static const char *const words[] = { "lazypnada", "fox", "r", "xyzzy" };
  g_autofree char *sql = g_strdup_printf (FILL, n_channels);
  sct_service_run (service, sql);
  g_autoptr (GPtrArray) statements = list_statements ();
  g_assert_cmpuint (statements->len, ==, 3);
  g_assert_nonnull (strstr (statements->pdata[0], "search_name"));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    assert_bounded (statements->pdata[0], words[i]);
  assert_bounded (statements->pdata[1], words[0]);
  assert_bounded (statements->pdata[2], words[0]);
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (JsonObject) found = search ("redfox77");
  g_test_message ("A search takes %.1f ms", (double) (g_get_monotonic_time () - begin) / 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (argc == 3 && g_str_equal (argv[1], "--channels"))
    n_channels = (guint) atoi (argv[2]);
  sct_service_set_up ();
  service = sct_service_new (NULL);
  fill ();
  g_test_add_func ("/service/search/found", test_found);
  g_test_add_func ("/service/search/refused", test_refused);
  g_test_add_func ("/service/search/categories", test_categories);
  g_test_add_func ("/service/search/changed", test_changed);
  g_test_add_func ("/service/search/cost", test_cost);
  int status = g_test_run ();
  sct_service_free (service);
  sct_service_tear_down ();
  return status;
}
