/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who follows whom: what may be asked and by whom, the pages of the list, and that all of it costs
 * the same however many follow. */

#include "config.h"

#include "sc-channel-store.h"
#include "sc-follow-store.h"
#include "sc-json.h"
#include "sc-live-follows.h"
#include "sc-time.h"
#include "sct-reads.h"

#define FOLLOW "/v1/channels/ada/follow"
#define LIST "/v1/me/follows"

/* Nine channels that bob began to follow one after the other, two of them at the same moment; the
 * third and the sixth are live, and had an earlier stream, as the first had. */
#define FILL                                                                                       \
  "INSERT INTO users (name, password_hash, created_at)"                                            \
  " SELECT 'streamer-' || n, 'x', now() FROM generate_series(1, 9) n;"                             \
  "INSERT INTO channels (user_id, name, title) SELECT id, name, 'x' FROM users"                    \
  " WHERE name LIKE 'streamer-%';"                                                                 \
  "INSERT INTO follows SELECT b.id, c.user_id,"                                                    \
  " '2026-01-01Z'::timestamptz + least(c.user_id - f.first, 7) * interval '1 day'"                 \
  " FROM users b, channels c, (SELECT min(user_id) AS first FROM channels"                         \
  " WHERE name LIKE 'streamer-%') f WHERE b.name = 'bob' AND c.name LIKE 'streamer-%';"            \
  "INSERT INTO streams (id, user_id, started_at, ended_at) SELECT 'old-' || name, user_id,"        \
  " '2026-02-01Z', '2026-02-02Z' FROM channels WHERE name ~ '[136]$';"                             \
  "INSERT INTO streams (id, user_id, started_at) SELECT 'new-' || name, user_id, '2026-03-01Z'"    \
  " FROM channels WHERE name ~ '[36]$'"

typedef struct {
  SctService *service;
  char *ada;
  char *bob;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->service = sct_service_new (NULL);
  self->ada = sct_service_sign_up (self->service, "ada");
  self->bob = sct_service_sign_up (self->service, "bob");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  sct_service_free (self->service);
  g_free (self->ada);
  g_free (self->bob);
}

static void
ask (Fixture *self, const char *method, const char *target, const char *token, guint status)
{
  g_autoptr (ScResponse) response = sct_service_call (self->service, method, target, token, NULL);
  g_test_message ("%s %s: %u", method, target, response->status);
  g_assert_cmpuint (response->status, ==, status);
}

