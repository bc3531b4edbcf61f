/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was said in a channel, page by page, while its log delivers late, doubled and out of order,
 * lines are deleted and people are banned. */

#include "config.h"

#include "sc-chat-page.h"
#include "sct-room-log.h"

#include <string.h>

#define ROOM_ARN "arn:aws:ivschat:us-west-2:123456789012:room/g1H2I3j4k5L6"
#define STREAM "aws/IVSChatLogs/1.0/room_g1H2I3j4k5L6"
#define BOB "7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11"
#define LINES "/v1/channels/ada/chat/lines"

/* As Amazon's documentation has it ("Chat logging", Amazon IVS Chat User Guide), with the
 * attributes of our tokens. */
#define GOLDEN                                                                                     \
  "{\"event_timestamp\":\"2026-10-24T12:26:32.089Z\",\"type\":\"MESSAGE\",\"version\":\"1.0\","    \
  "\"payload\":{\"Type\":\"MESSAGE\",\"Id\":\"WhO6MW6iRdS5\",\"RequestId\":\"\","                  \
  "\"Attributes\":{\"a\":\"b\"},\"Content\":\"bbiab! \xf0\x9f\x90\x88\","                          \
  "\"SendTime\":\"2026-10-24T12:26:32.089757321Z\",\"Sender\":{\"UserId\":\"" BOB                  \
  "\",\"Attributes\":{\"name\":\"bob\",\"role\":\"moderator\",\"follows\":\"1\"}}}}"

static SctService *
make_service (void)
{
  SctService *self = sct_service_new (NULL);
  g_autofree char *ada = sct_service_sign_up (self, "ada");
  g_autofree char *bob = sct_service_sign_up (self, "bob");
  sct_service_run (self, "UPDATE channels SET room_arn = '" ROOM_ARN "' WHERE name = 'ada'");
  sct_service_run (self, "UPDATE users SET public_id = '" BOB "' WHERE name = 'bob'");
  return self;
}

static ScChatPage *
get_page (SctService *self, const char *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScResponse) response = sct_service_call (self, "GET", target, NULL, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  g_autoptr (JsonObject) object = sct_response_object (response);
  ScChatPage *page = sc_chat_page_from_json (object, &error);
  g_assert_no_error (error);
  g_assert_nonnull (page->newer);
  return page;
}

static ScChatPage *
get_page_at (SctService *self, const char *parameter, const char *cursor, guint limit)
{
  g_autofree char *target = g_strdup_printf (LINES "?%s=%s&limit=%u", parameter, cursor, limit);
  return get_page (self, target);
}

/* Adds the ids of a page, each of which must be new, to what was read so far. */
static void
take_page (const ScChatPage *page, GHashTable *ids)
{
  const ScChatRecord *last = NULL;
  for (guint i = 0; i < page->records->len; i++) {
    const ScChatRecord *record = page->records->pdata[i];
    if (last)
      g_assert_true (last->sent_at < record->sent_at ||
                     (last->sent_at == record->sent_at && strcmp (last->id, record->id) < 0));
    if (!g_hash_table_add (ids, g_strdup (record->id)))
      g_error ("%s is there twice", record->id);
    last = record;
  }
}

static GHashTable *
new_ids (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Delivers lines whose numbers are from @first on, each at the moment that it gets. */
static void
deliver_lines (SctService *self, guint first, guint count, gint64 (*get_moment) (guint number))
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = first; i < first + count; i++) {
    g_autofree char *id = g_strdup_printf ("m%u", i);
    g_strv_builder_take (builder, sct_room_log_line (id, get_moment (i), BOB, "x"));
  }
  g_auto (GStrv) messages = g_strv_builder_end (builder);
  sct_room_log_deliver (self, STREAM, (const char *const *) messages);
}

#define DELIVER(self, ...)                                                                         \
  sct_room_log_deliver (self, STREAM, (const char *const[]) { __VA_ARGS__, NULL })

static void
test_golden (void)
{
  g_autoptr (SctService) self = make_service ();
  DELIVER (self, GOLDEN);
  g_autoptr (ScResponse) response = sct_service_call (self, "GET", LINES, NULL, NULL);
  g_autoptr (JsonObject) object = sct_response_object (response);
  JsonArray *lines = json_object_get_array_member (object, "lines");
  g_autoptr (JsonNode) node =
    json_node_init_object (json_node_alloc (), json_array_get_object_element (lines, 0));
  g_autofree char *text = json_to_string (node, FALSE);
  g_assert_cmpstr (text,
                   ==,
                   "{\"id\":\"WhO6MW6iRdS5\",\"sent_at\":\"2026-10-24T12:26:32.089757Z\","
                   "\"user_id\":\"" BOB "\",\"name\":\"bob\",\"role\":\"moderator\","
                   "\"text\":\"bbiab! \xf0\x9f\x90\x88\"}");
}

