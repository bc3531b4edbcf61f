/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Secrets that can be told from everything else go through all of the system, which says all that
 * it can say about it. Then everything that was written down is read: nothing of them is there. */

#include "config.h"

#include "sc-id.h"
#include "sc-recovery-code.h"
#include "sc-routes.h"
#include "sct-run.h"
#include "sct-streamer.h"

#include <libsoup/soup.h>
#include <string.h>

#define NOBODY "7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11"

/* What a function's zip starts its program with. */
#define LOADER "/ld-linux-x86-64.so.2"

/* Shorter than this it would be found by chance. */
#define SECRET_MIN 16

typedef struct {
  SctStreamer alice;
  GHashTable *secrets; /* what it is, by the secret itself */
  char *password;
  char *code;
  guint n_calls;
} Fixture;

static void
add_secret (Fixture *self, const char *secret, const char *what)
{
  g_assert_cmpuint (strlen (secret), >=, SECRET_MIN);
  g_hash_table_insert (self->secrets, g_strdup (secret), g_strdup (what));
}

/* What an answer gives away is a secret from then on. */
static void
learn (Fixture *self, JsonObject *answer)
{
  static const char *const members[] = { "token", "recovery_code", "key", "passphrase" };
  if (json_object_has_member (answer, "chat"))
    learn (self, json_object_get_object_member (answer, "chat"));
  JsonNode *srt = json_object_get_member (answer, "srt");
  if (srt && JSON_NODE_HOLDS_OBJECT (srt))
    learn (self, json_node_get_object (srt));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    JsonNode *node = json_object_get_member (answer, members[i]);
    if (node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      add_secret (self, json_node_get_string (node), members[i]);
  }
  if (json_object_has_member (answer, "recovery_code")) {
    const char *code = json_object_get_string_member (answer, "recovery_code");
    g_autofree char *characters = sc_recovery_code_normalize (code);
    add_secret (self, characters, "recovery code without hyphens");
    g_set_str (&self->code, code);
  }
}

static guint
call (Fixture *self, const char *method, const char *path, const char *body)
{
  g_autoptr (JsonObject) answer = NULL;
  guint status = sct_api_call (self->alice.api, method, path, body, &answer);
  if (answer)
    learn (self, answer);
  self->n_calls++;
  g_test_message ("%s %s: %u", method, path, status);
  return status;
}

static char *
new_password (Fixture *self)
{
  g_autofree char *password = sc_id_new ("canary-password-", 12);
  add_secret (self, password, "password");
  return g_steal_pointer (&password);
}

/* Signs in, and goes on as that session. */
static void
sign_in (Fixture *self)
{
  g_autofree char *body =
    g_strdup_printf ("{\"name\":\"alice\",\"password\":\"%s\"}", self->password);
  g_autoptr (JsonObject) answer = NULL;
  g_assert_cmpuint (sct_api_call (self->alice.api, "POST", "/v1/sessions", body, &answer), ==, 201);
  learn (self, answer);
  sct_api_set_token (self->alice.api, json_object_get_string_member (answer, "token"));
}

/* By the recovery code alice gets a password that is a canary. */
static void
recover (Fixture *self, const char *code)
{
  g_free (self->password);
  self->password = new_password (self);
  g_autofree char *body =
    g_strdup_printf ("{\"name\":\"alice\",\"code\":\"%s\",\"password\":\"%s\"}",
                     code,
                     self->password);
  g_assert_cmpuint (call (self, "POST", "/v1/recovery", body), ==, 201);
  sign_in (self);
}

static void
change_password (Fixture *self)
{
  g_autofree char *before = g_steal_pointer (&self->password);
  self->password = new_password (self);
  g_autofree char *body =
    g_strdup_printf ("{\"current\":\"%s\",\"new\":\"%s\"}", before, self->password);
  g_assert_cmpuint (call (self, "POST", "/v1/me/password", body), ==, 204);
}

static char *
make_path (const ScRoute *route)
{
  g_auto (GStrv) segments = g_strsplit (route->pattern, "/", -1);
  for (guint i = 0; segments[i]; i++) {
    if (g_str_equal (segments[i], "NAME"))
      g_set_str (&segments[i], "alice");
    else if (g_str_equal (segments[i], "USERNAME"))
      g_set_str (&segments[i], "grace");
    else if (g_str_equal (segments[i], "ID"))
      g_set_str (&segments[i], NOBODY);
  }
  return g_strjoinv ("/", segments);
}

/* A body of the route's members, with a canary wherever something may be said: what is refused may
 * not be written down either. */