static void
assert_follow (Fixture *self, const char *token, gboolean following, gint64 followers)
{
  g_autoptr (ScResponse) response = sct_service_call (self->service, "GET", FOLLOW, token, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  g_autoptr (JsonObject) object = sct_response_object (response);
  g_autoptr (ScFollow) follow =
    sc_follow_from_json (json_object_get_object_member (object, "follow"), NULL);
  g_assert_nonnull (follow);
  g_assert_cmpint (follow->following, ==, following);
  g_assert_true (follow->notify);
  g_assert_cmpint (follow->followers, ==, followers);
}

/* Returns the names on a page, live ones with a "*", and where the next begins. */
static char *
dup_page (Fixture *self, const char *token, const char *query, char **ret_older)
{
  g_autofree char *target = g_strconcat (LIST, query, NULL);
  g_autoptr (ScResponse) response = sct_service_call (self->service, "GET", target, token, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  g_autoptr (JsonObject) object = sct_response_object (response);
  JsonArray *channels = json_object_get_array_member (object, "channels");
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (channels); i++) {
    g_autoptr (ScChannel) channel =
      sc_channel_from_json (json_array_get_object_element (channels, i), NULL);
    g_assert_nonnull (channel);
    g_string_append_printf (names,
                            "%s%s%s",
                            i > 0 ? " " : "",
                            sc_channel_get_name (channel),
                            sc_channel_get_live (channel) ? "*" : "");
  }
  *ret_older = g_strdup (sc_json_get_string_or (object, "older", NULL));
  return g_string_free_and_steal (g_steal_pointer (&names));
}

/* A follow is there or not, however often it is asked for, and is nobody else's. */
static void
test_follow (Fixture *self, gconstpointer data)
{
  g_autofree char *eve = sct_service_sign_up (self->service, "eve");
  assert_follow (self, self->bob, FALSE, 0);
  ask (self, "PUT", "/v1/channels/nobody/follow", self->bob, 404);
  ask (self, "GET", "/v1/channels/nobody/follow", self->bob, 404);
  ask (self, "DELETE", "/v1/channels/nobody/follow", self->bob, 404);
  ask (self, "PUT", FOLLOW, self->ada, 400);
  ask (self, "PUT", FOLLOW, NULL, 401);
  ask (self, "PUT", "/v1/channels/ADA/follow", self->bob, 204);
  self->service->now += G_TIME_SPAN_HOUR;
  ask (self, "PUT", FOLLOW, self->bob, 204);
  ask (self, "PUT", FOLLOW, eve, 204);
  assert_follow (self, self->bob, TRUE, 2);
  assert_follow (self, self->ada, FALSE, 2);
  /* Once more is not anew. */
  g_assert_cmpint (sct_service_ask_number (self->service, "SELECT count(DISTINCT at) FROM follows"),
                   ==,
                   2);
  ask (self, "DELETE", FOLLOW, eve, 204);
  ask (self, "DELETE", FOLLOW, eve, 204);
  ask (self, "DELETE", FOLLOW, self->ada, 204);
  assert_follow (self, eve, FALSE, 1);
  assert_follow (self, self->bob, TRUE, 1);
}

/* Each once, those that are live first, then what was followed last; nobody else's. */
static void
test_pages (Fixture *self, gconstpointer data)
{
  static const char *const pages[] = {
    "streamer-6*", "streamer-3*", "streamer-8", "streamer-9", "streamer-7",
    "streamer-5",  "streamer-4",  "streamer-2", "streamer-1",
  };
  sct_service_run (self->service, FILL);
  for (guint limit = 1; limit <= G_N_ELEMENTS (pages); limit++) {
    g_autoptr (GString) all = g_string_new (NULL);
    g_autofree char *older = NULL;
    do {
      g_autofree char *query = older ? g_strdup_printf ("?limit=%u&before=%s", limit, older)
                                     : g_strdup_printf ("?limit=%u", limit);
      g_clear_pointer (&older, g_free);
      g_autofree char *page = dup_page (self, self->bob, query, &older);
      g_string_append_printf (all, "%s%s", all->len > 0 ? " " : "", page);
    } while (older);
    g_autofree char *expected = g_strjoinv (" ",
                                            (char **) (const char *[]) { pages[0],
                                                                         pages[1],
                                                                         pages[2],
                                                                         pages[3],
                                                                         pages[4],
                                                                         pages[5],
                                                                         pages[6],
                                                                         pages[7],
                                                                         pages[8],
                                                                         NULL });
    g_assert_cmpstr (all->str, ==, expected);
  }
  g_autofree char *none = NULL;
  g_autofree char *other = dup_page (self, self->ada, "", &none);
  g_assert_cmpstr (other, ==, "");
  g_assert_null (none);
}

/* Returns the names of what there is to tell of, with a mark at what was live when followed. */
static char *
dup_to_tell (Fixture *self, const char *token)
{
  g_autoptr (ScResponse) response =
    sct_service_call (self->service, "GET", LIST "/live", token, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  g_autoptr (JsonObject) object = sct_response_object (response);
  g_autoptr (ScLiveFollows) live = sc_live_follows_from_json (object, NULL);
  g_assert_nonnull (live);
  g_assert_cmpint (sc_live_follows_get_at (live), ==, self->service->now / 1000 * 1000);
  GListModel *channels = sc_live_follows_get_channels (live);
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (channels); i++) {
    g_autoptr (ScChannel) channel = g_list_model_get_item (channels, i);
    g_assert_true (sc_channel_get_live (channel));
    g_string_append_printf (names,
                            "%s%s ",
                            sc_channel_get_name (channel),
                            sc_live_follows_was_seen (live, channel) ? "!" : "");
  }
  return g_string_free_and_steal (g_steal_pointer (&names));
}

static void
set_notify (Fixture *self, const char *name, const char *body, guint status)
{
  g_autofree char *target = g_strdup_printf ("/v1/channels/%s/follow", name);
  g_autoptr (ScResponse) response =
    sct_service_call (self->service, "PATCH", target, self->bob, body);
  g_assert_cmpuint (response->status, ==, status);
}

/* Of what is followed, one is told of all that is live but what one does not want to be told of,
 * which is that way until one follows anew. */
static void
test_to_tell (Fixture *self, gconstpointer data)
{
  sct_service_run (self->service, FILL);
  sct_service_run (self->service,
                   "UPDATE streams SET started_at = started_at + interval '1 hour'"
                   " WHERE id = 'new-streamer-3'");
  g_autofree char *both = dup_to_tell (self, self->bob);
  g_assert_cmpstr (both, ==, "streamer-3 streamer-6 ");
  g_autofree char *nobody = dup_to_tell (self, self->ada);
  g_assert_cmpstr (nobody, ==, "");

  set_notify (self, "ada", "{\"notify\":false}", 404);
  set_notify (self, "nobody", "{\"notify\":false}", 404);
  set_notify (self, "streamer-3", "{\"notify\":1}", 400);
  set_notify (self, "streamer-3", "{\"notify\":false}", 204);
  set_notify (self, "streamer-3", "{\"notify\":false}", 204);
  g_autofree char *one = dup_to_tell (self, self->bob);
  g_assert_cmpstr (one, ==, "streamer-6 ");
  ask (self, "PUT", "/v1/channels/streamer-3/follow", self->bob, 204);
  g_autofree char *still = dup_to_tell (self, self->bob);
  g_assert_cmpstr (still, ==, "streamer-6 ");
  set_notify (self, "streamer-3", "{\"notify\":true}", 204);
  sct_service_run (self->service,
                   "UPDATE users SET suspended_at = now(), suspended_reason = 'spam'"
                   " WHERE name = 'streamer-6'");
  g_autofree char *other = dup_to_tell (self, self->bob);
  g_assert_cmpstr (other, ==, "streamer-3 ");
  ask (self, "DELETE", "/v1/channels/streamer-3/follow", self->bob, 204);
  ask (self, "PUT", "/v1/channels/streamer-3/follow", self->bob, 204);
  g_autofree char *seen = dup_to_tell (self, self->bob);
  g_assert_cmpstr (seen, ==, "streamer-3! ");
}

/* Who is suspended or leaves is out of sight, and comes back as they do. */
static void
test_out_of_sight (Fixture *self, gconstpointer data)
{
  g_autofree char *older = NULL;
  sct_service_run (self->service, FILL);
  sct_service_run (self->service,
                   "UPDATE users SET suspended_at = now(), suspended_reason = 'spam'"
                   " WHERE name ~ 'streamer-[3456]';"
                   "INSERT INTO errands (user_id, kind, step, next_at)"
                   " SELECT id, 'deletion', 'waiting', now() FROM users"
                   " WHERE name ~ 'streamer-[789]'");
  g_autofree char *few = dup_page (self, self->bob, "", &older);
  g_assert_cmpstr (few, ==, "streamer-2 streamer-1");
  sct_service_run (self->service, "UPDATE users SET suspended_at = NULL, suspended_reason = NULL");
  g_autofree char *more = dup_page (self, self->bob, "", &older);
  g_assert_cmpstr (more, ==, "streamer-6* streamer-3* streamer-5 streamer-4 streamer-2 streamer-1");
}

static void
test_bad_queries (Fixture *self, gconstpointer data)
{
  static const char *const bad[] = {
    "?limit=0",
    "?limit=101",
    "?limit=x",
    "?after=x",
    "?limit=1&limit=1",
    "?before=",
    "?before=x",
    "?before=live_1",
    "?before=live__ada",
    "?before=live_0_ada",
    "?before=live_x_ada",
    "?before=dead_1_ada",
    "?before=rest_99999999999999999999_ada",
    "?before=rest_1_a'b",
    "?before=rest_1_%00",
    "?before=rest_1_%FF",
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *target = g_strconcat (LIST, bad[i], NULL);
    ask (self, "GET", target, self->bob, 400);
  }
  /* A place that nothing is at is one all the same. */
  ask (self, "GET", LIST "?before=rest_1_no_body-here", self->bob, 200);
}

/* Whoever follows as many as one can is told so, and keeps what they have. */
static void
test_too_many (Fixture *self, gconstpointer data)
{
  g_autofree char *sql =
    g_strdup_printf ("INSERT INTO users (name, password_hash, created_at)"
                     " SELECT 'streamer-' || n, 'x', now() FROM generate_series(1, %u) n;"
                     "INSERT INTO channels (user_id, name, title) SELECT id, name, 'x' FROM users"
                     " WHERE name LIKE 'streamer-%%';"
                     "INSERT INTO follows SELECT b.id, c.user_id, now() FROM users b, channels c"
                     " WHERE b.name = 'bob' AND c.name LIKE 'streamer-%%'",
                     SC_FOLLOWS_MAX);
  sct_service_run (self->service, sql);
  g_autoptr (ScResponse) response =
    sct_service_call (self->service, "PUT", FOLLOW, self->bob, NULL);
  sct_assert_fault (response, 409, "too_many_follows", NULL);
  assert_follow (self, self->bob, FALSE, 0);
  ask (self, "PUT", "/v1/channels/streamer-1/follow", self->bob, 204);
  ask (self, "DELETE", "/v1/channels/streamer-1/follow", self->bob, 204);
  ask (self, "PUT", FOLLOW, self->bob, 204);
}

static gint64
count_reads (SctService *service, const char *name, SctWork work)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM users WHERE lower(name) = '%s'", name);
  return sct_count_reads (service, work, sct_service_ask_number (service, sql));
}