static void
test_roles (void)
{
  static const char *const roles[][2] = { { "streamer", "streamer" },
                                          { "guest", "viewer" },
                                          { "owner", "viewer" } };
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++) {
    g_autoptr (SctService) self = make_service ();
    g_autoptr (GString) record = g_string_new (GOLDEN);
    g_string_replace (record, "\"moderator\"", "\"?\"", 0);
    g_string_replace (record, "?", roles[i][0], 0);
    DELIVER (self, record->str);
    g_autoptr (ScChatPage) page = get_page (self, LINES);
    const ScChatRecord *line = page->records->pdata[0];
    g_assert_cmpstr (sc_chat_role_to_string (line->role), ==, roles[i][1]);
  }
}

static void
test_refused (void)
{
  static const char *const bad[] = { "?before=x",        "?after=x",    "?limit=0",
                                     "?limit=101",       "?limit=1x",   "?other=1",
                                     "?limit=1&limit=1", "?before=%zz", "?before=NA&after=NA" };
  g_autoptr (SctService) self = make_service ();
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *target = g_strconcat (LINES, bad[i], NULL);
    g_autoptr (ScResponse) response = sct_service_call (self, "GET", target, NULL, NULL);
    g_test_message ("%s", bad[i]);
    g_assert_cmpuint (response->status, ==, 400);
  }
  g_autoptr (ScResponse) nobody =
    sct_service_call (self, "GET", "/v1/channels/nobody/chat/lines", NULL, NULL);
  sct_assert_fault (nobody, 404, "no_such_channel", NULL);
}

static void
test_empty (void)
{
  g_autoptr (SctService) self = make_service ();
  g_autoptr (ScChatPage) empty = get_page (self, LINES);
  g_assert_cmpuint (empty->records->len, ==, 0);
  g_assert_null (empty->older);
  DELIVER (self, GOLDEN);
  g_autoptr (ScChatPage) next = get_page_at (self, "after", empty->newer, 10);
  g_assert_cmpuint (next->records->len, ==, 1);
  g_autoptr (ScChatPage) last = get_page_at (self, "after", next->newer, 10);
  g_assert_cmpuint (last->records->len, ==, 0);
  g_assert_cmpstr (last->newer, ==, next->newer);
}

/* Seven moments for all: most lines have their microsecond in common. */
static gint64
crowd_moment (guint number)
{
  return G_GINT64_CONSTANT (1792844000000000) + (number * 5 % 7) * G_TIME_SPAN_SECOND;
}

static void
test_ties (void)
{
  static const guint limits[] = { 1, 7, 33, 100 };
  g_autoptr (SctService) self = make_service ();
  deliver_lines (self, 0, 250, crowd_moment);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++) {
    g_autoptr (GHashTable) ids = new_ids ();
    g_autofree char *first = g_strdup_printf (LINES "?limit=%u", limits[i]);
    g_autoptr (ScChatPage) page = get_page (self, first);
    take_page (page, ids);
    while (page->older) {
      ScChatPage *older = get_page_at (self, "before", page->older, limits[i]);
      const ScChatRecord *end = older->records->pdata[older->records->len - 1];
      const ScChatRecord *begin = page->records->pdata[0];
      g_assert_cmpint (end->sent_at, <=, begin->sent_at);
      take_page (older, ids);
      sc_chat_page_free (page);
      page = older;
    }
    g_assert_cmpuint (g_hash_table_size (ids), ==, 250);
  }
}

static gint64
spread_moment (guint number)
{
  return G_GINT64_CONSTANT (1792844000000000) + number * G_TIME_SPAN_SECOND;
}

/* Lines come late between any two pages, before and behind what was read. Each direction has none
 * twice; a line that came late may be in both; and none is missing. */
