/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Three in one room of a real local cloud: the streamer ada and the viewer grace, each at a real
 * app with a window of its own, and mary with Amazon's own chat client. The tests are one story and
 * run in this order. */

#include "config.h"

#include "sct-api.h"
#include "sct-bystander.h"
#include "sct-wait.h"
#include "tour-hands.h"
#include "tour-wait.h"
#include "tour-world.h"

#define TITLE "The three of us"
#define REASON "be kind"

/* What ada does not want to read. */
#define TERM "gossip"

#define WINDOW_WIDTH 1290
#define WINDOW_HEIGHT 800

/* What takes longer than this does not come, on a busy machine either. */
#define SOON 30

/* What is promised from a ban to its end of the conversation. */
#define BAN_SECONDS 5

typedef struct {
  SctLocal *cloud;
  TourWorld *world;
  SctApi *ada; /* what ada's and grace's apps are, at the API */
  SctApi *grace;
  SctBystander *mary;
} Room;

/* What people do. Each fails the test where it cannot be done. */

static void
see (TourPerson *person, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtspiAccessible) seen = tour_see (person, TOUR_ANY_ROLE, name, SOON, &error);
  if (!seen)
    tour_print_tree (person);
  g_assert_no_error (error);
}

static void
see_gone (TourPerson *person, const char *name)
{
  g_autoptr (GError) error = NULL;
  tour_see_gone (person, TOUR_ANY_ROLE, name, SOON, &error);
  g_assert_no_error (error);
}

static void
press (TourPerson *person, AtspiRole role, const char *name)
{
  g_autoptr (GError) error = NULL;
  tour_press (person, role, name, &error);
  g_assert_no_error (error);
}

static void
type (TourPerson *person, const char *field, const char *text)
{
  g_autoptr (GError) error = NULL;
  tour_type (person, field, text, &error);
  g_assert_no_error (error);
}

static void
say (TourPerson *person, const char *text)
{
  type (person, "Chat message", text);
  press (person, ATSPI_ROLE_BUTTON, "Send");
}

static void
see_line (Room *room, const char *name, const char *text)
{
  g_autofree char *line = g_strdup_printf ("%s said %s", name, text);
  see (room->world->streamer, line);
  see (room->world->viewer, line);
  sct_bystander_wait (room->mary, "message", "text", text);
}

/* The way in. */

static char *
wait_for_server (Room *room)
{
  g_autoptr (JsonObject) body = NULL;
  g_assert_cmpuint (sct_api_call (room->ada, "GET", "/v1/me/channel", NULL, &body), ==, 200);
  JsonObject *channel = json_object_get_object_member (body, "channel");
  return g_strdup (json_object_get_string_member (channel, "ingest_server"));
}

static void
go_live (Room *room)
{
  g_autoptr (GError) error = NULL;
  const char *title = "{\"title\":\"" TITLE "\"}";
  g_autofree char *key = sct_api_wait_for_key (room->ada);
  g_assert_cmpuint (sct_api_call (room->ada, "PATCH", "/v1/me/channel", title, NULL), ==, 200);
  room->world->server = wait_for_server (room);
  tour_world_publish (room->world, key, TOUR_ENDLESS, "encoder.log", &error);
  g_assert_no_error (error);
}

/* Before anybody speaks: the review looks for new rules every five seconds only. */
static void
set_rules (Room *room)
{
  const char *settings =
    "{\"rules\":{\"terms\":\"refuse\",\"links\":\"hold\"},\"terms\":[\"" TERM "\"]}";
  const char *path = "/v1/channels/ada/chat/settings";
  g_assert_cmpuint (sct_api_call (room->ada, "PATCH", path, settings, NULL), ==, 200);
}

static TourPerson *
start_app (Room *room, const char *name, int x)
{
  g_autoptr (GError) error = NULL;
  TourPerson *person = tour_world_add_person (room->world, name);
  tour_person_setenv (person, "STREAMCAT_SERVER", room->world->api_url);
  tour_person_give_own_bus (person, &error);
  g_assert_no_error (error);
  tour_person_start_app (person, &error);
  g_assert_no_error (error);
  tour_eyes_place (room->world->eyes, person, x, WINDOW_WIDTH, WINDOW_HEIGHT, &error);
  g_assert_no_error (error);
  return person;
}

static void
sign_in (TourPerson *person)
{
  g_autofree char *password = g_strconcat ("password of ", tour_person_get_name (person), NULL);
  press (person, ATSPI_ROLE_BUTTON, "Sign In");
  type (person, "Name", tour_person_get_name (person));
  type (person, "Password", password);
  press (person, ATSPI_ROLE_BUTTON, "Sign In");
  press (person, ATSPI_ROLE_BUTTON, "*" TITLE "*");
  see (person, "Chat message");
}

