/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How often passwords may be guessed, from where, and who gets in all the same. */

#include "config.h"

#include "sc-guard.h"
#include "sct-service.h"

#include <string.h>

#define HOME "192.0.2.1"
#define HOUR 3600

static ScResponse *
ask (SctService *self, const char *path, const char *address, const char *token, const char *body)
{
  g_autofree char *authorization = token ? g_strdup_printf ("Bearer %s", token) : NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  const ScRequest request = { .method = "POST",
                              .path = path,
                              .authorization = authorization,
                              .address = address,
                              .body = bytes };
  return sc_service_handle (self->service, &request);
}

static ScResponse *
sign_in (SctService *self, const char *address, const char *token, const char *name)
{
  g_autofree char *body =
    g_strdup_printf ("{\"name\":\"%s\",\"password\":\"password of %s\"}", name, name);
  return ask (self, "/v1/sessions", address, token, body);
}

static char *
sign_up (SctService *self, const char *address, const char *name)
{
  g_autofree char *body =
    g_strdup_printf ("{\"name\":\"%s\",\"password\":\"password of %s\"}", name, name);
  g_autoptr (ScResponse) response = ask (self, "/v1/users", address, NULL, body);
  g_assert_cmpuint (response->status, ==, 201);
  g_autoptr (JsonObject) object = sct_response_object (response);
  return g_strdup (json_object_get_string_member (object, "token"));
}

/* A password that is too long to be one is as wrong as any, and takes no time to be refused. */
static ScResponse *
guess_wrong (SctService *self, const char *address, const char *name)
{
  g_autofree char *password = g_strnfill (257, 'x');
  g_autofree char *body = g_strdup_printf ("{\"name\":\"%s\",\"password\":\"%s\"}", name, password);
  return ask (self, "/v1/sessions", address, NULL, body);
}

static void
assert_wrong (SctService *self, const char *address, const char *name)
{
  g_autoptr (ScResponse) response = guess_wrong (self, address, name);
  sct_assert_fault (response, 401, "wrong_credentials", NULL);
}

/* Takes the answer. */
static void
assert_too_many (ScResponse *response, guint seconds)
{
  g_autofree char *expected = g_strdup_printf ("%u", seconds);
  sct_assert_fault (response, 429, "too_many_attempts", NULL);
  g_assert_cmpstr (sc_response_get_header (response, "Retry-After"), ==, expected);
  sc_response_free (response);
}

static void
assert_in (ScResponse *response)
{
  g_assert_cmpuint (response->status, ==, 201);
  sc_response_free (response);
}

/* Guesses from as many networks as there are guesses. */
static void
guess_from_everywhere (SctService *self, const char *name)
{
  for (guint i = 0; i < SC_GUARD_ACCOUNT_BURST; i++) {
    g_autofree char *address = g_strdup_printf ("203.0.113.%u", i);
    assert_wrong (self, address, name);
  }
}

static void
test_many_addresses (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = sign_up (self, HOME, "ada");
  g_autofree char *bob = sign_up (self, HOME, "bob");
  guess_from_everywhere (self, "ada");
  assert_too_many (guess_wrong (self, "203.0.113.200", "ada"), HOUR);
  assert_too_many (sign_in (self, "203.0.113.201", NULL, "ada"), HOUR);
  assert_too_many (sign_in (self, "203.0.113.201", bob, "ada"), HOUR);
  assert_too_many (sign_in (self, "203.0.113.201", NULL, "ADA"), HOUR);

  assert_in (sign_in (self, HOME, NULL, "ada"));
  assert_in (sign_in (self, "198.51.100.7", token, "ada"));
  assert_in (sign_in (self, "198.51.100.7", NULL, "ada")); /* where she is known now */
  assert_in (sign_in (self, "203.0.113.201", NULL, "bob"));

  self->now += (gint64) HOUR * G_USEC_PER_SEC;
  assert_wrong (self, "203.0.113.202", "ada");
  assert_too_many (guess_wrong (self, "203.0.113.203", "ada"), HOUR);
}

