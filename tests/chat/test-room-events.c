/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What moderators do, what was said before one came, and that all of it in any order comes to the
 * same list. */

#include "config.h"

#include "sc-chat-list.h"
#include "sc-chat-room-private.h"
#include "sc-fake-api.h"
#include "sc-time.h"
#include "sct-room.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

static void
wait_text (SctRoom *fixture, const char *text)
{
  for (;;) {
    g_autofree char *shown = sct_room_describe (fixture);
    if (g_str_equal (shown, text))
      return;
    g_main_context_iteration (NULL, TRUE);
  }
}

static void
test_deletes (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  sc_fake_room_say (fixture->server, "ada", "m1", "one");
  sc_fake_room_say (fixture->server, "ada", "m2", "two");
  wait_text (fixture, "one|two");
  sc_fake_room_announce (fixture->server,
                         "aws:DELETE_MESSAGE",
                         "{'MessageID':'m1','Reason':'deleted'}");
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 0), SC_CHAT_LINE_DELETED);
  wait_text (fixture, "|two");
  sc_fake_room_announce (fixture->server,
                         "streamcat:RESTORED",
                         "{'MessageId':'m1','ActionId':'a1'}");
  wait_text (fixture, "one|two");

  /* Gone before it came, as by a connection that takes over from another. */
  sc_fake_room_announce (fixture->server, "aws:DELETE_MESSAGE", "{'MessageID':'m3'}");
  sc_fake_room_say (fixture->server, "ada", "m3", "three");
  sc_fake_room_say (fixture->server, "ada", "m4", "four");
  wait_text (fixture, "one|two|four");
}

static void
on_notice (ScChatRoom *room, guint notice, const char *user_id, GString *notices)
{
  g_string_append_printf (notices, "%u %s;", notice, user_id ? user_id : "-");
}

static void
on_held (ScChatRoom *room, guint count, guint *ret_count)
{
  *ret_count = count;
}

static void
on_channel (ScChatRoom *room, guint *n_changes)
{
  (*n_changes)++;
}

/* A word about the channel is for who shows it, and no line; one that says nothing is no word. */
static void
test_channel (SctRoom *fixture, gconstpointer data)
{
  guint n_changes = 0;
  g_signal_connect (fixture->room, "channel-changed", G_CALLBACK (on_channel), &n_changes);
  sct_room_enter (fixture);
  sc_fake_room_announce (fixture->server, "streamcat:CHANNEL", "{}");
  sc_fake_room_announce (fixture->server, "streamcat:CHANNEL", "{'State':'live','StreamId':'s'}");
  sc_fake_room_announce (fixture->server, "streamcat:CHANNEL", "{'State':'changed'}");
  sc_fake_room_say (fixture->server, "ada", "m1", "one");
  wait_text (fixture, "one");
  g_assert_cmpuint (n_changes, ==, 2);
}