static SctApi *
sign_up (Room *room, const char *name)
{
  SctApi *api = sct_api_new (room->cloud);
  sct_api_sign_up (api, name);
  return api;
}

static void
come_together (Room *room, const char *pictures)
{
  g_autoptr (GError) error = NULL;
  room->cloud = sct_local_new ();
  sct_local_start (room->cloud, NULL);
  sct_local_wait_ready (room->cloud);
  room->ada = sign_up (room, "ada");
  room->grace = sign_up (room, "grace");
  room->world = tour_world_new (SCT_BUILD, pictures, &error);
  g_assert_no_error (error);
  room->world->api_url = g_strdup (sct_local_get (room->cloud, "api_url"));
  room->world->ca_file = g_strdup (sct_local_get (room->cloud, "ca_file"));
  go_live (room);
  set_rules (room);
  room->world->streamer = start_app (room, "ada", 0);
  sign_in (room->world->streamer);
  press (room->world->streamer, ATSPI_ROLE_BUTTON, "Pause");
  room->world->viewer = start_app (room, "grace", WINDOW_WIDTH);
  sign_in (room->world->viewer);
  room->mary = sct_bystander_new (room->cloud, "ada", "mary");
  sct_bystander_enter (room->mary);
  sct_bystander_wait (room->mary, "connect", "what", NULL);
}

static void
part (Room *room)
{
  sct_bystander_free (room->mary);
  tour_world_free (room->world);
  sct_api_free (room->grace);
  sct_api_free (room->ada);
  sct_local_free (room->cloud);
}

/* The story. */

typedef struct {
  TourPerson *person;
  char **wanted;
  char **seen;
} Reading;

/* The lines of a window, each once. */
static gboolean
reads_the_same (gpointer data)
{
  Reading *reading = data;
  g_clear_pointer (&reading->seen, g_strfreev);
  reading->seen = tour_list (reading->person, ATSPI_ROLE_LIST_ITEM, "* said *");
  return g_strv_equal ((const char *const *) reading->seen, (const char *const *) reading->wanted);
}

static void
assert_reads (TourPerson *person, char **wanted)
{
  Reading reading = { .person = person, .wanted = wanted };
  if (!tour_wait (SOON, reads_the_same, &reading)) {
    g_autofree char *seen = g_strjoinv ("\n", reading.seen);
    g_autofree char *asked = g_strjoinv ("\n", reading.wanted);
    g_error ("%s reads\n%s\nand not\n%s", tour_person_get_name (person), seen, asked);
  }
  g_strfreev (reading.seen);
}

/* In turn, and then all at once, where only the room knows the order. */
static void
test_same_lines (gconstpointer data)
{
  Room *room = (Room *) data;
  say (room->world->streamer, "Good evening");
  see_line (room, "ada", "Good evening");
  say (room->world->viewer, "Is that a loom?");
  see_line (room, "grace", "Is that a loom?");
  sct_bystander_say (room->mary, "It is <b>one</b> & 🐱");
  see_line (room, "mary", "It is <b>one</b> & 🐱");

  sct_bystander_say (room->mary, "one of three");
  say (room->world->streamer, "two of three");
  say (room->world->viewer, "three of three");
  see_line (room, "mary", "one of three");
  see_line (room, "ada", "two of three");
  see_line (room, "grace", "three of three");

  g_auto (GStrv) lines = sct_bystander_list_lines (room->mary);
  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  assert_reads (room->world->streamer, lines);
  assert_reads (room->world->viewer, lines);
}

/* The menu of the newest line of that name. */
static void
open_menu (TourPerson *person, const char *line, const char *item)
{
  g_autoptr (GError) error = NULL;
  tour_open_menu (person, line, item, &error);
  g_assert_no_error (error);
  press (person, ATSPI_ROLE_MENU_ITEM, item);
}

static void
test_deletion (gconstpointer data)
{
  Room *room = (Room *) data;
  say (room->world->viewer, "this is rude");
  see_line (room, "grace", "this is rude");
  open_menu (room->world->streamer, "grace said this is rude", "Delete Message");

  JsonObject *line = sct_bystander_wait (room->mary, "message", "text", "this is rude");
  sct_bystander_wait (room->mary,
                      "messageDelete",
                      "id",
                      json_object_get_string_member (line, "id"));
  see_gone (room->world->streamer, "grace said this is rude");
  see_gone (room->world->viewer, "grace said this is rude");
  see (room->world->streamer, "grace’s message was deleted");
  see (room->world->viewer, "grace’s message was deleted");
}

/* What the review refuses stays with who wrote it, and says why; and so does the official client.
 */
