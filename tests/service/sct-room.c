/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-room.h"

#include "sc-ivschat.h"
#include "sc-json.h"
#include "sc-tick.h"

#include <string.h>

/* As provisioning makes it. */
static char *
make_room (SctService *service)
{
  g_autoptr (GError) error = NULL;
  char *logging[] = { (char *) SCT_LOGGING_ARN, NULL };
  const ScIvsRoom wanted = { .name = (char *) "ada-0123",
                             .review_uri = (char *) SCT_REVIEW_ARN,
                             .review_fallback = (char *) "DENY",
                             .logging_configuration_arns = logging };
  g_autoptr (ScIvsRoom) room = sc_ivschat_create_room (service->aws, &wanted, &error);
  g_assert_no_error (error);
  return g_strdup (room->arn);
}

/**
 * sct_room_set_up:
 * @self: the fixture
 * @data: not used
 *
 * Makes the room and its people.
 */
void
sct_room_set_up (SctRoom *self, gconstpointer data)
{
  self->control = sct_control_new ();
  self->bucket = sct_bucket_new ();
  self->service = sct_service_new_with_bucket (sct_control_get_url (self->control),
                                               sct_bucket_get_url (self->bucket));
  /* Before its people: with each of them a room is asked for, and of five at once the fifth is
   * refused. This one is needed, theirs are not. */
  self->room_arn = make_room (self->service);
  self->ada = sct_service_sign_up (self->service, "ada");
  self->mo = sct_service_sign_up (self->service, "mo0");
  self->bob = sct_service_sign_up (self->service, "bob");
  self->eve = sct_service_sign_up (self->service, "eve");
  g_autofree char *sql =
    g_strdup_printf ("UPDATE channels SET room_arn = NULL, state = 'failed';"
                     "UPDATE channels SET room_arn = '%s' WHERE name = 'ada';"
                     "INSERT INTO moderators SELECT a.id, m.id, now() FROM users a, users m"
                     " WHERE a.name = 'ada' AND m.name = 'mo0'",
                     self->room_arn);
  sct_service_run (self->service, sql);
}

/**
 * sct_room_tear_down:
 * @self: the fixture
 * @data: not used
 *
 * Frees what sct_room_set_up() made.
 */
void
sct_room_tear_down (SctRoom *self, gconstpointer data)
{
  sct_service_free (self->service);
  sct_bucket_free (self->bucket);
  sct_control_free (self->control);
  g_free (self->room_arn);
  g_free (self->ada);
  g_free (self->mo);
  g_free (self->bob);
  g_free (self->eve);
}

/**
 * sct_room_dup_id_of:
 * @self: the fixture
 * @name: a user's name
 *
 * Returns: (transfer full): who they are to others
 */
char *
sct_room_dup_id_of (SctRoom *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->service->store, &error);
  g_assert_no_error (error);
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT public_id::text FROM users WHERE name = $1",
                    SC_PARAMS (sc_text (name)),
                    &error);
  g_assert_no_error (error);
  return g_strdup (sc_store_result_get_text (result, 0, 0));
}

/**
 * sct_room_say:
 * @self: the fixture
 * @line_id: 12 letters and digits
 * @name: who says it
 * @text: what
 *
 * Puts a line into the history of the room, said a second ago.
 */
void
sct_room_say (SctRoom *self, const char *line_id, const char *name, const char *text)
{
  g_autofree char *id = sct_room_dup_id_of (self, name);
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO chat_lines (user_id, id, sent_at, sender_id, sender_name, content, received_at)"
    " SELECT id, '%s', to_timestamp(%" G_GINT64_FORMAT "), '%s', '%s', '%s', now() FROM users"
    " WHERE name = 'ada'",
    line_id,
    self->service->now / G_USEC_PER_SEC - 1,
    id,
    name,
    text);
  sct_service_run (self->service, sql);
}

/**
 * sct_room_ask:
 * @self: the fixture
 * @method: a method
 * @target: a path, perhaps with a query
 * @token: (nullable): who asks
 * @body: (nullable): a body
 * @status: the status that the answer must have
 *
 * Returns: (transfer full) (nullable): the answer's body
 */
JsonObject *
sct_room_ask (SctRoom *self,
              const char *method,
              const char *target,
              const char *token,
              const char *body,
              guint status)
{
  g_autoptr (ScResponse) response = sct_service_call (self->service, method, target, token, body);
  if (response->status != status)
    g_test_message ("%s %s: %u %s", method, target, response->status, response->cause);
  g_assert_cmpuint (response->status, ==, status);
  return response->body ? sct_response_object (response) : NULL;
}

/**
 * sct_room_act:
 * @self: the fixture
 * @token: who acts
 * @body: what they do
 * @pending: how much must not have reached the room
 *
 * Returns: (transfer full): the id of the action
 */
char *
sct_room_act (SctRoom *self, const char *token, const char *body, gint64 pending)
{
  g_autoptr (JsonObject) answer =
    sct_room_ask (self, "POST", SCT_CHAT "/actions", token, body, 201);
  g_assert_cmpint (json_object_get_int_member (answer, "pending"), ==, pending);
  JsonObject *action = json_object_get_object_member (answer, "action");
  return g_strdup (json_object_get_string_member (action, "id"));
}

/**
 * sct_room_refuse:
 * @self: the fixture
 * @token: (nullable): who posts
 * @target: where to
 * @body: (nullable): what
 * @status: the status that the answer must have
 * @code: the code of its error
 */
void
sct_room_refuse (SctRoom *self,
                 const char *token,
                 const char *target,
                 const char *body,
                 guint status,
                 const char *code)
{
  g_autoptr (JsonObject) answer = sct_room_ask (self, "POST", target, token, body, status);
  JsonObject *error = json_object_get_object_member (answer, "error");
  g_assert_cmpstr (json_object_get_string_member (error, "code"), ==, code);
}

/**
 * sct_room_tick:
 * @self: the fixture
 *
 * Lets rooms be told what is due now.
 */
void
sct_room_tick (SctRoom *self)
{
  g_autoptr (GError) error = NULL;
  sc_tick_rooms (self->service->service, &error);
  g_assert_no_error (error);
}

/**
 * sct_room_assert_told:
 * @self: the fixture
 * @patterns: (array zero-terminated=1): globs, each for one event, in order
 *
 * Checks that the room was told just that since this was last asked.
 */
void
sct_room_assert_told (SctRoom *self, const char *const *patterns)
{
  g_autofree char *told = sct_control_take_told (self->control);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (told), "\n", -1);
  for (guint i = 0; patterns[i]; i++) {
    g_test_message ("told: %s", lines[i] ? lines[i] : "nothing");
    g_assert_nonnull (lines[i]);
    g_assert_true (g_pattern_match_simple (patterns[i], lines[i]));
  }
  g_assert_cmpstr (lines[g_strv_length ((char **) patterns)], ==, NULL);
}

/**
 * sct_room_dup_rules:
 * @self: the fixture
 *
 * Returns: (transfer full): the rules of the room as they are in the bucket
 */
JsonObject *
sct_room_dup_rules (SctRoom *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = sct_bucket_dup_written (self->bucket, &path);
  g_assert_nonnull (text);
  g_autofree char *wanted =
    g_strdup_printf ("/" SCT_RULES_BUCKET "/rules/%s.json", strstr (self->room_arn, "room/") + 5);
  g_assert_cmpstr (path, ==, wanted);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  JsonObject *rules = sc_json_parse (bytes, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  return rules;
}