static void
test_purges (SctRoom *fixture, gconstpointer data)
{
  g_autoptr (GString) notices = g_string_new (NULL);
  guint n_held = 0;
  g_signal_connect (fixture->room, "notice", G_CALLBACK (on_notice), notices);
  g_signal_connect (fixture->room, "held-changed", G_CALLBACK (on_held), &n_held);
  sct_room_enter (fixture);
  sc_fake_room_say (fixture->server, "bob", "m1", "rude");
  sc_fake_room_say (fixture->server, "ada", "m2", "well");
  wait_text (fixture, "rude|well");
  sc_fake_room_announce (fixture->server, "streamcat:PURGED", "{'UserId':'bob','ActionId':'a1'}");
  wait_text (fixture, "well");
  sc_fake_room_announce (fixture->server,
                         "aws:DELETE_MESSAGE",
                         "{'MessageID':'m1','Reason':'banned be kind'}");
  sc_fake_room_announce (fixture->server, "streamcat:RESTORED", "{'UserId':'bob','ActionId':'a1'}");
  wait_text (fixture, "rude|well");
  sc_fake_room_announce (fixture->server, "streamcat:HELD", "{'Count':'3'}");
  while (n_held != 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (notices->str, ==, "0 bob;1 bob;");
}

/* Whoever came in between has the lines that are back only from the log. */
static void
test_restored_from_log (SctRoom *fixture, gconstpointer data)
{
  sc_chat_room_set_history (fixture->room, sc_fake_log_ask, fixture->log, NULL);
  sct_room_enter (fixture);
  while (sc_fake_log_count_asked (fixture->log) < 1 + SC_CHAT_HISTORY_ROUNDS)
    g_main_context_iteration (NULL, TRUE);
  sc_fake_log_store (fixture->log, "back", "bob", g_get_real_time () - SECOND);
  sc_fake_room_announce (fixture->server, "streamcat:RESTORED", "{'UserId':'bob','ActionId':'a1'}");
  wait_text (fixture, "back");
}

/* Each part may come twice, in any order; what is missing is not shown. */
static void
test_approves (SctRoom *fixture, gconstpointer data)
{
  static const char *const parts[] = {
    "{'Id':'h1','UserId':'bob','Name':'bob','Role':'viewer','Content':' "
    "two','Part':'2','Parts':'2'}",
    "{'Id':'h1','UserId':'bob','Name':'bob','Role':'viewer','Content':' "
    "two','Part':'2','Parts':'2'}",
    "{'Id':'h2','UserId':'bob','Name':'bob','Role':'viewer','Content':'x','Part':'1','Parts':'2'}",
    "{'Id':'h3','UserId':'bob','Name':'bob','Role':'viewer','Content':'x','Part':'3','Parts':'2'}",
    "{'Id':'h3','UserId':'bob','Name':'bob','Role':'viewer','Content':'x','Part':'0','Parts':'0'}",
    "{'Id':'h1','UserId':'bob','Name':'bob','Role':'moderator','Content':'one','Part':'1','Parts':'"
    "2'}",
    "{'Id':'h1','UserId':'bob','Name':'bob','Role':'viewer','Content':' "
    "two','Part':'2','Parts':'2'}",
    "{'Id':'h4','UserId':'bob','Name':'bob','Role':'viewer','Content':'all','Part':'1','Parts':'1'"
    "}",
  };
  sct_room_enter (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    sc_fake_room_announce (fixture->server, "streamcat:APPROVED", parts[i]);
  wait_text (fixture, "one two|all");
  ScChatLine *line = sct_room_get_line (fixture, 0);
  g_assert_cmpstr (sc_chat_line_get_user_id (line), ==, "bob");
  g_assert_cmpstr (sc_chat_line_get_id (line), ==, "h1");
  g_assert_cmpint (sc_chat_line_get_role (line), ==, SC_CHAT_MODERATOR);
}

/* A line of ours that was held is the one that is approved, and does not stand there twice. */
static void
test_approves_ours (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  sc_fake_room_refuse_next (fixture->server, 406, "held");
  sct_room_say (fixture, "see example.org");
  ScChatLine *line = sct_room_get_line (fixture, 0);
  sct_room_wait_line (fixture, line, SC_CHAT_LINE_FAILED);
  sc_fake_room_say (fixture->server, "ada", "m1", "and so on");
  wait_text (fixture, "see example.org|and so on");
  sc_fake_room_announce (fixture->server,
                         "streamcat:APPROVED",
                         "{'Id':'h1','UserId':'mia','Name':'mia','Role':'viewer','Content':'see "
                         "example.org','Part':'1','Parts':'1'}");
  sct_room_wait_line (fixture, line, SC_CHAT_LINE_SHOWN);
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, 2);
  g_assert_cmpstr (sc_chat_line_get_id (line), ==, "h1");
}

static void
say_as (SctRoom *fixture, const char *id, const char *role)
{
  g_autofree char *json =
    g_strdup_printf ("{\"Type\":\"MESSAGE\",\"Id\":\"%s\",\"Content\":\"%s\","
                     "\"SendTime\":\"2026-01-05T14:33:32Z\",\"Sender\":{\"UserId\":\"ada\","
                     "\"Attributes\":{\"name\":\"ada\",\"role\":\"%s\"}}}",
                     id,
                     id,
                     role);
  sc_fake_room_broadcast (fixture->server, json);
}

/* What a person has become counts more than what an older token says. */
static void
test_roles (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  say_as (fixture, "m1", "moderator");
  say_as (fixture, "m2", "streamer");
  say_as (fixture, "m3", "king");
  sc_fake_room_announce (fixture->server, "streamcat:ROLE", "{'UserId':'ada','Role':'viewer'}");
  say_as (fixture, "m4", "moderator");
  wait_text (fixture, "m1|m2|m3|m4");
  static const ScChatRole roles[] = { SC_CHAT_MODERATOR,
                                      SC_CHAT_STREAMER,
                                      SC_CHAT_VIEWER,
                                      SC_CHAT_VIEWER };
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    g_assert_cmpint (sc_chat_line_get_role (sct_room_get_line (fixture, i)), ==, roles[i]);

  fixture->role = SC_CHAT_MODERATOR;
  sc_fake_room_announce (fixture->server, "streamcat:ROLE", "{'UserId':'mia','Role':'moderator'}");
  while (sc_chat_room_get_role (fixture->room) != SC_CHAT_MODERATOR)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_blocks (SctRoom *fixture, gconstpointer data)
{
  const char *const blocked[] = { "bob", NULL };
  sct_room_enter (fixture);
  sc_fake_room_say (fixture->server, "bob", "m1", "rude");
  sc_fake_room_say (fixture->server, "ada", "m2", "well");
  wait_text (fixture, "rude|well");
  g_assert_cmpstr (sc_chat_room_find_person (fixture->room, "BOB"), ==, "bob");
  sc_chat_room_set_blocked (fixture->room, blocked);
  sc_fake_room_say (fixture->server, "bob", "m3", "again");
  sc_fake_room_say (fixture->server, "ada", "m4", "so");
  wait_text (fixture, "well|so");
  sc_chat_room_set_blocked (fixture->room, NULL);
  wait_text (fixture, "rude|well|again|so");
  g_auto (GStrv) names = sc_chat_room_complete_name (fixture->room, "@B", 5);
  g_assert_cmpstr (names[0], ==, "bob");
}

/* A line waits until the picture of its moment is on screen; ours do not. */
static void
test_in_time (SctRoom *fixture, gconstpointer data)
{
  sct_room_enter (fixture);
  g_assert_cmpstr (sc_chat_room_get_name (fixture->room), ==, "mia");
  sc_chat_room_set_picture_time (fixture->room, g_get_real_time () - 50 * SECOND);
  sc_fake_room_say (fixture->server, "ada", "m1", "goal!");
  sct_room_say (fixture, "hi");
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 0), SC_CHAT_LINE_SHOWN);
  wait_text (fixture, "hi");
  sc_chat_room_set_picture_time (fixture->room, g_get_real_time ());
  wait_text (fixture, "goal!|hi");
}