static gint64
find_ada (ScStoreConnection *connection, GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT id FROM users WHERE lower(name) = 'ada'",
                    SC_NO_PARAMS,
                    error);
  return sc_store_result_get_int (result, 0, 0);
}

static gboolean
follow_and_leave (ScStoreConnection *connection, gint64 person_id, GError **error)
{
  gboolean full = FALSE;
  gint64 ada = find_ada (connection, error);
  ScFollow follow = { 0 };
  return sc_follow_store_set (connection, person_id, ada, 1, &full, error) && !full &&
         sc_follow_store_read (connection, person_id, ada, &follow, error) && follow.following &&
         sc_follow_store_unset (connection, person_id, ada, error);
}

static gboolean
list (ScStoreConnection *connection, gint64 person_id, gint64 before_at, GError **error)
{
  const ScFollowedPage page = { .person_id = person_id,
                                .before_at = before_at,
                                .after_name = "",
                                .limit = 21 };
  g_autoptr (GPtrArray) rows = sc_channel_store_list_followed (connection, &page, error);
  return rows && rows->len == 21;
}

static gboolean
list_first (ScStoreConnection *connection, gint64 person_id, GError **error)
{
  return list (connection, person_id, SC_TIME_MAX_US, error);
}

/* The follows were a second apart from 1970 on. */
static gboolean
list_last (ScStoreConnection *connection, gint64 person_id, GError **error)
{
  return list (connection, person_id, 30 * G_TIME_SPAN_SECOND, error);
}