static void
test_late_lines (void)
{
  g_autoptr (SctService) self = make_service ();
  g_autoptr (GHashTable) back = new_ids (), forth = new_ids ();
  deliver_lines (self, 200, 100, spread_moment);
  g_autoptr (ScChatPage) page = get_page (self, LINES "?limit=10");
  g_autofree char *newer = g_strdup (page->newer);
  take_page (page, back);
  for (guint late = 0; late < 200 || page->older; late += 20) {
    if (late < 200) {
      deliver_lines (self, late, 10, spread_moment);
      deliver_lines (self, 300 + late, 10, spread_moment);
      deliver_lines (self, late + 10, 10, spread_moment);
    }
    if (page->older) {
      ScChatPage *older = get_page_at (self, "before", page->older, 10);
      g_assert_cmpstr (older->newer, ==, newer);
      take_page (older, back);
      sc_chat_page_free (page);
      page = older;
    }
  }
  for (guint n = 1; n > 0;) {
    g_autoptr (ScChatPage) next = get_page_at (self, "after", newer, 7);
    n = next->records->len;
    take_page (next, forth);
    g_set_str (&newer, next->newer);
  }
  guint both = 0;
  GHashTableIter iter;
  gpointer id = NULL;
  g_hash_table_iter_init (&iter, back);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    both += g_hash_table_contains (forth, id);
  g_assert_cmpuint (g_hash_table_size (forth), ==, 300);
  g_assert_cmpuint (g_hash_table_size (back) - both, ==, 100);
}

#define WRITERS 3
#define BATCHES 40

typedef struct {
  SctService *service;
  guint number;
  gint *left;
} Writer;

static gpointer
write_batches (gpointer data)
{
  Writer *writer = data;
  for (guint i = 0; i < BATCHES; i++)
    deliver_lines (writer->service, writer->number * 10000 + i * 5, 5, crowd_moment);
  g_atomic_int_add (writer->left, -1);
  return NULL;
}

/* Whoever asks for what came since gets all of it, however many write at once: no number is seen
 * before a smaller one that is still being written. */