/* The log lags: what it had not yet when one joined comes later, and nothing comes twice. */
static void
test_joins (SctRoom *fixture, gconstpointer data)
{
  gint64 now = g_get_real_time ();
  sc_chat_room_set_history (fixture->room, sc_fake_log_ask, fixture->log, NULL);
  sc_fake_log_store (fixture->log, "1", "ada", now - 60 * SECOND);
  sc_fake_log_store (fixture->log, "2", "bob", now - 50 * SECOND);
  sct_room_enter (fixture);
  wait_text (fixture, "1|2");
  sc_fake_room_say (fixture->server, "ada", "5", "5");
  wait_text (fixture, "1|2|5");
  sc_fake_log_store (fixture->log, "4", "bob", now - 5 * SECOND);
  sc_fake_log_store (fixture->log, "5", "ada", now);
  wait_text (fixture, "1|2|4|5");
  sc_fake_log_store (fixture->log, "3", "bob", now - 7 * SECOND); /* later still */
  wait_text (fixture, "1|2|3|4|5");
}

static void
test_log_fails (SctRoom *fixture, gconstpointer data)
{
  sc_chat_room_set_history (fixture->room, sc_fake_log_ask, fixture->log, NULL);
  sc_fake_log_store (fixture->log, "1", "ada", g_get_real_time () - SECOND);
  sc_fake_log_fail (fixture->log, 6);
  sct_room_enter (fixture);
  wait_text (fixture, "1");
  g_assert_cmpuint (sc_fake_log_count_asked (fixture->log), ==, 7);
}