static char *
make_body (Fixture *self, const ScRoute *route)
{
  g_autoptr (GString) body = g_string_new ("{");
  for (guint i = 0; route->members && route->members[i]; i++) {
    const char *member = route->members[i];
    g_autofree char *name = g_strndup (member, strcspn (member, "?#![{"));
    g_string_append_printf (body, "%s\"%s\":", i > 0 ? "," : "", name);
    if (strstr (member, "{}"))
      g_string_append (body, "{}");
    else if (strstr (member, "[]"))
      g_string_append (body, "[]");
    else if (strchr (member, '#'))
      g_string_append (body, "60");
    else if (strchr (member, '!'))
      g_string_append (body, "true");
    else if (g_str_equal (name, "password") || g_str_equal (name, "current"))
      g_string_append_printf (body, "\"%s\"", self->password);
    else if (g_str_equal (name, "name"))
      g_string_append (body, "\"alice\"");
    else
      g_string_append (body, "\"short\"");
  }
  g_string_append_c (body, '}');
  return g_string_free_and_steal (g_steal_pointer (&body));
}

/* Whether the session is over after it: these routes come last. */
static gboolean
ends_session (const ScRoute *route)
{
  return g_str_equal (route->method, "DELETE") &&
         (g_str_has_prefix (route->pattern, "/v1/session") ||
          g_str_equal (route->pattern, "/v1/me"));
}

static void
call_routes (Fixture *self, gboolean ending)
{
  guint count;
  const ScRoute *routes = sc_routes_get (&count);
  for (guint i = 0; i < count; i++) {
    if (ends_session (&routes[i]) != ending)
      continue;
    g_autofree char *path = make_path (&routes[i]);
    g_autofree char *body = routes[i].members ? make_body (self, &routes[i]) : NULL;
    guint status = call (self, routes[i].method, path, body);
    g_assert_cmpuint (status, <, 500);
    if (ending)
      sign_in (self);
  }
}

static void
on_entered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SoupWebsocketConnection **ret_socket = user_data;
  g_autoptr (GError) error = NULL;
  *ret_socket = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
}

/* Enters alice's room, so that a chat token is not only made but used. */
static void
enter_chat (Fixture *self)
{
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (SoupWebsocketConnection) socket = NULL;
  g_assert_cmpuint (
    sct_api_call (self->alice.api, "POST", "/v1/channels/alice/chat", NULL, &answer),
    ==,
    201);
  learn (self, answer);
  JsonObject *chat = json_object_get_object_member (answer, "chat");
  const char *protocols[] = { json_object_get_string_member (chat, "token"), NULL };
  g_autoptr (SoupMessage) message =
    soup_message_new ("GET", sct_local_get (self->alice.cloud, "chat_url"));
  g_autoptr (GTlsDatabase) trust =
    g_tls_file_database_new (sct_local_get (self->alice.cloud, "ca_file"), NULL);
  g_autoptr (SoupSession) session = soup_session_new_with_options ("tls-database", trust, NULL);
  soup_session_websocket_connect_async (session,
                                        message,
                                        NULL,
                                        (char **) protocols,
                                        G_PRIORITY_DEFAULT,
                                        NULL,
                                        on_entered,
                                        &socket);
  while (!socket)
    g_main_context_iteration (NULL, TRUE);
}

/* Goes live by the key, and with one that is a canary and not good. */
static void
stream (Fixture *self)
{
  g_autofree char *bad = sc_id_new ("sk_us-west-2_canary", 20);
  add_secret (self, bad, "stream key that is refused");
  g_autoptr (GSubprocess) refused = sct_streamer_publish (&self->alice, bad, "1");
  g_subprocess_wait (refused, NULL, NULL);
  g_autoptr (GSubprocess) encoder = sct_streamer_publish (&self->alice, self->alice.key, "60");
  sct_streamer_wait_for_live (&self->alice, 1);
  g_subprocess_force_exit (encoder);
  g_subprocess_wait (encoder, NULL, NULL);
  sct_streamer_wait_for_live (&self->alice, 0);
}

/* Returns how many secrets are in it, and says which. */
static guint
search (Fixture *self, const char *where, const char *text, gsize size)
{
  GHashTableIter iter;
  gpointer secret, what;
  guint found = 0;
  g_hash_table_iter_init (&iter, self->secrets);
  while (g_hash_table_iter_next (&iter, &secret, &what)) {
    if (!memmem (text, size, secret, strlen (secret)))
      continue;
    g_printerr ("# %s has the %s\n", where, (const char *) what);
    found++;
  }
  return found;
}

static guint
search_file (Fixture *self, const char *path)
{
  g_autofree char *text = NULL;
  gsize size = 0;
  return g_file_get_contents (path, &text, &size, NULL) ? search (self, path, text, size) : 0;
}

static guint
search_logs (Fixture *self, gsize *ret_bytes)
{
  g_autofree char *folder = g_build_filename (self->alice.cloud->state_dir, "log", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint found = search_file (self, self->alice.cloud->log_file);
  for (const char *name; (name = g_dir_read_name (dir));) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *text = NULL;
    gsize size = 0;
    g_assert_true (g_file_get_contents (path, &text, &size, NULL));
    found += search (self, path, text, size);
    *ret_bytes += size;
  }
  return found;
}

