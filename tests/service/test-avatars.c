/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Own pictures, in the local cloud's bucket: shown, replaced, gone, and what is left of one whose
 * process died. In the end each object in the bucket is one that somebody shows. */

#include "config.h"

#include "sc-account-removal.h"
#include "sc-avatar-removal.h"
#include "sc-avatar-store.h"
#include "sc-errands.h"
#include "sc-json.h"
#include "sc-png.h"
#include "sct-control.h"
#include "sct-png.h"
#include "sct-service.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  SctControl *control;
  SctService *world;
  ScAws *aws;
  ScService *service;
  char *token;
} Fixture;

static gint64
read_clock (gpointer data)
{
  return ((SctService *) data)->now;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  char *environment[] = { (char *) "STREAMCAT_RECORDINGS_URL=" SCT_RECORDINGS_URL,
                          (char *) "STREAMCAT_RULES_BUCKET=" SCT_RULES_BUCKET,
                          NULL };
  self->control = sct_control_new ();
  self->world = sct_service_new (NULL);
  self->aws = sct_control_new_aws (sct_control_get_url (self->control), 5);
  self->service = sc_service_new (self->world->store, self->aws, environment);
  sc_service_set_clock (self->service, read_clock, self->world);
  self->token = sct_service_sign_up (self->world, "ada");
  g_autofree char *bucket = sct_control_build_object (self->control, SCT_RULES_BUCKET);
  g_assert_cmpint (g_mkdir_with_parents (bucket, 0700), ==, 0);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_free (self->token);
  sc_service_free (self->service);
  sc_aws_free (self->aws);
  sct_service_free (self->world);
  sct_control_free (self->control);
}

static ScResponse *
call (Fixture *self, const char *method, const char *path, GBytes *body)
{
  g_autofree char *authorization = g_strdup_printf ("Bearer %s", self->token);
  const ScRequest request = { .method = method,
                              .path = path,
                              .authorization = authorization,
                              .body = body };
  return sc_service_handle (self->service, &request);
}

/* Sends a picture of which each shade makes another one. */
static ScResponse *
put (Fixture *self, guint shade)
{
  g_autoptr (GBytes) png =
    sct_png_make_bytes (&(SctPng) { .width = 256, .height = 256, .shade = shade, .extras = TRUE });
  return call (self, "PUT", "/v1/me/avatar", png);
}

static char *
dup_url (ScResponse *response)
{
  g_assert_cmpuint (response->status, ==, 200);
  g_autoptr (JsonObject) body = sct_response_object (response);
  return g_strdup (json_object_get_string_member (body, "avatar_url"));
}

static char *
put_well (Fixture *self, guint shade)
{
  g_autoptr (ScResponse) response = put (self, shade);
  return dup_url (response);
}

static char *
dup_shown (Fixture *self, const char *path)
{
  g_autoptr (ScResponse) response = call (self, "GET", path, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  g_autoptr (JsonObject) body = sct_response_object (response);
  JsonObject *channel = json_object_get_object_member (body, "channel");
  g_assert_true (json_object_has_member (channel, "avatar_url"));
  return g_strdup (sc_json_get_string_or (channel, "avatar_url", NULL));
}

/* The file of the object behind a URL. */
static char *
build_file (Fixture *self, const char *url)
{
  g_assert_true (g_str_has_prefix (url, SCT_RECORDINGS_URL "/avatars/"));
  g_autofree char *path = g_strconcat (SCT_RULES_BUCKET, url + strlen (SCT_RECORDINGS_URL), NULL);
  return sct_control_build_object (self->control, path);
}

static gboolean
is_there (Fixture *self, const char *url)
{
  g_autofree char *file = build_file (self, url);
  return g_file_test (file, G_FILE_TEST_EXISTS);
}

static void
resume (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  sc_avatar_removal_resume (self->service, G_MAXINT64, &error);
  g_assert_no_error (error);
}

static void
assert_rows (Fixture *self, gint64 rows)
{
  g_assert_cmpint (sct_service_ask_number (self->world, "SELECT count(*) FROM avatars"), ==, rows);
}

static void
test_shown (Fixture *self, gconstpointer data)
{
  g_autofree char *none = dup_shown (self, "/v1/me/channel");
  g_assert_null (none);
  g_autofree char *url = put_well (self, 1);
  g_autofree char *own = dup_shown (self, "/v1/me/channel");
  g_autofree char *public = dup_shown (self, "/v1/channels/ada");
  g_assert_cmpstr (own, ==, url);
  g_assert_cmpstr (public, ==, url);

  g_autoptr (GError) error = NULL;
  g_autofree char *file = build_file (self, url);
  g_autofree char *object = NULL;
  gsize size;
  g_file_get_contents (file, &object, &size, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) stored = g_bytes_new (object, size);
  g_assert_false (sct_png_has (stored, "eXIf"));
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, stored);
  g_assert_nonnull (strstr (url, hash));
}