/* What was said while there was no connection is there afterwards, and that a line of ours arrived
 * which nobody confirmed. */
static void
test_comes_back (SctRoom *fixture, gconstpointer data)
{
  sc_chat_room_set_history (fixture->room, sc_fake_log_ask, fixture->log, NULL);
  sct_room_enter (fixture);
  sc_fake_room_say (fixture->server, "ada", "m1", "before");
  wait_text (fixture, "before");
  sc_fake_room_set_silent (fixture->server, TRUE);
  sct_room_say (fixture, "mine");
  sct_room_wait_requests (fixture, 1);
  sc_fake_room_set_status (fixture->server, 503);
  sc_fake_room_cut (fixture->server);
  ScChatLine *line = sct_room_get_line (fixture, 1);
  sct_room_wait_line (fixture, line, SC_CHAT_LINE_UNCONFIRMED);
  gint64 now = g_get_real_time ();
  for (guint i = 0; i < 250; i++) {
    g_autofree char *id = g_strdup_printf ("missed-%u", i);
    sc_fake_log_store (fixture->log, id, "ada", now + i);
  }
  sc_fake_log_store (fixture->log, "m2", "mia", now + 300);
  sc_fake_log_set_text (fixture->log, "m2", "mine");
  sc_fake_room_set_status (fixture->server, 0);
  sct_room_wait_line (fixture, line, SC_CHAT_LINE_SHOWN);
  sct_room_wait_count (fixture, 252);
  g_assert_true (sct_room_get_line (fixture, 251) == line);
  g_assert_cmpstr (sc_chat_line_get_text (sct_room_get_line (fixture, 1)), ==, "missed-0");
  g_assert_cmpuint (sc_fake_room_count_requests (fixture->server), ==, 1);
}

static void
say_at (SctRoom *fixture, const char *id, gint64 time)
{
  g_autofree char *text = sc_time_to_string_exact (time);
  g_autofree char *json =
    g_strdup_printf ("{\"Type\":\"MESSAGE\",\"Id\":\"%s\",\"Content\":\"%s\",\"SendTime\":\"%s\","
                     "\"Sender\":{\"UserId\":\"ada\"}}",
                     id,
                     id,
                     text);
  sc_fake_room_broadcast (fixture->server, json);
}

/* The log may have our line before its echo comes. */
static void
test_log_is_faster (SctRoom *fixture, gconstpointer data)
{
  sc_chat_room_set_history (fixture->room, sc_fake_log_ask, fixture->log, NULL);
  sct_room_enter (fixture);
  sc_fake_room_set_silent (fixture->server, TRUE);
  sct_room_say (fixture, "mine");
  sct_room_wait_requests (fixture, 1);
  sc_fake_log_store (fixture->log, "m1", "mia", g_get_real_time ());
  sc_fake_log_set_text (fixture->log, "m1", "mine");
  wait_text (fixture, "mine|mine");
  sc_fake_room_say (fixture->server, "mia", "m1", "mine");
  wait_text (fixture, "mine");
  g_assert_cmpstr (sc_chat_line_get_id (sct_room_get_line (fixture, 0)), ==, "m1");
}

/* The log has a line of ours as the review left it, and that is the one that nobody confirmed. */
static void
test_log_has_it_masked (SctRoom *fixture, gconstpointer data)
{
  sc_chat_room_set_history (fixture->room, sc_fake_log_ask, fixture->log, NULL);
  sct_room_enter (fixture);
  sc_fake_room_set_silent (fixture->server, TRUE);
  sct_room_say (fixture, "what a damn LONG noooooo");
  sct_room_wait_requests (fixture, 1);
  sc_fake_room_cut (fixture->server);
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 0), SC_CHAT_LINE_UNCONFIRMED);
  sc_fake_log_store (fixture->log, "m1", "mia", g_get_real_time ());
  sc_fake_log_set_text (fixture->log, "m1", "what a •••• long nooo");
  wait_text (fixture, "what a •••• long nooo");
  g_assert_cmpint (sc_chat_line_get_state (sct_room_get_line (fixture, 0)), ==, SC_CHAT_LINE_SHOWN);
}