static void
test_one_address (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sign_up (self, HOME, "ada");
  for (guint i = 0; i < SC_GUARD_PAIR_BURST; i++)
    assert_wrong (self, "203.0.113.1", "ada");
  assert_too_many (guess_wrong (self, "203.0.113.1", "ada"), 300);
  assert_in (sign_in (self, "198.51.100.1", NULL, "ada"));

  for (guint i = 0; i < SC_GUARD_NETWORK_BURST - SC_GUARD_PAIR_BURST; i++) {
    g_autofree char *name = g_strdup_printf ("person-%u", i);
    assert_wrong (self, "203.0.113.1", name);
  }
  assert_too_many (guess_wrong (self, "203.0.113.1", "somebody"), 60);
  assert_too_many (sign_in (self, "203.0.113.1", NULL, "ada"), 60);
  self->now += G_TIME_SPAN_MINUTE;
  assert_wrong (self, "203.0.113.1", "somebody");
}

/* At home somebody else guesses: that counts at home alone, and a session is a way in. It proves
 * nothing about who else is at home. */
static void
test_at_home (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = sign_up (self, HOME, "ada");
  for (guint i = 0; i < SC_GUARD_PAIR_BURST; i++)
    assert_wrong (self, HOME, "ada");
  assert_too_many (sign_in (self, HOME, NULL, "ada"), 300);
  assert_in (sign_in (self, HOME, token, "ada"));
  assert_in (sign_in (self, "203.0.113.1", NULL, "ada"));
  assert_too_many (guess_wrong (self, HOME, "ada"), 300);
}

/* A success clears what it has proven and nothing else. */
static void
test_success_clears_little (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *eve = sign_up (self, HOME, "eve");
  g_autofree char *ada = sign_up (self, HOME, "ada");
  for (guint i = 0; i + 1 < SC_GUARD_NETWORK_BURST; i++) {
    g_autofree char *name = g_strdup_printf ("person-%u", i);
    assert_wrong (self, "203.0.113.1", name);
  }
  assert_in (sign_in (self, "203.0.113.1", NULL, "eve"));
  assert_wrong (self, "203.0.113.1", "ada");
  assert_too_many (guess_wrong (self, "203.0.113.1", "ada"), 60);
  g_assert_cmpint (sct_service_ask_number (self,
                                           "SELECT count(*) FROM known_places p JOIN users u"
                                           " ON u.id = p.user_id WHERE u.name = 'eve'"),
                   ==,
                   2);
}

static char *
text_of (ScResponse *response)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (response->body, &size);
  char *text = g_strdup_printf ("%u %.*s", response->status, (int) size, data);
  sc_response_free (response);
  return text;
}

/* Whether there is an account shows in no answer and in no row. */
static void
test_unknown_names (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = sign_up (self, HOME, "ada");
  sct_service_run (self, "DELETE FROM limits");
  static const char *const names[] = { "ada", "nobody" };
  gint64 rows[2] = { 0, 0 };
  char *last[2] = { NULL, NULL };
  for (guint i = 0; i < 2; i++) {
    g_autofree char *address = g_strdup_printf ("203.0.113.%u", i);
    for (guint j = 0; j < SC_GUARD_PAIR_BURST; j++)
      assert_wrong (self, address, names[i]);
    last[i] = text_of (guess_wrong (self, address, names[i]));
    rows[i] = sct_service_ask_number (self, "SELECT count(*) FROM limits");
  }
  g_assert_cmpstr (last[0], ==, last[1]);
  g_assert_cmpint (rows[0], ==, 3);
  g_assert_cmpint (rows[1], ==, 6);
  g_free (last[0]);
  g_free (last[1]);
}

static void
test_networks (void)
{
  static const struct {
    const char *one, *other;
    gboolean same;
  } cases[] = {
    { "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", TRUE },
    { "2001:db8:1:2::1", "2001:db8:1:3::1", FALSE },
    { "203.0.113.9", "::ffff:203.0.113.9", TRUE },
    { "203.0.113.9", "203.0.113.10", FALSE },
    { "none", "203.0.113.9, 10.0.0.1", TRUE }, /* what is no address is nobody's */
  };
  g_autoptr (SctService) self = sct_service_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s %s", cases[i].one, cases[i].other);
    for (guint j = 0; j < SC_GUARD_PAIR_BURST; j++)
      assert_wrong (self, cases[i].one, "ada");
    g_autoptr (ScResponse) response = guess_wrong (self, cases[i].other, "ada");
    g_assert_cmpuint (response->status, ==, cases[i].same ? 429 : 401);
    sct_service_run (self, "DELETE FROM limits");
  }
}