static gboolean
list_live (ScStoreConnection *connection, gint64 person_id, GError **error)
{
  const ScFollowedPage page = { .person_id = person_id,
                                .live = TRUE,
                                .before_at = SC_TIME_MAX_US,
                                .after_name = "",
                                .limit = 21 };
  g_autoptr (GPtrArray) rows = sc_channel_store_list_followed (connection, &page, error);
  return rows && rows->len == 2;
}

static gboolean
list_to_tell (ScStoreConnection *connection, gint64 person_id, GError **error)
{
  g_autoptr (GPtrArray) rows = sc_channel_store_list_to_tell (connection, person_id, 100, error);
  return rows && rows->len == 2;
}

#define FOLLOWED 1000

/* Bob follows so many channels, two of which are live; all of them had streams. */
#define FILL_MANY                                                                                  \
  "INSERT INTO users (name, password_hash, created_at)"                                            \
  " SELECT 'streamer-' || n, 'x', now() FROM generate_series(1, " G_STRINGIFY (                    \
    FOLLOWED) ") n;"                                                                               \
              "INSERT INTO channels (user_id, name, title) SELECT id, name, 'x' FROM users"        \
              " WHERE name LIKE 'streamer-%';"                                                     \
              "INSERT INTO follows SELECT b.id, c.user_id,"                                        \
              " to_timestamp(split_part(c.name, '-', 2)::integer)"                                 \
              " FROM users b, channels c WHERE b.name = 'bob' AND c.name LIKE 'streamer-%';"       \
              "INSERT INTO streams (id, user_id, started_at, ended_at) SELECT 'old-' || name, "    \
              "user_id,"                                                                           \
              " '2026-02-01Z', '2026-02-02Z' FROM channels;"                                       \
              "INSERT INTO streams (id, user_id, started_at) SELECT 'new-' || name, user_id, "     \
              "'2026-03-01Z'"                                                                      \
              " FROM channels WHERE name ~ '-5[12]$';"                                             \
              "ANALYZE"

