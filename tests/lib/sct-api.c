/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-api.h"

#include <libsoup/soup.h>
#include <string.h>

/* What takes longer than this does not come. */
#define WAIT_SECONDS 30

/* Between two questions for something that nobody announces. */
#define POLL_MS 50

struct _SctApi {
  SctLocal *cloud;
  SoupSession *session;
  char *bearer;
  char *recovery_code;
};

/**
 * sct_api_new:
 * @cloud: a running cloud; outlives the API
 *
 * Returns: (transfer full): somebody who is not signed in, and trusts the cloud's authority
 */
SctApi *
sct_api_new (SctLocal *cloud)
{
  g_autoptr (GError) error = NULL;
  SctApi *self = g_new0 (SctApi, 1);
  g_autoptr (GTlsDatabase) trust =
    g_tls_file_database_new (sct_local_get (cloud, "ca_file"), &error);
  g_assert_no_error (error);
  self->cloud = cloud;
  self->session =
    soup_session_new_with_options ("tls-database", trust, "timeout", WAIT_SECONDS, NULL);
  return self;
}

/**
 * sct_api_free:
 * @self: (transfer full): somebody
 */
void
sct_api_free (SctApi *self)
{
  g_object_unref (self->session);
  g_free (self->bearer);
  g_free (self->recovery_code);
  g_free (self);
}

static JsonObject *
parse (GBytes *bytes)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  const char *text = g_bytes_get_data (bytes, &size);
  json_parser_load_from_data (parser, text, (gssize) size, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/**
 * sct_api_call:
 * @self: somebody
 * @method: a method
 * @path: a path of the API
 * @body: (nullable): a body
 * @ret_body: (out) (optional) (nullable): the answer's
 *
 * Returns: the status; a call without an answer is a failure of the test
 */
guint
sct_api_call (SctApi *self,
              const char *method,
              const char *path,
              const char *body,
              JsonObject **ret_body)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = sct_local_url (self->cloud, path);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  if (self->bearer)
    soup_message_headers_replace (soup_message_get_request_headers (message),
                                  "Authorization",
                                  self->bearer);
  if (body) {
    g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  }
  g_autoptr (GBytes) answer = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  if (ret_body)
    *ret_body = g_bytes_get_size (answer) > 0 ? parse (answer) : NULL;
  return soup_message_get_status (message);
}

/**
 * sct_api_sign_up:
 * @self: somebody
 * @name: a name
 *
 * Makes an account and is signed in from now on.
 */
void
sct_api_sign_up (SctApi *self, const char *name)
{
  g_autoptr (JsonObject) session = NULL;
  g_autofree char *body =
    g_strdup_printf ("{\"name\":\"%s\",\"password\":\"password of %s\"}", name, name);
  g_assert_cmpuint (sct_api_call (self, "POST", "/v1/users", body, &session), ==, 201);
  sct_api_set_token (self, json_object_get_string_member (session, "token"));
  g_set_str (&self->recovery_code, json_object_get_string_member (session, "recovery_code"));
}

/**
 * sct_api_set_token:
 * @self: somebody
 * @token: of the session that is theirs from now on
 */
void
sct_api_set_token (SctApi *self, const char *token)
{
  g_free (self->bearer);
  self->bearer = g_strconcat ("Bearer ", token, NULL);
}

/**
 * sct_api_get_recovery_code:
 * @self: somebody who has signed up
 *
 * Returns: (transfer none): the code that they were given
 */
const char *
sct_api_get_recovery_code (SctApi *self)
{
  return self->recovery_code;
}

/**
 * sct_api_get_bearer:
 * @self: somebody
 *
 * Returns: (transfer none) (nullable): what shows who asks, for the header Authorization
 */
const char *
sct_api_get_bearer (SctApi *self)
{
  return self->bearer;
}

/**
 * sct_api_wait_for_key:
 * @self: somebody who is signed in
 *
 * Waits until the channel is ready.
 *
 * Returns: (transfer full): its stream key
 */
char *
sct_api_wait_for_key (SctApi *self)
{
  gint64 until = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  while (g_get_monotonic_time () < until) {
    g_autoptr (JsonObject) own = NULL;
    g_autoptr (JsonObject) body = NULL;
    g_assert_cmpuint (sct_api_call (self, "GET", "/v1/me/channel", NULL, &own), ==, 200);
    guint status = sct_api_call (self, "GET", "/v1/me/channel/key", NULL, &body);
    if (status == 200)
      return g_strdup (json_object_get_string_member (body, "key"));
    g_assert_cmpuint (status, ==, 409);
    g_usleep (POLL_MS * 1000);
  }
  g_error ("The channel did not become ready");
}