static void
test_refused_line (gconstpointer data)
{
  Room *room = (Room *) data;
  say (room->world->viewer, "such " TERM);
  see (room->world->viewer, "Not sent: it has a word that is not wanted here.");
  sct_bystander_say (room->mary, "more " TERM);
  JsonObject *unsaid = sct_bystander_wait (room->mary, "unsaid", "text", "more " TERM);
  g_assert_cmpint (json_object_get_int_member (unsaid, "status"), ==, 406);
  g_assert_cmpstr (json_object_get_string_member (unsaid, "reason"), ==, "term");

  sct_bystander_say (room->mary, "after that");
  see_line (room, "mary", "after that");
  g_auto (GStrv) others = tour_list (room->world->streamer, TOUR_ANY_ROLE, "*" TERM "*");
  g_assert_cmpuint (g_strv_length (others), ==, 0);
}

typedef struct {
  Room *room;
  JsonObject *line;
} Held;

/* Returns the only member of a page's list. */
static gboolean
is_held (gpointer data)
{
  Held *held = data;
  g_autoptr (JsonObject) body = NULL;
  guint status = sct_api_call (held->room->ada, "GET", "/v1/channels/ada/chat/held", NULL, &body);
  g_assert_cmpuint (status, ==, 200);
  JsonArray *lines = json_object_get_array_member (body, "held");
  if (json_array_get_length (lines) == 0)
    return FALSE;
  held->line = json_object_ref (json_array_get_object_element (lines, 0));
  return TRUE;
}

static void
test_held_line (gconstpointer data)
{
  Room *room = (Room *) data;
  const char *text = "look at https://looms.example/jacquard";
  sct_bystander_say (room->mary, text);
  JsonObject *unsaid = sct_bystander_wait (room->mary, "unsaid", "text", text);
  g_assert_cmpstr (json_object_get_string_member (unsaid, "reason"), ==, "held");

  Held held = { .room = room };
  g_assert_true (tour_wait (SOON, is_held, &held));
  g_autoptr (JsonObject) line = held.line;
  g_assert_cmpstr (json_object_get_string_member (line, "text"), ==, text);
  g_autofree char *path =
    g_strconcat ("/v1/channels/ada/chat/held/", json_object_get_string_member (line, "id"), NULL);
  const char *verdict = "{\"verdict\":\"approve\"}";
  g_assert_cmpuint (sct_api_call (room->ada, "POST", path, verdict, NULL), ==, 200);
  g_autofree char *said = g_strconcat ("mary said ", text, NULL);
  see (room->world->streamer, said);
  see (room->world->viewer, said);
  sct_bystander_wait (room->mary, "event", "name", "streamcat:APPROVED");
}

static void
assert_out (SctApi *api)
{
  g_autoptr (JsonObject) body = NULL;
  g_assert_cmpuint (sct_api_call (api, "POST", "/v1/channels/ada/chat", NULL, &body), ==, 403);
  JsonObject *error = json_object_get_object_member (body, "error");
  g_assert_cmpstr (json_object_get_string_member (error, "code"), ==, "banned");
  g_assert_cmpstr (json_object_get_string_member (error, "reason"), ==, REASON);
}

static void
ban_at_window (TourPerson *ada, const char *line)
{
  open_menu (ada, line, "Ban…");
  type (ada, "Reason, which they read", REASON);
  press (ada, ATSPI_ROLE_BUTTON, "Ban");
}

/* Out, kept out, told why, and in again by an undo. */
static void
test_ban (gconstpointer data)
{
  Room *room = (Room *) data;
  TourPerson *ada = room->world->streamer, *grace = room->world->viewer;
  ban_at_window (ada, "grace said three of three");
  g_autoptr (GTimer) timer = g_timer_new ();
  see (grace, "You are banned from this chat. The moderators say: " REASON);
  double seconds = g_timer_elapsed (timer, NULL);
  g_test_minimized_result (seconds, "a banned person reads why after %.2f s", seconds);
  g_assert_cmpfloat (seconds, <, BAN_SECONDS);
  assert_out (room->grace);
  sct_bystander_wait (room->mary, "event", "name", "streamcat:PURGED");
  see_gone (ada, "grace said *");

  press (ada, ATSPI_ROLE_BUTTON, "Undo");
  sct_bystander_wait (room->mary, "event", "name", "streamcat:RESTORED");
  see (ada, "grace said three of three");
  press (grace, ATSPI_ROLE_BUTTON, "Retry");
  see (grace, "Chat message");
  say (grace, "in again");
  see_line (room, "grace", "in again");
}

static void
act (Room *room, const char *order)
{
  const char *path = "/v1/channels/ada/chat/actions";
  g_assert_cmpuint (sct_api_call (room->ada, "POST", path, order, NULL), ==, 201);
}