/* What was deleted while there was no connection goes; what the log just has not yet stays. */
static void
test_deleted_meanwhile (SctRoom *fixture, gconstpointer data)
{
  static const char *const ids[] = { "m1", "m2", "m3", "late" };
  static const guint ages[] = { 60, 55, 50, 45 };
  sc_chat_room_set_history (fixture->room, sc_fake_log_ask, fixture->log, NULL);
  sct_room_enter (fixture);
  gint64 now = g_get_real_time ();
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    say_at (fixture, ids[i], now - ages[i] * SECOND);
  wait_text (fixture, "m1|m2|m3|late");
  sc_fake_room_cut (fixture->server);
  sct_room_wait_state (fixture, SC_CHAT_WAITING);
  sc_fake_log_store (fixture->log, "m1", "ada", now - 60 * SECOND);
  sc_fake_log_store (fixture->log, "m3", "ada", now - 50 * SECOND);
  sc_fake_log_store (fixture->log, "new", "ada", now - 40 * SECOND);
  sct_room_wait_line (fixture, sct_room_get_line (fixture, 1), SC_CHAT_LINE_DELETED);
  wait_text (fixture, "m1||m3|late|new");
}

/* After hours without a connection the list begins after the gap. */
static void
test_long_absence (SctRoom *fixture, gconstpointer data)
{
  sc_chat_room_set_history (fixture->room, sc_fake_log_ask, fixture->log, NULL);
  gint64 now = g_get_real_time ();
  sc_fake_log_store (fixture->log, "old", "ada", now - 7200 * SECOND);
  sct_room_enter (fixture);
  wait_text (fixture, "old");
  sc_fake_room_set_status (fixture->server, 503);
  sc_fake_room_cut (fixture->server);
  sct_room_wait_state (fixture, SC_CHAT_WAITING);
  for (guint i = 0; i < 1500; i++) {
    g_autofree char *id = g_strdup_printf ("missed-%u", i);
    sc_fake_log_store (fixture->log, id, "ada", now - 7000 * SECOND + i);
  }
  sc_fake_room_set_status (fixture->server, 0);
  sct_room_wait_state (fixture, SC_CHAT_OPEN);
  while (sct_room_count_lines (fixture) < 900)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  guint n = sct_room_count_lines (fixture);
  g_assert_cmpuint (n, <=, SC_CHAT_LIST_MAX);
  for (guint i = 0; i < n; i++) {
    g_autofree char *text = g_strdup_printf ("missed-%u", 1500 - n + i);
    g_assert_cmpstr (sc_chat_line_get_text (sct_room_get_line (fixture, i)), ==, text);
  }
}

static gboolean
load_older (SctRoom *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DexFuture) future = sc_chat_room_load_older (fixture->room);
  sc_test_wait (future);
  const GValue *value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  return g_value_get_boolean (value);
}

static void
test_older (SctRoom *fixture, gconstpointer data)
{
  gint64 now = g_get_real_time ();
  g_object_set (fixture->room, "max-lines", 200, NULL);
  sc_chat_room_set_history (fixture->room, sc_fake_log_ask, fixture->log, NULL);
  for (guint i = 0; i < 450; i++) {
    g_autofree char *id = g_strdup_printf ("%u", i);
    sc_fake_log_store (fixture->log, id, "ada", now - 1000 * SECOND + i);
  }
  sct_room_enter (fixture);
  sct_room_wait_count (fixture, 100);
  sc_chat_room_set_reading_back (fixture->room, TRUE);
  g_assert_true (load_older (fixture));
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, 200);
  g_assert_true (load_older (fixture));
  g_assert_true (load_older (fixture));
  sc_fake_log_fail (fixture->log, 1);
  g_autoptr (DexFuture) failed = sc_chat_room_load_older (fixture->room);
  sc_test_wait (failed);
  g_assert_true (dex_future_is_rejected (failed));
  g_assert_false (load_older (fixture));
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, 450);
  g_assert_cmpstr (sc_chat_line_get_text (sct_room_get_line (fixture, 0)), ==, "0");

  /* Back at the newest, and up once more. */
  sc_chat_room_set_reading_back (fixture->room, FALSE);
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, 180);
  sc_chat_room_set_reading_back (fixture->room, TRUE);
  g_assert_true (load_older (fixture));
  g_assert_cmpstr (sc_chat_line_get_text (sct_room_get_line (fixture, 0)), ==, "250");
  g_assert_cmpuint (sct_room_count_lines (fixture), ==, 200);
}

