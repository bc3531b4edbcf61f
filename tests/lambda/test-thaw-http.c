/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* usage: test-thaw-http STREAMCAT-LAMBDA STREAMCAT-REVIEW
 *
 * The functions are frozen between two events, as AWS Lambda does, and what they keep open to
 * Amazon IVS, the secrets extension, Amazon S3 and PostgreSQL is cut meanwhile: the next event is
 * answered at the first try. */

#include "config.h"

#include "sc-json.h"
#include "sc-migrate.h"
#include "sc-runtime.h"
#include "sc-store.h"
#include "sct-cluster.h"
#include "sct-peer.h"
#include "sct-wait.h"

#include <signal.h>
#include <string.h>

#define NEXT "/2018-06-01/runtime/invocation/next"
#define SECRET_PATH "/secretsmanager/get?"

/* Every list that tick asks for, empty. */
#define NOTHING "{\"streams\":[],\"channels\":[],\"rooms\":[],\"stages\":[],\"streamKeys\":[]}"
#define RULES "{\"modes\":{},\"rules\":{},\"languages\":[\"en\"]}"

static const char *lambda, *review;

/* What the function is asked and answers, and what others are asked by it. */
typedef struct {
  SctPeer *runtime;
  SctPeer *aws;
  SctPeer *extension;
  GAsyncQueue *events;  /* of texts */
  GAsyncQueue *answers; /* of "PATH BODY" */
  GMutex lock;
  GPtrArray *asked;
  char *secret;
  int idle; /* it has asked for another event */
  GSubprocess *process;
} Cloud;

static char *
answer_runtime (const char *path, const char *body, const char **ret_id, gpointer user_data)
{
  Cloud *cloud = user_data;
  if (g_str_equal (path, NEXT)) {
    *ret_id = "00000000-1";
    g_atomic_int_set (&cloud->idle, TRUE);
    g_main_context_wakeup (NULL);
    return g_async_queue_pop (cloud->events);
  }
  g_async_queue_push (cloud->answers, g_strdup_printf ("%s %s", path, body));
  g_main_context_wakeup (NULL);
  return g_strdup ("{}");
}

static char *
answer_aws (const char *path, const char *body, const char **ret_id, gpointer user_data)
{
  Cloud *cloud = user_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&cloud->lock);
  g_ptr_array_add (cloud->asked, g_strdup (path));
  return g_strdup (strstr (path, "rules/") ? RULES : NOTHING);
}

static char *
answer_extension (const char *path, const char *body, const char **ret_id, gpointer user_data)
{
  Cloud *cloud = user_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&cloud->lock);
  g_ptr_array_add (cloud->asked, g_strdup (path));
  g_autoptr (JsonObject) object = json_object_new ();
  json_object_set_string_member (object, "SecretString", cloud->secret);
  return sc_json_to_string (object);
}

/* How often something was asked since the last look at all. */
static guint
count_asked (Cloud *cloud, const char *what)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&cloud->lock);
  guint count = 0;
  for (guint i = 0; i < cloud->asked->len; i++)
    count += strstr (cloud->asked->pdata[i], what) != NULL;
  return count;
}

static void
forget_asked (Cloud *cloud)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&cloud->lock);
  g_ptr_array_set_size (cloud->asked, 0);
}

static void
start (Cloud *cloud, const char *program, const char *handler)
{
  g_autoptr (GError) error = NULL;
  cloud->events = g_async_queue_new_full (g_free);
  cloud->answers = g_async_queue_new_full (g_free);
  cloud->asked = g_ptr_array_new_with_free_func (g_free);
  cloud->runtime = sct_peer_new (answer_runtime, cloud);
  cloud->aws = sct_peer_new (answer_aws, cloud);
  cloud->extension = sct_peer_new (answer_extension, cloud);
  g_autofree char *runtime = sct_peer_dup_address (cloud->runtime);
  g_autofree char *aws = sct_peer_dup_address (cloud->aws);
  g_autofree char *url = g_strconcat ("http://", aws, NULL);
  g_autofree char *extension = sct_peer_dup_address (cloud->extension);
  const char *const variables[][2] = {
    { "AWS_LAMBDA_RUNTIME_API", runtime },
    { "_HANDLER", handler },
    { "AWS_ENDPOINT_URL", url },
    { "AWS_REGION", "us-west-2" },
    { "AWS_ACCESS_KEY_ID", "AKIATEST" },
    { "AWS_SECRET_ACCESS_KEY", "secret" },
    { "STREAMCAT_DATABASE_SECRET_ARN", "arn" },
    { "STREAMCAT_RULES_BUCKET", "bucket" },
    { "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", strchr (extension, ':') + 1 },
  };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_subprocess_launcher_setenv (launcher, variables[i][0], variables[i][1], TRUE);
  cloud->process = g_subprocess_launcher_spawn (launcher, &error, program, NULL);
  g_assert_no_error (error);
}

static void
stop (Cloud *cloud)
{
  g_subprocess_force_exit (cloud->process);
  g_subprocess_wait (cloud->process, NULL, NULL);
  g_async_queue_push (cloud->events, g_strdup ("{}")); /* whom it had asked for another */
  sct_peer_free (cloud->runtime);
  sct_peer_free (cloud->aws);
  sct_peer_free (cloud->extension);
  g_object_unref (cloud->process);
  g_async_queue_unref (cloud->events);
  g_async_queue_unref (cloud->answers);
  g_ptr_array_unref (cloud->asked);
  g_free (cloud->secret);
}