/* Amazon's own client is put out in the same way. */
static void
test_ban_of_a_client (gconstpointer data)
{
  Room *room = (Room *) data;
  g_autoptr (GTimer) timer = g_timer_new ();
  act (room, "{\"kind\":\"ban\",\"user_name\":\"mary\",\"reason\":\"" REASON "\"}");
  sct_bystander_wait (room->mary, "disconnect", "what", NULL);
  double seconds = g_timer_elapsed (timer, NULL);
  g_test_minimized_result (seconds, "a banned client is out after %.2f s", seconds);
  g_assert_cmpfloat (seconds, <, BAN_SECONDS);
  sct_bystander_wait (room->mary, "userDisconnect", "reason", "banned " REASON);
  sct_bystander_enter (room->mary);
  JsonObject *refused = sct_bystander_wait (room->mary, "refused", "what", NULL);
  g_assert_cmpstr (json_object_get_string_member (refused, "code"), ==, "banned");
  g_assert_cmpstr (json_object_get_string_member (refused, "reason"), ==, REASON);

  act (room, "{\"kind\":\"unban\",\"user_name\":\"mary\"}");
  sct_bystander_forget (room->mary);
  sct_bystander_enter (room->mary);
  sct_bystander_wait (room->mary, "connect", "what", NULL);
  sct_bystander_say (room->mary, "in again, too");
  see_line (room, "mary", "in again, too");
}

typedef struct {
  Room *room;
  char *id;
} Recorded;

static gboolean
is_recorded (gpointer data)
{
  Recorded *recorded = data;
  g_autoptr (JsonObject) body = NULL;
  sct_api_call (recorded->room->ada, "GET", "/v1/channels/ada/recordings", NULL, &body);
  JsonArray *recordings = json_object_get_array_member (body, "recordings");
  if (json_array_get_length (recordings) == 0)
    return FALSE;
  JsonObject *recording = json_array_get_object_element (recordings, 0);
  recorded->id = g_strdup (json_object_get_string_member (recording, "id"));
  return TRUE;
}

typedef struct {
  Room *room;
  char *path;
  char **wanted;
  char **lines;
} Replay;

static char **
list_lines (JsonArray *array)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  gint64 last = 0;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *line = json_array_get_object_element (array, i);
    g_strv_builder_take (lines,
                         g_strdup_printf ("%s said %s",
                                          json_object_get_string_member (line, "name"),
                                          json_object_get_string_member (line, "text")));
    gint64 offset = json_object_get_int_member (line, "offset_ms");
    g_assert_cmpint (offset, >=, last);
    last = offset;
  }
  return g_strv_builder_end (lines);
}

/* The log of a room comes some seconds after its lines. */
static gboolean
is_replayed (gpointer data)
{
  Replay *replay = data;
  g_autoptr (JsonObject) body = NULL;
  sct_api_call (replay->room->ada, "GET", replay->path, NULL, &body);
  g_strfreev (replay->lines);
  replay->lines = list_lines (json_object_get_array_member (body, "lines"));
  return g_strv_equal ((const char *const *) replay->lines, (const char *const *) replay->wanted);
}

/* What ada reads at the end of her stream is what her recording is replayed with. */
static void
test_replay (gconstpointer data)
{
  Room *room = (Room *) data;
  g_auto (GStrv) wanted = tour_list (room->world->streamer, ATSPI_ROLE_LIST_ITEM, "* said *");
  g_clear_pointer (&room->world->encoder, tour_encoder_stop);
  Recorded recorded = { .room = room };
  g_assert_true (tour_wait (SOON, is_recorded, &recorded));
  g_autofree char *id = recorded.id;
  Replay replay = { .room = room, .wanted = wanted };
  replay.path = g_strdup_printf ("/v1/recordings/%s/chat?from_ms=0&limit=500", id);
  if (!tour_wait (SOON, is_replayed, &replay)) {
    g_autofree char *lines = g_strjoinv ("\n", replay.lines);
    g_autofree char *asked = g_strjoinv ("\n", wanted);
    g_error ("The replay is\n%s\nand not\n%s", lines, asked);
  }
  g_strfreev (replay.lines);
  g_free (replay.path);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* libatspi warns of an app that is about to start. */
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  atspi_init ();
  static Room room;
  g_autofree char *pictures = g_build_filename (SCT_BUILD, "one-room", NULL);
  come_together (&room, pictures);
  g_test_add_data_func ("/one-room/the-same-lines", &room, test_same_lines);
  g_test_add_data_func ("/one-room/a-deletion", &room, test_deletion);
  g_test_add_data_func ("/one-room/a-refused-line", &room, test_refused_line);
  g_test_add_data_func ("/one-room/a-held-line", &room, test_held_line);
  g_test_add_data_func ("/one-room/a-ban", &room, test_ban);
  g_test_add_data_func ("/one-room/a-ban-of-a-client", &room, test_ban_of_a_client);
  g_test_add_data_func ("/one-room/a-replay", &room, test_replay);
  int status = g_test_run ();
  part (&room);
  return status;
}
