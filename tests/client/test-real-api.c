/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The client, the session and the own channel against the real server: a local cloud of the test's
 * own, with its PostgreSQL, nginx, TLS and control planes. */

#include "config.h"

#include "sc-client-error.h"
#include "sc-fake-api.h"
#include "sc-list-page.h"
#include "sc-own-channel.h"
#include "sc-session.h"
#include "sct-local.h"

#define NAME "ada"
#define PASSWORD "analytical engine"

static ScSession *
make_session (SctLocal *local)
{
  g_autoptr (ScHttp) http = sc_http_new (20);
  g_autoptr (ScClient) client = sc_client_new (http);
  g_autoptr (ScSecretStore) store = sc_secret_store_memory_new ();
  ScSession *session = sc_session_new (client, store);
  sc_session_set_server (session, sct_local_get (local, "api_url"));
  return session;
}

static void
assert_done (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  sc_test_wait (future);
  dex_future_get_value (future, &error);
  g_assert_no_error (error);
  dex_unref (future);
}

static void
assert_refused (DexFuture *future, ScClientError code, const char *field)
{
  g_autoptr (GError) error = NULL;
  sc_test_wait (future);
  g_assert_null (dex_future_get_value (future, &error));
  g_assert_error (error, SC_CLIENT_ERROR, (int) code);
  g_assert_cmpstr (sc_client_error_get_field (error), ==, field);
  dex_unref (future);
}

static void
assert_sign_up (ScSession *session)
{
  assert_refused (sc_session_sign_up (session, "a b", PASSWORD),
                  SC_CLIENT_ERROR_INVALID_NAME,
                  "name");
  assert_refused (sc_session_sign_up (session, NAME, "short"),
                  SC_CLIENT_ERROR_INVALID_PASSWORD,
                  "password");
  assert_done (sc_session_sign_up (session, NAME, PASSWORD));
  g_assert_cmpstr (sc_session_get_name (session), ==, NAME);
  assert_refused (sc_client_sign_up (sc_session_get_client (session), NAME, PASSWORD),
                  SC_CLIENT_ERROR_NAME_TAKEN,
                  "name");
}

static gboolean
is_ready (gpointer own_channel)
{
  ScChannel *channel = sc_own_channel_get_channel (own_channel);
  return channel && sc_channel_get_state (channel) == SC_CHANNEL_READY;
}

static void
assert_channel (ScSession *session)
{
  ScClient *client = sc_session_get_client (session);
  g_autoptr (ScOwnChannel) own_channel = sc_own_channel_new (client);
  sc_own_channel_start (own_channel);
  sc_test_wait_until (is_ready, own_channel);
  ScChannel *channel = sc_own_channel_get_channel (own_channel);
  g_assert_true (g_str_has_prefix (sc_channel_get_ingest_server (channel), "rtmps://"));

  g_autoptr (DexFuture) key = sc_client_get_stream_key (client);
  sc_test_wait (key);
  g_assert_true (g_str_has_prefix (g_value_get_string (dex_future_get_value (key, NULL)), "sk_"));

  assert_done (sc_own_channel_change (own_channel, &(ScChannelChange) { .title = "Weaving" }));
  g_assert_cmpstr (sc_channel_get_title (channel), ==, "Weaving");
  assert_refused (sc_own_channel_change (own_channel, &(ScChannelChange) { .title = " " }),
                  SC_CLIENT_ERROR_INVALID_TITLE,
                  "title");
}

static void
assert_public (ScSession *session)
{
  ScClient *client = sc_session_get_client (session);
  g_autoptr (DexFuture) live = sc_client_list_live (client);
  sc_test_wait (live);
  const ScListPage *page = g_value_get_boxed (dex_future_get_value (live, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (page->items)), ==, 0);
  g_autoptr (DexFuture) channel = sc_client_get_channel (client, NAME);
  sc_test_wait (channel);
  const GValue *value = dex_future_get_value (channel, NULL);
  g_assert_cmpstr (sc_channel_get_title (g_value_get_object (value)), ==, "Weaving");
  assert_refused (sc_client_get_channel (client, "nobody"), SC_CLIENT_ERROR_NOT_FOUND, NULL);
}

static void
assert_sign_out (ScSession *session)
{
  assert_done (sc_session_sign_out (session));
  g_assert_false (sc_session_get_signed_in (session));
  assert_refused (sc_client_who_am_i (sc_session_get_client (session)),
                  SC_CLIENT_ERROR_UNAUTHORIZED,
                  NULL);
  assert_refused (sc_session_sign_in (session, NAME, "wrong horse"),
                  SC_CLIENT_ERROR_WRONG_CREDENTIALS,
                  NULL);
  assert_done (sc_session_sign_in (session, NAME, PASSWORD));
  g_assert_true (sc_session_get_signed_in (session));
}

static void
test_whole (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SctLocal) local = sct_local_new ();
  sct_local_start (local, NULL);
  sct_local_wait_ready (local);

  /* Whoever does not trust the local certificate authority sends nothing. */
  g_autoptr (ScSession) stranger = make_session (local);
  assert_refused (sc_client_list_live (sc_session_get_client (stranger)),
                  SC_CLIENT_ERROR_UNTRUSTED,
                  NULL);

  g_autoptr (GTlsDatabase) database =
    g_tls_file_database_new (sct_local_get (local, "ca_file"), &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);

  g_autoptr (ScSession) session = make_session (local);
  assert_sign_up (session);
  assert_channel (session);
  assert_public (session);
  assert_sign_out (session);
  sct_local_stop (local);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/real-api/whole", test_whole);
  return g_test_run ();
}