/* Without triggers, foreign keys among them, which take as long as all else; the last of the crowd
 * is counted by one. */
#define FILL_CROWD                                                                                 \
  "SET statement_timeout = 0; SET session_replication_role = replica;"                             \
  "INSERT INTO users (name, password_hash, created_at)"                                            \
  " SELECT 'viewer-' || n, 'x', now() FROM generate_series(1, 100000) n;"                          \
  "INSERT INTO follows SELECT v.id, a.id, now() FROM users v, users a"                             \
  " WHERE v.name LIKE 'viewer-%' AND v.name <> 'viewer-7' AND a.name = 'ada';"                     \
  "INSERT INTO follower_counts SELECT id, 99999 FROM users WHERE name = 'ada';"                    \
  "SET session_replication_role = origin;"                                                         \
  "INSERT INTO follows SELECT v.id, a.id, now() FROM users v, users a"                             \
  " WHERE v.name = 'viewer-7' AND a.name = 'ada';"                                                 \
  "ANALYZE; RESET statement_timeout"

static void
test_costs (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *what;
    const char *name;
    SctWork work;
    gint64 most;
  } works[] = {
    { "following", "streamer-7", follow_and_leave, 0 },
    { "the first page", "bob", list_first, 0 },
    { "the last page", "bob", list_last, 0 },
    /* Each follow at most, its entry and its row; what is live elsewhere does not matter. */
    { "who is live", "bob", list_live, 2 * FOLLOWED + 100 },
    { "who there is to tell of", "bob", list_to_tell, 2 * FOLLOWED + 100 },
  };
  gint64 few[G_N_ELEMENTS (works)];
  sct_service_run (self->service, FILL_MANY);
  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    few[i] = count_reads (self->service, works[i].name, works[i].work);
  sct_service_run (self->service, FILL_CROWD);
  assert_follow (self, self->bob, FALSE, 100000);
  for (guint i = 0; i < G_N_ELEMENTS (works); i++) {
    gint64 many = count_reads (self->service, works[i].name, works[i].work);
    g_test_message ("%s: %" G_GINT64_FORMAT " reads, then %" G_GINT64_FORMAT,
                    works[i].what,
                    few[i],
                    many);
    g_assert_cmpint (many, <=, MAX (few[i] + few[i] / 4, works[i].most));
  }
  /* Nor does it matter how far down the list a page is. */
  g_assert_cmpint (few[2], <=, 2 * few[1]);
  g_assert_cmpint (few[1], <=, 1000);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/service/follows/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  ADD ("follow", test_follow);
  ADD ("pages", test_pages);
  ADD ("to-tell", test_to_tell);
  ADD ("out-of-sight", test_out_of_sight);
  ADD ("bad-queries", test_bad_queries);
  ADD ("too-many", test_too_many);
  ADD ("costs", test_costs);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