/* Gives an event, and waits for its answer, which is no error. */
static void
assert_answered (Cloud *cloud, const char *event)
{
  sct_wait_for (60, g_atomic_int_get (&cloud->idle));
  g_atomic_int_set (&cloud->idle, FALSE);
  g_async_queue_push (cloud->events, g_strdup (event));
  sct_wait_for (60, g_async_queue_length (cloud->answers) > 0);
  g_autofree char *answer = g_async_queue_pop (cloud->answers);
  if (!strstr (answer, "/response "))
    g_error ("The function answered %s", answer);
}

static gboolean
on_time_over (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* What the function takes for a pause after which nothing that it kept is good. */
static void
let_pause_pass (void)
{
  gboolean is_over = FALSE;
  g_timeout_add (SC_RUNTIME_PAUSE_US / 1000 + 10, on_time_over, &is_over);
  sct_wait_for (60, is_over);
}

/* AWS Lambda freezes a function when it has asked for another event. */
static void
freeze_and_cut (Cloud *cloud, SctPeer *peer, SctCut cut)
{
  sct_wait_for (60, g_atomic_int_get (&cloud->idle));
  g_subprocess_send_signal (cloud->process, SIGSTOP);
  g_assert_cmpuint (sct_peer_cut (peer, cut), >=, 1);
  if (cut == SCT_CUT_SILENT)
    let_pause_pass ();
}

static void
execute (ScStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (store, &error);
  g_assert_no_error (error);
  sc_store_run_script (connection, sql, &error);
  g_assert_no_error (error);
}

/* Gives the application's role a password, which the extension tells from now on. Nobody keeps what
 * was signed in with another, and no lease keeps tick from its work. */
static void
change_password (Cloud *cloud, ScStore *store, const char *host, const char *password)
{
  g_autofree char *sql = g_strdup_printf (
    "ALTER ROLE app PASSWORD '%s'; DELETE FROM leases;"
    " SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'app'",
    password);
  execute (store, sql);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&cloud->lock);
  g_free (cloud->secret);
  cloud->secret = g_strdup_printf (
    "{\"username\":\"app\",\"password\":\"%s\",\"host\":\"%s\",\"dbname\":\"thaw\"}",
    password,
    host);
}

static ScStore *
open_database (SctCluster *cluster)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *conninfo = sct_cluster_create_database (cluster, "thaw", NULL);
  g_autofree char *rules =
    g_build_filename (sct_cluster_get_socket_dir (cluster), "data", "pg_hba.conf", NULL);
  ScStore *store = sc_store_new (conninfo, 1);
  g_assert_true (sc_migrate (store, NULL, &error));
  execute (store, "CREATE ROLE app SUPERUSER LOGIN");
  g_file_set_contents (rules, "local all app scram-sha-256\nlocal all all trust\n", -1, &error);
  g_assert_no_error (error);
  execute (store, "SELECT pg_reload_conf()");
  return store;
}

static void
test_tick (void)
{
  static const SctCut cuts[] = { SCT_CUT_CLOSED, SCT_CUT_RESET, SCT_CUT_SILENT };
  g_autoptr (SctCluster) cluster = sct_cluster_new ();
  g_autoptr (ScStore) store = open_database (cluster);
  const char *host = sct_cluster_get_socket_dir (cluster);
  Cloud cloud = { 0 };
  change_password (&cloud, store, host, "first");
  start (&cloud, lambda, "tick");
  assert_answered (&cloud, "{}");
  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++) {
    g_autofree char *password = g_strdup_printf ("next%u", i);
    forget_asked (&cloud);
    freeze_and_cut (&cloud, cloud.aws, cuts[i]);
    if (cuts[i] != SCT_CUT_SILENT) /* the extension is of the same sandbox, and frozen with it */
      g_assert_cmpuint (sct_peer_cut (cloud.extension, cuts[i]), >=, 1);
    change_password (&cloud, store, host, password);
    g_subprocess_send_signal (cloud.process, SIGCONT);
    assert_answered (&cloud, "{}");
    g_assert_cmpuint (count_asked (&cloud, "/ListStreams"), ==, 1);
    g_assert_cmpuint (count_asked (&cloud, SECRET_PATH), ==, 1);
    g_assert_cmpuint (sct_peer_get_n_lost (cloud.aws), ==, 0);
  }
  stop (&cloud);
}

static void
test_review (void)
{
  static const SctCut cuts[] = { SCT_CUT_CLOSED, SCT_CUT_RESET, SCT_CUT_SILENT };
  Cloud cloud = { 0 };
  start (&cloud, review, "chat_review");
  for (guint i = 0; i <= G_N_ELEMENTS (cuts); i++) {
    g_autofree char *room = g_strdup_printf ("room%u", i);
    g_autofree char *event =
      g_strdup_printf ("{\"Content\":\"hello\",\"MessageId\":\"m\",\"RoomArn\":"
                       "\"arn:aws:ivschat:us-west-2:123456789012:room/%s\",\"Sender\":"
                       "{\"UserId\":\"u\",\"Attributes\":{\"role\":\"viewer\"}}}",
                       room);
    if (i > 0)
      freeze_and_cut (&cloud, cloud.aws, cuts[i - 1]);
    g_subprocess_send_signal (cloud.process, SIGCONT);
    assert_answered (&cloud, event);
    sct_wait_for (60, count_asked (&cloud, room) > 0 || sct_peer_get_n_lost (cloud.aws) > 0);
    g_assert_cmpuint (count_asked (&cloud, room), ==, 1);
    g_assert_cmpuint (sct_peer_get_n_lost (cloud.aws), ==, 0);
  }
  stop (&cloud);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  lambda = argv[1];
  review = argv[2];
  g_test_add_func ("/lambda/thaw-http/tick", test_tick);
  g_test_add_func ("/lambda/thaw-http/review", test_review);
  return g_test_run ();
}