/* All that the database has, roles with it. */
static guint
search_dump (Fixture *self)
{
  g_autofree char *run = g_build_filename (self->alice.cloud->state_dir, "run", NULL);
  const char *const argv[] = {
    SC_POSTGRES_BINDIR "/pg_dumpall", "--inserts", "-w", "-U", "postgres", "-h", run, NULL
  };
  g_autofree char *dump = sct_run_silent (argv);
  g_assert_nonnull (strstr (dump, "INSERT INTO public.sessions"));
  g_assert_nonnull (strstr (dump, "$argon2id$"));
  g_assert_nonnull (strstr (dump, "SCRAM-SHA-256$"));
  return search (self, "The dump of PostgreSQL", dump, strlen (dump));
}

/* Programs that have AWS's secret in their environment because that is where the SDKs look. */
static gboolean
may_call_aws (const char *pid)
{
  g_autofree char *link = g_strdup_printf ("/proc/%s/exe", pid);
  g_autofree char *exe = g_file_read_link (link, NULL);
  if (exe && g_str_has_suffix (exe, LOADER))
    return TRUE; /* nothing but a function's zip names its loader */
  return exe && (g_str_has_suffix (exe, "/streamcat-backend") ||
                 g_str_has_suffix (exe, "/streamcat-lambda") ||
                 g_str_has_suffix (exe, "/streamcat-review"));
}

static guint
search_process (Fixture *self, const char *pid)
{
  g_autofree char *cmdline = g_strdup_printf ("/proc/%s/cmdline", pid);
  g_autofree char *environ_path = g_strdup_printf ("/proc/%s/environ", pid);
  g_autofree char *environment = NULL;
  gsize size = 0;
  guint found = search_file (self, cmdline);
  if (!g_file_get_contents (environ_path, &environment, &size, NULL))
    return found; /* it has just ended */
  const char *secret = sct_local_get (self->alice.cloud, "secret_access_key");
  char *own = may_call_aws (pid) ? memmem (environment, size, secret, strlen (secret)) : NULL;
  if (own)
    memset (own, 'x', strlen (secret));
  return found + search (self, environ_path, environment, size);
}

static guint
search_processes (Fixture *self, const char *pid, guint *ret_count)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/task/%s/children", pid, pid);
  g_autofree char *text = NULL;
  guint found = search_process (self, pid);
  (*ret_count)++;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return found;
  g_auto (GStrv) children = g_strsplit_set (g_strstrip (text), " ", -1);
  for (guint i = 0; children[i] && *children[i]; i++)
    found += search_processes (self, children[i], ret_count);
  return found;
}

/* The secrets of the deployment itself. */
static void
learn_deployment (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->alice.cloud->state_dir, "database.pass", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  const char *password = strrchr (g_strchomp (text), ':');
  g_assert_nonnull (password);
  add_secret (self, password + 1, "password of the database");
  add_secret (self, sct_local_get (self->alice.cloud, "secret_access_key"), "secret of AWS");
  add_secret (self, self->alice.key, "stream key");
  add_secret (self, "password of alice", "password");
  add_secret (self, sct_api_get_bearer (self->alice.api) + strlen ("Bearer "), "token");
  add_secret (self, sct_api_get_recovery_code (self->alice.api), "recovery_code");
}

static void
test_canaries (void)
{
  Fixture self = { 0 };
  self.secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sct_streamer_set_up (&self.alice, NULL);
  learn_deployment (&self);
  recover (&self, sct_api_get_recovery_code (self.alice.api));
  guint count = 0, processes = 0;
  gsize bytes = 0;

  enter_chat (&self);
  stream (&self);
  change_password (&self);
  call_routes (&self, FALSE);
  /* While everything runs, and again after the last call. */
  const char *pid = g_subprocess_get_identifier (self.alice.cloud->process);
  count += search_processes (&self, pid, &processes);
  call_routes (&self, TRUE);
  recover (&self, self.code);
  count += search_processes (&self, pid, &processes);
  count += search_dump (&self);
  count += search_logs (&self, &bytes);
  g_test_message ("%u secrets, %u calls, %u looks at processes, %zu bytes of logs: %u hits",
                  g_hash_table_size (self.secrets),
                  self.n_calls,
                  processes,
                  bytes,
                  count);
  g_assert_cmpuint (count, ==, 0);

  sct_streamer_clear (&self.alice);
  g_hash_table_unref (self.secrets);
  g_free (self.password);
  g_free (self.code);
}

int
main (int argc, char *argv[])
{
  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canary/everywhere", test_canaries);
  return g_test_run ();
}