static void
test_again (Fixture *self, gconstpointer data)
{
  g_autofree char *url = put_well (self, 1);
  g_autofree char *again = put_well (self, 1);
  g_assert_cmpstr (again, ==, url);
  g_assert_cmpint (sct_control_ask (self->control, "PutObject", "calls"), ==, 1);
  assert_rows (self, 1);
}

static void
test_replaced (Fixture *self, gconstpointer data)
{
  g_autofree char *first = put_well (self, 1);
  g_autofree char *second = put_well (self, 2);
  g_assert_cmpstr (first, !=, second);
  resume (self);
  g_assert_false (is_there (self, first));
  g_assert_true (is_there (self, second));
  assert_rows (self, 1);
  g_autofree char *back = put_well (self, 1);
  resume (self);
  g_assert_true (is_there (self, back));
  g_assert_false (is_there (self, second));
}

static void
test_deleted (Fixture *self, gconstpointer data)
{
  g_autofree char *url = put_well (self, 1);
  for (int i = 0; i < 2; i++) {
    g_autoptr (ScResponse) response = call (self, "DELETE", "/v1/me/avatar", NULL);
    g_assert_cmpuint (response->status, ==, 204);
  }
  g_autofree char *shown = dup_shown (self, "/v1/me/channel");
  g_assert_null (shown);
  resume (self);
  g_assert_false (is_there (self, url));
  assert_rows (self, 0);
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) words = g_bytes_new_static ("{}", 2);
  g_autofree char *zeros = g_malloc0 (SC_PNG_MAX_BYTES + 1);
  g_autoptr (GBytes) large = g_bytes_new (zeros, SC_PNG_MAX_BYTES + 1);
  g_autoptr (ScResponse) no_picture = call (self, "PUT", "/v1/me/avatar", words);
  sct_assert_fault (no_picture, 400, "invalid_picture", NULL);
  g_autoptr (ScResponse) too_large = call (self, "PUT", "/v1/me/avatar", large);
  sct_assert_fault (too_large, 413, "body_too_large", NULL);
  g_autoptr (ScResponse) nothing = call (self, "PUT", "/v1/me/avatar", NULL);
  sct_assert_fault (nothing, 400, "bad_request", NULL);
  assert_rows (self, 0);
}

static gboolean
lose_show (const char *sql, gpointer user_data, GError **error)
{
  if (!g_str_has_prefix (sql, "UPDATE channels SET avatar = $2"))
    return TRUE;
  g_set_error (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE, "The connection is lost");
  return FALSE;
}

/* Whoever stored it died before it was shown: it stays for as long as somebody may be at it. */
static void
test_died (Fixture *self, gconstpointer data)
{
  g_autofree char *shown = put_well (self, 1);
  sc_store_set_gate (self->world->store, lose_show, NULL);
  g_autoptr (ScResponse) response = put (self, 2);
  sc_store_set_gate (self->world->store, NULL, NULL);
  g_assert_cmpuint (response->status, >=, 500);
  resume (self);
  assert_rows (self, 2);
  self->world->now += SC_AVATAR_STORING_US;
  resume (self);
  assert_rows (self, 1);
  g_assert_true (is_there (self, shown));
  g_autofree char *folder = g_path_get_dirname (shown);
  g_autofree char *path = build_file (self, folder);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  guint objects = 0;
  while (g_dir_read_name (directory))
    objects++;
  g_assert_cmpuint (objects, ==, 1);
}