/* A world in which things happen in any order, and what a room is told of it. */

#define N_LINES 60
#define N_WORLDS 150

typedef struct {
  gint64 time;
  const char *user_id;
  gboolean said;
  gboolean stored;
  gboolean deleted;
} Said;

typedef struct {
  GRand *random;
  ScChatRoom *room;
  Said lines[N_LINES];
  guint n_said;
  gint64 now;
  gint64 purged_at[3]; /* each person's, 0 for not */
  gboolean connected;
  GQueue pages; /* on their way */
} World;

static const char *const people[] = { "ada", "bob", "cid" };

static void
tell (World *world, const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  sc_chat_room_take_push (world->room, bytes);
}

static void
tell_event (World *world, const char *name, const char *attributes)
{
  g_autofree char *time = sc_time_to_string_exact (world->now);
  g_autofree char *json =
    g_strdup_printf ("{'Type':'EVENT','Id':'e','EventName':'%s','Attributes':{%s},'SendTime':'%s'}",
                     name,
                     attributes,
                     time);
  tell (world, json);
}

static void
tell_line (World *world, guint i)
{
  g_autofree char *time = sc_time_to_string_exact (world->lines[i].time);
  g_autofree char *json =
    g_strdup_printf ("{'Type':'MESSAGE','Id':'%u','Content':'line','SendTime':'%s',"
                     "'Sender':{'UserId':'%s'}}",
                     i,
                     time,
                     world->lines[i].user_id);
  if (world->connected)
    tell (world, json);
}

static guint
get_person (const char *user_id)
{
  guint i = 0;
  while (!g_str_equal (people[i], user_id))
    i++;
  return i;
}

static gboolean
is_to_be_shown (World *world, const Said *line)
{
  return line->said && !line->deleted && line->time > world->purged_at[get_person (line->user_id)];
}

/* A page as the log gives it now; it arrives some time later. */
static void
ask (World *world)
{
  ScChatPage *page = sc_chat_page_new ();
  for (guint i = 0; i < N_LINES; i++) {
    const Said *line = &world->lines[i];
    if (!line->stored || !is_to_be_shown (world, line))
      continue;
    ScChatRecord *record = g_new0 (ScChatRecord, 1);
    record->id = g_strdup_printf ("%u", i);
    record->user_id = g_strdup (line->user_id);
    record->text = g_strdup ("line");
    record->sent_at = line->time;
    record->offset_ms = -1;
    g_ptr_array_add (page->records, record);
  }
  g_queue_push_tail (&world->pages, page);
}

static void
take_page (World *world)
{
  g_autoptr (ScChatPage) page = g_queue_pop_head (&world->pages);
  if (page)
    sc_chat_room_take_page (page, FALSE, world->room);
}

static void
delete_line (World *world, guint i, gboolean deleted)
{
  g_autofree char *gone = g_strdup_printf ("'MessageID':'%u'", i);
  g_autofree char *back = g_strdup_printf ("'MessageId':'%u','ActionId':'d%u'", i, i);
  if (!world->lines[i].said || world->lines[i].deleted == deleted)
    return;
  world->lines[i].deleted = deleted;
  tell_event (world, deleted ? "aws:DELETE_MESSAGE" : "streamcat:RESTORED", deleted ? gone : back);
}

static void
purge (World *world, guint person, gboolean purged)
{
  g_autofree char *attributes =
    g_strdup_printf ("'UserId':'%s','ActionId':'p%u'", people[person], person);
  if ((world->purged_at[person] != 0) == purged)
    return;
  world->purged_at[person] = purged ? world->now : 0;
  tell_event (world, purged ? "streamcat:PURGED" : "streamcat:RESTORED", attributes);
}