static void
test_writers_at_once (void)
{
  g_autoptr (SctService) self = make_service ();
  g_autoptr (GHashTable) ids = new_ids ();
  Writer writers[WRITERS];
  GThread *threads[WRITERS];
  gint left = WRITERS;
  g_autoptr (ScChatPage) page = get_page (self, LINES);
  g_autofree char *newer = g_strdup (page->newer);
  for (guint i = 0; i < WRITERS; i++) {
    writers[i] = (Writer) { self, i, &left };
    threads[i] = g_thread_new ("writer", write_batches, &writers[i]);
  }
  gboolean done = FALSE;
  for (guint n = 1; !done || n > 0;) {
    done = g_atomic_int_get (&left) == 0;
    g_autoptr (ScChatPage) next = get_page_at (self, "after", newer, 100);
    n = next->records->len;
    take_page (next, ids);
    g_set_str (&newer, next->newer);
  }
  for (guint i = 0; i < WRITERS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (g_hash_table_size (ids), ==, WRITERS * BATCHES * 5);
}

static void
assert_ids (SctService *self, const char *expected)
{
  g_autoptr (ScChatPage) page = get_page (self, LINES);
  g_autoptr (GString) ids = g_string_new (NULL);
  for (guint i = 0; i < page->records->len; i++)
    g_string_append_printf (ids, "%s ", ((ScChatRecord *) page->records->pdata[i])->id);
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_deleted (void)
{
  g_autoptr (SctService) self = make_service ();
  g_autofree char *mark = sct_room_log_deletion ("m1", spread_moment (10));
  g_autofree char *deletion = sct_room_log_deletion ("m2", spread_moment (10));
  DELIVER (self, mark);
  assert_ids (self, "");
  g_autoptr (ScChatPage) before = get_page (self, LINES);
  deliver_lines (self, 0, 4, spread_moment);
  assert_ids (self, "m0 m2 m3 ");
  DELIVER (self, deletion);
  assert_ids (self, "m0 m3 ");
  g_autoptr (ScChatPage) since = get_page_at (self, "after", before->newer, 10);
  g_assert_cmpuint (since->records->len, ==, 2);
}

/* A line whose deletion was taken back before the log had the line comes when it comes. */
static void
test_restored (void)
{
  g_autoptr (SctService) self = make_service ();
  g_autofree char *late = sct_room_log_deletion ("m1", spread_moment (10));
  sct_service_run (self,
                   "INSERT INTO chat_lines (user_id, id, restored_at, received_at)"
                   " SELECT user_id, 'm1', to_timestamp(1792844012), now() FROM channels"
                   " WHERE name = 'ada'");
  deliver_lines (self, 2, 1, spread_moment);
  g_autoptr (ScChatPage) before = get_page (self, LINES);
  deliver_lines (self, 1, 1, spread_moment);
  DELIVER (self, late);
  assert_ids (self, "m1 m2 ");
  g_autoptr (ScChatPage) since = get_page_at (self, "after", before->newer, 10);
  g_assert_cmpuint (since->records->len, ==, 1);
}

/* An action of ada's at a moment, which took bob's lines away that were there. */
static void
ban_bob (SctService *self, const char *id, const char *kind, gint64 at)
{
  g_autofree char *sql =
    g_strdup_printf ("INSERT INTO mod_actions (id, user_id, kind, actor_id, person_id, at, until)"
                     " SELECT '%s', a.id, '%s', a.id, b.id, to_timestamp(%" G_GINT64_FORMAT
                     " / 1e6),"
                     " CASE WHEN '%s' = 'timeout' THEN now() END FROM users a, users b"
                     " WHERE a.name = 'ada' AND b.name = 'bob';"
                     "UPDATE chat_lines SET purged_by = '%s' WHERE sender_id = '" BOB
                     "' AND sent_at IS NOT NULL",
                     id,
                     kind,
                     at,
                     kind,
                     id);
  sct_service_run (self, sql);
}

#define ACTION_ID "01234567-89ab-4def-8123-456789abcdef"

/* Of who is banned, nothing is shown that was said before: what was there, what the log delivers
 * later, and what comes after the mark that it was deleted. What is said when they may is. */
static void
test_purged (void)
{
  static const char *const kinds[] = { "ban", "timeout" };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (SctService) self = make_service ();
    g_autofree char *mark = sct_room_log_deletion ("m2", spread_moment (10));
    g_autofree char *other = sct_room_log_line ("o", spread_moment (1), "viewer-1", "x");
    deliver_lines (self, 0, 1, spread_moment);
    assert_ids (self, "m0 ");
    ban_bob (self, ACTION_ID, kinds[i], spread_moment (10));
    DELIVER (self, mark, other);
    deliver_lines (self, 1, 2, spread_moment);
    deliver_lines (self, 12, 1, spread_moment);
    assert_ids (self, "o ");
    deliver_lines (self, 40, 1, spread_moment);
    assert_ids (self, "o m40 ");
    g_assert_cmpint (
      sct_service_ask_number (self,
                              "SELECT count(*) FROM chat_lines WHERE purged_by = '" ACTION_ID "'"),
      ==,
      4);
  }
}

/* What was undone purges nothing that comes later. */
static void
test_undone (void)
{
  g_autoptr (SctService) self = make_service ();
  ban_bob (self, ACTION_ID, "ban", spread_moment (10));
  sct_service_run (self, "UPDATE mod_actions SET undone_at = at, undone_by = actor_id");
  deliver_lines (self, 0, 2, spread_moment);
  assert_ids (self, "m0 m1 ");
}

/* Long lines make short pages, and all of them are read. */
static void
test_long_lines (void)
{
  g_autoptr (SctService) self = make_service ();
  g_autoptr (GHashTable) ids = new_ids ();
  sct_service_run (self,
                   "INSERT INTO chat_lines (user_id, id, sent_at, sender_id, content, received_at)"
                   " SELECT user_id, 'l' || n, to_timestamp(1792844000 + n), 'u',"
                   " repeat(U&'\\+01F408', 5000), now() FROM channels, generate_series(1, 120) n"
                   " WHERE name = 'ada'");
  g_autoptr (ScChatPage) page = get_page (self, LINES);
  g_assert_cmpuint (page->records->len, <, 100);
  take_page (page, ids);
  while (page->older) {
    ScChatPage *older = get_page_at (self, "before", page->older, 100);
    take_page (older, ids);
    sc_chat_page_free (page);
    page = older;
  }
  g_assert_cmpuint (g_hash_table_size (ids), ==, 120);
}

static void
test_rooms_are_apart (void)
{
  g_autoptr (SctService) self = make_service ();
  DELIVER (self, GOLDEN);
  g_autoptr (ScChatPage) others = get_page (self, "/v1/channels/bob/chat/lines");
  g_assert_cmpuint (others->records->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/chat-history/golden", test_golden);
  g_test_add_func ("/service/chat-history/roles", test_roles);
  g_test_add_func ("/service/chat-history/refused", test_refused);
  g_test_add_func ("/service/chat-history/empty", test_empty);
  g_test_add_func ("/service/chat-history/ties", test_ties);
  g_test_add_func ("/service/chat-history/late-lines", test_late_lines);
  g_test_add_func ("/service/chat-history/writers-at-once", test_writers_at_once);
  g_test_add_func ("/service/chat-history/deleted", test_deleted);
  g_test_add_func ("/service/chat-history/restored", test_restored);
  g_test_add_func ("/service/chat-history/purged", test_purged);
  g_test_add_func ("/service/chat-history/undone", test_undone);
  g_test_add_func ("/service/chat-history/long-lines", test_long_lines);
  g_test_add_func ("/service/chat-history/rooms-are-apart", test_rooms_are_apart);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