/* Amazon S3 refuses: nothing is shown, and nothing stays. */
static void
test_not_stored (Fixture *self, gconstpointer data)
{
  sct_control_order (self->control, "PutObject", "fail_before", 1);
  g_autoptr (ScResponse) response = put (self, 1);
  g_assert_cmpuint (response->status, >=, 500);
  g_autofree char *shown = dup_shown (self, "/v1/me/channel");
  g_assert_null (shown);
  self->world->now += SC_AVATAR_STORING_US;
  resume (self);
  assert_rows (self, 0);
}

static void
test_not_removed (Fixture *self, gconstpointer data)
{
  g_autofree char *url = put_well (self, 1);
  g_autoptr (ScResponse) response = call (self, "DELETE", "/v1/me/avatar", NULL);
  sct_control_order (self->control, "DeleteObjects", "denied", 1);
  resume (self);
  g_assert_true (is_there (self, url));
  self->world->now += G_TIME_SPAN_HOUR;
  resume (self);
  g_assert_false (is_there (self, url));
  assert_rows (self, 0);
}

/* The same picture comes again while it is being removed: whoever claimed it may be late, so a
 * claim that ran out still counts, until the removal is done or claimed anew. */
static void
test_going (Fixture *self, gconstpointer data)
{
  g_autofree char *url = put_well (self, 1);
  g_autoptr (ScResponse) removed = call (self, "DELETE", "/v1/me/avatar", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScAvatarRemoval) removal = NULL;
  {
    g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->world->store, &error);
    sc_avatar_store_claim (connection,
                           self->world->now,
                           self->world->now + G_TIME_SPAN_MINUTE,
                           &removal,
                           &error);
    g_assert_no_error (error);
  }
  g_autoptr (ScResponse) busy = put (self, 1);
  sct_assert_fault (busy, 503, "busy", NULL);
  self->world->now += 2 * G_TIME_SPAN_MINUTE;
  g_autoptr (ScResponse) late = put (self, 1);
  sct_assert_fault (late, 503, "busy", NULL);
  {
    g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->world->store, &error);
    sc_avatar_store_finish (connection, removal->key, &error);
    g_assert_no_error (error);
  }
  g_autofree char *again = put_well (self, 1);
  resume (self);
  g_assert_true (is_there (self, again));
  assert_rows (self, 1);
}

static void
test_many (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < SC_AVATARS_MAX; i++) {
    g_autofree char *url = put_well (self, i);
  }
  g_autoptr (ScResponse) refused = put (self, SC_AVATARS_MAX);
  sct_assert_fault (refused, 429, "too_many_attempts", NULL);
  resume (self);
  g_autofree char *url = put_well (self, SC_AVATARS_MAX);
}

/* The account's last step leaves the picture to the next tick. */
static void
test_account_ends (Fixture *self, gconstpointer data)
{
  g_autofree char *url = put_well (self, 1);
  const ScErrand errand = { .user_id = sct_service_ask_number (self->world, "SELECT id FROM users"),
                            .lease = (char *) "00000000-0000-4000-8000-000000000001" };
  g_autoptr (GError) error = NULL;
  sct_service_run (self->world,
                   "INSERT INTO errands (user_id, kind, step, next_at, lease) SELECT id,"
                   " 'deletion', 'rows', now(), '00000000-0000-4000-8000-000000000001' FROM users");
  {
    g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->world->store, &error);
    sc_account_removal_run (connection, &errand, self->world->now, &error);
    g_assert_no_error (error);
  }
  resume (self);
  g_assert_false (is_there (self, url));
  assert_rows (self, 0);
}

static void
add (const char *path, void (*function) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, function, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  add ("/avatars/shown", test_shown);
  add ("/avatars/again", test_again);
  add ("/avatars/replaced", test_replaced);
  add ("/avatars/deleted", test_deleted);
  add ("/avatars/refused", test_refused);
  add ("/avatars/died", test_died);
  add ("/avatars/not-stored", test_not_stored);
  add ("/avatars/not-removed", test_not_removed);
  add ("/avatars/going", test_going);
  add ("/avatars/many", test_many);
  add ("/avatars/account-ends", test_account_ends);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
