/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What happens while a wish to follow, or to be told, is on its way: the server keeps its answers
 * back. */

#include "config.h"

#include "sc-client-fixture.h"
#include "sc-following.h"

#define FOLLOW "/v1/channels/ada/follow"
#define ASK "GET " FOLLOW
#define LEAVE "DELETE " FOLLOW
#define TELL "PATCH " FOLLOW

#define SIGNED_IN(name)                                                                            \
  "{'token':'t0k3n','expires_at':'2099-01-01T00:00:00.000Z','user':{'name':'" name "'}}"
#define ANSWER(following, notify)                                                                  \
  "{'follow':{'following':" following ",'followers':" G_STRINGIFY (FOLLOWERS) ",'notify':" notify  \
                                                                              "}}"
#define FOLLOWERS 12
#define BROKEN "{'error':{'code':'internal','message':'It broke.'}}"

typedef struct {
  ScFakeApi *api;
  ScSession *session;
  ScFollowing *following;
  guint refused; /* wishes */
  const char *route;
  guint count;
} Fixture;

static void
on_failed (Fixture *self)
{
  self->refused++;
}

static gboolean
has_count (gpointer data)
{
  Fixture *self = data;
  return sc_fake_api_count (self->api, self->route) >= self->count;
}

static void
wait_count (Fixture *self, const char *route, guint count)
{
  self->route = route;
  self->count = count;
  sc_test_wait_until (has_count, self);
  g_assert_cmpuint (sc_fake_api_count (self->api, route), ==, count);
}

static gboolean
has_bell (gpointer data)
{
  Fixture *self = data;
  gboolean unused;
  return sc_following_get_bell (self->following, &unused);
}

static gboolean
has_all_followers (gpointer data)
{
  Fixture *self = data;
  return sc_following_get_followers (self->following) == FOLLOWERS;
}

static void
assert_bell (Fixture *self, gboolean wanted)
{
  gboolean notify;
  g_assert_true (sc_following_get_bell (self->following, &notify));
  g_assert_cmpint (notify, ==, wanted);
}

static void
sign_in (Fixture *self, const char *answer)
{
  sc_fake_api_answer_now (self->api, "POST /v1/sessions", 201, answer);
  g_autoptr (DexFuture) future = sc_session_sign_in (self->session, "mia", "password");
  sc_test_wait (future);
  sc_test_wait_until (has_bell, self);
}

/* Stops to follow, or to be told. */
static void
stop (Fixture *self, const char *route)
{
  if (g_str_equal (route, TELL))
    sc_following_set_notify (self->following, FALSE);
  else
    sc_following_set (self->following, FALSE);
}

static void
assert_stopped (Fixture *self, const char *route)
{
  if (g_str_equal (route, TELL))
    assert_bell (self, FALSE);
  else
    g_assert_false (sc_following_get_following (self->following));
}

/* Asks, and waits until that goes out: what was on its way is over then. */
static void
ask_and_wait (Fixture *self)
{
  guint asked = sc_fake_api_count (self->api, ASK);
  sc_following_ask (self->following);
  wait_count (self, ASK, asked + 1);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->api = sc_fake_api_new ();
  self->session = sc_test_session_new ();
  sc_session_set_server (self->session, sc_fake_api_get_url (self->api));
  sc_fake_api_answer (self->api, ASK, 200, ANSWER ("true", "true"));
  sc_fake_api_answer (self->api, "PUT " FOLLOW, 204, "");
  sc_fake_api_answer (self->api, LEAVE, 204, "");
  sc_fake_api_answer (self->api, TELL, 204, "");
  self->following = sc_following_new (self->session, "ada");
  g_signal_connect_swapped (self->following, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect_swapped (self->following, "bell-failed", G_CALLBACK (on_failed), self);
  sign_in (self, SIGNED_IN ("mia"));
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->following);
  g_assert_finalize_object (self->session);
  sc_fake_api_free (self->api);
}

/* The server has what was sent, whatever is shown by then. */
static void
test_keeps_what_was_sent (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer (self->api, TELL, 500, BROKEN);
  sc_fake_api_hold (self->api, TELL);
  sc_following_set_notify (self->following, FALSE);
  wait_count (self, TELL, 1);
  sc_following_set_notify (self->following, TRUE);
  sc_fake_api_let_go (self->api, TELL);
  wait_count (self, TELL, 2);
  g_assert_cmpstr (sc_fake_api_get_body (self->api, TELL), ==, "{\"notify\":true}");
  assert_bell (self, TRUE);
  sc_fake_api_let_go (self->api, TELL);
  ask_and_wait (self);
  assert_bell (self, FALSE);
  g_assert_cmpuint (self->refused, ==, 1);
}

/* One request at a time, with the last word last, and none for what the server has. */
static void
test_change_of_mind (Fixture *self, gconstpointer unused)
{
  sc_fake_api_hold (self->api, TELL);
  sc_following_set_notify (self->following, FALSE);
  wait_count (self, TELL, 1);
  for (guint i = 0; i < 4; i++)
    sc_following_set_notify (self->following, i % 2 == 0);
  sc_fake_api_let_go (self->api, TELL);
  ask_and_wait (self);
  assert_bell (self, FALSE);
  sc_following_set (self->following, FALSE);
  ask_and_wait (self);
  g_assert_cmpuint (sc_fake_api_count (self->api, TELL), ==, 1);
}