static void
step (World *world)
{
  guint i = (guint) g_rand_int_range (world->random, 0, N_LINES);
  world->now += 1000;
  switch (g_rand_int_range (world->random, 0, 16)) {
  case 0:
    world->connected = !world->connected;
    break;
  case 1:
    delete_line (world, i, TRUE);
    break;
  case 2:
    delete_line (world, i, FALSE);
    break;
  case 3:
    purge (world, i % 3, TRUE);
    break;
  case 4:
    purge (world, i % 3, FALSE);
    break;
  case 5:
    ask (world);
    break;
  case 6:
    take_page (world);
    break;
  case 7:
    if (world->lines[i].said) /* once more, by another connection */
      tell_line (world, i);
    break;
  case 8:
  case 9:
  case 10:
    world->lines[i].stored = world->lines[i].said;
    break;
  default:
    if (world->n_said == N_LINES)
      break;
    i = world->n_said++;
    world->lines[i] = (Said) { .time = world->now,
                               .user_id = people[g_rand_int_range (world->random, 0, 3)],
                               .said = TRUE };
    tell_line (world, i);
    break;
  }
}

/* The pages that were on their way come, then all is told again, as after coming back. */
static void
settle (World *world)
{
  while (!g_queue_is_empty (&world->pages))
    take_page (world);
  for (guint i = 0; i < N_LINES; i++)
    world->lines[i].stored = world->lines[i].said;
  ask (world);
  take_page (world);
}

static void
check (World *world, guint32 seed)
{
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (GString) shown = g_string_new (NULL);
  GListModel *lines = sc_chat_room_get_lines (world->room);
  for (guint i = 0; i < N_LINES; i++)
    if (is_to_be_shown (world, &world->lines[i]))
      g_string_append_printf (expected, "%u ", i);
  for (guint i = 0; i < g_list_model_get_n_items (lines); i++) {
    g_autoptr (ScChatLine) line = g_list_model_get_item (lines, i);
    if (sc_chat_line_get_state (line) != SC_CHAT_LINE_DELETED)
      g_string_append_printf (shown, "%s ", sc_chat_line_get_id (line));
  }
  if (!g_str_equal (expected->str, shown->str))
    g_error ("World %u: expected %s, shown %s", seed, expected->str, shown->str);
}

static DexFuture *
refuse (gpointer user_data)
{
  return dex_future_new_reject (SC_CHAT_ERROR, SC_CHAT_ERROR_REFUSED, "Not asked");
}

static void
run_world (guint32 seed)
{
  ScChatTiming timing = sct_room_timing;
  timing.batch_ms = 0;
  World world = { .random = g_rand_new_with_seed (seed),
                  .room = sc_chat_room_new (refuse, NULL, NULL, &timing),
                  .now = 1700000000 * SECOND,
                  .connected = TRUE };
  for (guint i = 0; i < 400; i++) {
    step (&world);
    if (i % 7 == 0)
      g_main_context_iteration (NULL, FALSE);
  }
  settle (&world);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  check (&world, seed);
  g_assert_finalize_object (world.room);
  g_rand_free (world.random);
}

static void
test_any_order (void)
{
  for (guint32 seed = 1; seed <= N_WORLDS; seed++)
    run_world (seed);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, test)                                                                            \
  g_test_add ("/room-events/" name, SctRoom, NULL, sct_room_set_up, test, sct_room_tear_down)
  ADD ("deletes", test_deletes);
  ADD ("channel", test_channel);
  ADD ("purges", test_purges);
  ADD ("restored-from-log", test_restored_from_log);
  ADD ("approves", test_approves);
  ADD ("approves-ours", test_approves_ours);
  ADD ("roles", test_roles);
  ADD ("blocks", test_blocks);
  ADD ("in-time", test_in_time);
  ADD ("joins", test_joins);
  ADD ("log-fails", test_log_fails);
  ADD ("comes-back", test_comes_back);
  ADD ("log-is-faster", test_log_is_faster);
  ADD ("log-has-it-masked", test_log_has_it_masked);
  ADD ("deleted-meanwhile", test_deleted_meanwhile);
  ADD ("long-absence", test_long_absence);
  ADD ("older", test_older);
  g_test_add_func ("/room-events/any-order", test_any_order);
  return g_test_run ();
}