static gpointer
guess_in_thread (gpointer data)
{
  g_autoptr (ScResponse) response = guess_wrong (data, "203.0.113.1", "ada");
  return GUINT_TO_POINTER (response->status);
}

/* As many at the same moment as one after the other. */
static void
test_at_the_same_moment (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  GThread *threads[SC_GUARD_PAIR_BURST + 10];
  guint wrong = 0, refused = 0;
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("guess", guess_in_thread, self);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    guint status = GPOINTER_TO_UINT (g_thread_join (threads[i]));
    wrong += status == 401;
    refused += status == 429;
  }
  g_assert_cmpuint (wrong, ==, SC_GUARD_PAIR_BURST);
  g_assert_cmpuint (refused, ==, 10);
}

static void
test_sign_ups (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sign_up (self, HOME, "ada");
  g_autofree char *sql = g_strdup_printf ("UPDATE limits SET whole_at = whole_at + %u * interval"
                                          " '1 minute'",
                                          SC_GUARD_SIGN_UP_BURST - 2);
  sct_service_run (self, sql);
  g_autoptr (ScResponse) taken =
    ask (self, "/v1/users", HOME, NULL, "{\"name\":\"ada\",\"password\":\"long enough\"}");
  sct_assert_fault (taken, 409, "name_taken", "name"); /* which made nothing and takes nothing */
  g_autofree char *bob = sign_up (self, HOME, "bob");
  assert_too_many (
    ask (self, "/v1/users", HOME, NULL, "{\"name\":\"eve\",\"password\":\"long enough\"}"),
    60);
  g_autofree char *mo = sign_up (self, "203.0.113.1", "mo0");
  self->now += G_TIME_SPAN_MINUTE;
  g_autofree char *eve = sign_up (self, HOME, "eve");
}

static void
forget (SctService *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
  g_assert_no_error (error);
  sc_limit_store_forget (connection, self->now, &error);
  g_assert_no_error (error);
}

/* Nothing is kept for longer than it counts. */
static void
test_forgets (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sign_up (self, HOME, "ada");
  for (guint i = 0; i < 5; i++)
    assert_wrong (self, "203.0.113.1", "ada");
  forget (self);
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM limits"), ==, 4);
  self->now += 5 * SC_GUARD_ACCOUNT_EVERY_US;
  forget (self);
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM limits"), ==, 0);
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM known_places"), ==, 1);
  self->now += SC_KNOWN_PLACE_AGE_US;
  forget (self);
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM known_places"), ==, 0);
}

static void
test_places_are_bounded (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *ada = sign_up (self, HOME, "ada");
  sct_service_run (self,
                   "INSERT INTO known_places SELECT u.id, sha256(n::text::bytea), '2026-10-01Z'"
                   " FROM users u, generate_series(1, 40) n");
  assert_in (sign_in (self, "203.0.113.1", NULL, "ada"));
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM known_places"),
                   ==,
                   SC_KNOWN_PLACES_PER_USER);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/guard/many-addresses", test_many_addresses);
  g_test_add_func ("/service/guard/one-address", test_one_address);
  g_test_add_func ("/service/guard/at-home", test_at_home);
  g_test_add_func ("/service/guard/success-clears-little", test_success_clears_little);
  g_test_add_func ("/service/guard/unknown-names", test_unknown_names);
  g_test_add_func ("/service/guard/networks", test_networks);
  g_test_add_func ("/service/guard/at-the-same-moment", test_at_the_same_moment);
  g_test_add_func ("/service/guard/sign-ups", test_sign_ups);
  g_test_add_func ("/service/guard/forgets", test_forgets);
  g_test_add_func ("/service/guard/places-are-bounded", test_places_are_bounded);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