/* Nor need anybody hear that what they do not want any more was refused. */
static void
test_takes_back (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer_now (self->api, TELL, 500, BROKEN);
  sc_fake_api_hold (self->api, TELL);
  sc_following_set_notify (self->following, FALSE);
  wait_count (self, TELL, 1);
  sc_following_set_notify (self->following, TRUE);
  sc_fake_api_let_go (self->api, TELL);
  ask_and_wait (self);
  assert_bell (self, TRUE);
  g_assert_cmpuint (self->refused, ==, 0);
}

/* Who does not follow any more need not hear that they are still told; whoever begins to follow
 * is. */
static void
test_follows_no_more (Fixture *self, gconstpointer unused)
{
  sc_fake_api_answer_now (self->api, TELL, 500, BROKEN);
  sc_fake_api_hold (self->api, TELL);
  sc_following_set_notify (self->following, FALSE);
  wait_count (self, TELL, 1);
  sc_following_set (self->following, FALSE);
  g_assert_false (has_bell (self));
  sc_fake_api_answer_now (self->api, ASK, 200, ANSWER ("false", "false"));
  sc_fake_api_let_go (self->api, TELL);
  ask_and_wait (self);
  g_assert_cmpuint (sc_fake_api_count (self->api, LEAVE), ==, 1);
  g_assert_cmpuint (self->refused, ==, 0);

  sc_test_wait_until (has_all_followers, self);
  sc_following_set (self->following, TRUE);
  ask_and_wait (self);
  assert_bell (self, TRUE);
  g_assert_cmpuint (sc_fake_api_count (self->api, TELL), ==, 1);
}

/* What was on its way for somebody says nothing of who is there now. */
static void
test_somebody_else (Fixture *self, gconstpointer route)
{
  sc_fake_api_answer_now (self->api, route, 500, BROKEN);
  sc_fake_api_answer (self->api, route, 204, "");
  sc_fake_api_hold (self->api, route);
  stop (self, route);
  wait_count (self, route, 1);
  sign_in (self, SIGNED_IN ("zoe"));
  assert_bell (self, TRUE);
  stop (self, route);
  wait_count (self, route, 2);
  sc_fake_api_let_go (self->api, route);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_stopped (self, route);
  sc_fake_api_let_go (self->api, route);
  ask_and_wait (self);
  assert_stopped (self, route);
  g_assert_cmpuint (self->refused, ==, 0);
}

/* What is asked meanwhile is asked afterwards, once. */
static void
test_asks_afterwards (Fixture *self, gconstpointer route)
{
  guint asked = sc_fake_api_count (self->api, ASK);
  sc_fake_api_hold (self->api, route);
  stop (self, route);
  wait_count (self, route, 1);
  sc_following_ask (self->following);
  sc_following_ask (self->following);
  sc_fake_api_answer_now (self->api, ASK, 200, ANSWER ("true", "false"));
  sc_fake_api_let_go (self->api, route);
  wait_count (self, ASK, asked + 1);
  sc_test_wait_until (has_bell, self);
  assert_bell (self, FALSE);
  g_assert_cmpuint (sc_fake_api_count (self->api, ASK), ==, asked + 1);
}

/* An answer of before a wish is not taken: the question comes again. */
static void
test_asks_again (Fixture *self, gconstpointer unused)
{
  guint asked = sc_fake_api_count (self->api, ASK);
  sc_fake_api_hold (self->api, ASK);
  ask_and_wait (self);
  sc_following_set_notify (self->following, FALSE);
  wait_count (self, TELL, 1);
  sc_fake_api_let_go (self->api, ASK);
  wait_count (self, ASK, asked + 2);
  assert_bell (self, FALSE);
}

static void
note_gone (gpointer data, GObject *following)
{
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* Whoever leaves the page has said what they want: the server hears all of it. */
static void
test_outlives_the_page (Fixture *self, gconstpointer unused)
{
  gboolean is_gone = FALSE;
  g_object_weak_ref (G_OBJECT (self->following), note_gone, &is_gone);
  sc_fake_api_hold (self->api, TELL);
  sc_following_set_notify (self->following, FALSE);
  wait_count (self, TELL, 1);
  sc_following_set (self->following, FALSE);
  g_clear_object (&self->following);
  sc_fake_api_let_go (self->api, TELL);
  wait_count (self, LEAVE, 1);
  sc_test_wait_until (is_true, &is_gone);
  self->following = sc_following_new (self->session, "ada");
}

#define ADD(name, data, function)                                                                  \
  g_test_add ("/following-model/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  ADD ("keeps-what-was-sent", NULL, test_keeps_what_was_sent);
  ADD ("change-of-mind", NULL, test_change_of_mind);
  ADD ("takes-back", NULL, test_takes_back);
  ADD ("follows-no-more", NULL, test_follows_no_more);
  ADD ("somebody-else-told", TELL, test_somebody_else);
  ADD ("somebody-else-follows", LEAVE, test_somebody_else);
  ADD ("asks-after-being-told", TELL, test_asks_afterwards);
  ADD ("asks-after-following", LEAVE, test_asks_afterwards);
  ADD ("asks-again", NULL, test_asks_again);
  ADD ("outlives-the-page", NULL, test_outlives_the_page);
  return g_test_run ();
}
