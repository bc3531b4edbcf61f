/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The template deployed: what has an identity keeps it, the rules reach the functions, and a rule
 * without a permission is refused. */

#include "config.h"

#include "sc-json.h"
#include "sc-stack-error.h"
#include "sc-stack.h"
#include "sct-files.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static const char *template_path;

typedef struct {
  char *directory;
  ScStateDir *state;
  GHashTable *parameters;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  fixture->directory = g_dir_make_tmp ("stack-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->state = sc_state_dir_open (fixture->directory, FALSE, &error);
  g_assert_no_error (error);
  fixture->parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (fixture->parameters, "CodeBucket", "local");
  g_hash_table_insert (fixture->parameters, "LambdaCodeKey", "/usr/bin/false");
  g_hash_table_insert (fixture->parameters, "ReviewCodeKey", "/usr/bin/false");
  g_hash_table_insert (fixture->parameters,
                       "ExtensionLayerArn",
                       "arn:aws:lambda:us-west-2:123456789012:layer:extension:1");
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_hash_table_unref (fixture->parameters);
  g_clear_object (&fixture->state);
  sct_remove_tree (fixture->directory);
  g_free (fixture->directory);
}

static ScStack *
deploy (Fixture *fixture, const char *template_file, GError **error)
{
  static const char *const environment[] = { "AWS_REGION=us-west-2", NULL };
  const ScStackConfig config = {
    .template_file = template_file,
    .state = fixture->state,
    .region = "us-west-2",
    .account = "123456789012",
    .database_host = "/run/database",
    .recordings_host = "localhost:8443",
    .api_host = "localhost:443",
    .environment = environment,
    .retry_ms = 1,
  };
  return sc_stack_deploy (&config, fixture->parameters, error);
}

static ScStack *
deploy_own (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ScStack *stack = deploy (fixture, template_path, &error);
  g_assert_no_error (error);
  return stack;
}

static const char *const outputs[] = {
  "RecordingConfigurationArn",
  "RecordingBucketName",
  "ChatLoggingConfigurationArn",
  "ChatLogGroupName",
  "DatabaseSecretArn",
  "ChatReviewArn",
  "ApiFunctionArn",
  "ApiUrl",
  "RecordingsUrl",
  "DatabaseMasterSecretArn",
  "DatabaseAddress",
};

static void
test_outputs_have_their_form (Fixture *fixture, gconstpointer user_data)
{
  static const char *const forms[] = {
    "^arn:aws:ivs:us-west-2:123456789012:recording-configuration/[A-Za-z0-9]{12}$",
    "^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$",
    "^arn:aws:ivschat:us-west-2:123456789012:logging-configuration/[A-Za-z0-9]{12}$",
    "^/aws/vendedlogs/streamcat-chat$",
    "^arn:aws:secretsmanager:us-west-2:123456789012:secret:streamcat-DatabaseSecret-[A-Za-z0-9]{12}"
    "-"
    "[A-Za-z0-9]{6}$",
    "^arn:aws:lambda:us-west-2:123456789012:function:streamcat-chat-review:live$",
    "^arn:aws:lambda:us-west-2:123456789012:function:streamcat-api$",
    "^https://localhost:443$",
    "^https://localhost:8443$",
    "^arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!db-[A-Za-z0-9]{12}-[A-Za-z0-9]{6}$",
    "^/run/database$",
  };
  g_autoptr (ScStack) stack = deploy_own (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++) {
    const char *value = sc_stack_get_output (stack, outputs[i]);
    g_test_message ("%s = %s", outputs[i], value);
    g_assert_true (value && g_regex_match_simple (forms[i], value, 0, 0));
  }
  const char *arn = sc_stack_get_output (stack, "RecordingConfigurationArn");
  JsonObject *recording = sc_stack_find_resource (stack, "AWS::IVS::RecordingConfiguration", arn);
  g_assert_nonnull (recording);
  g_assert_cmpint (json_object_get_int_member (recording, "RecordingReconnectWindowSeconds"),
                   ==,
                   60);
  g_assert_null (sc_stack_find_resource (stack, "AWS::S3::Bucket", arn));
}

/* What works here, what is only checked, and what is left out come to the whole template. */
static void
test_summary (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (template_path, &text, NULL, NULL));
  g_auto (GStrv) parts = g_strsplit (text, "\n    Type: ", -1);
  guint parameters = 0;
  for (guint i = 1; parts[i]; i++)
    parameters += !strstr (parts[i], "::") || strstr (parts[i], "::") > strchr (parts[i], '\n');

  g_autoptr (ScStack) stack = deploy_own (fixture);
  g_autofree char *summary = sc_stack_dup_summary (stack);
  g_test_message ("%s", summary);
  g_autoptr (GRegex) numbers = g_regex_new ("^template: ([0-9]+)", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint sum = 0;
  for (g_regex_match (numbers, summary, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL)) {
    g_autofree char *number = g_match_info_fetch (match, 1);
    sum += (guint) g_ascii_strtoull (number, NULL, 10);
  }
  g_assert_cmpuint (sum, ==, g_strv_length (parts) - 1 - parameters);
  g_assert_nonnull (strstr (summary, "network ("));
}

static void
test_identities_are_kept (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (ScStack) first = deploy_own (fixture);
  g_autoptr (ScStack) second = deploy_own (fixture);
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    g_assert_cmpstr (sc_stack_get_output (first, outputs[i]),
                     ==,
                     sc_stack_get_output (second, outputs[i]));
  g_autofree char *password = sc_stack_dup_database_password (first, &error);
  g_autofree char *again = sc_stack_dup_database_password (second, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (password, ==, again);
  g_assert_cmpuint (strlen (password), ==, 40);

  g_autofree char *path = sc_state_dir_build (fixture->state, "stack.json");
  struct stat info;
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_secret_says_how_to_connect (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (ScStack) stack = deploy_own (fixture);
  const ScSecret *secret =
    sc_vault_find (sc_stack_get_secrets (stack), sc_stack_get_output (stack, "DatabaseSecretArn"));
  g_assert_true (secret == sc_vault_find (sc_stack_get_secrets (stack), secret->name));
  g_assert_null (sc_vault_find (sc_stack_get_secrets (stack), "other"));
  const char *value = sc_secret_get_value (secret);
  g_autoptr (GBytes) bytes = g_bytes_new (value, strlen (value));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (object, "host"), ==, "/run/database");
  g_assert_cmpstr (json_object_get_string_member (object, "username"), ==, "streamcat");
  g_assert_cmpstr (json_object_get_string_member (object, "dbname"), ==, "streamcat");
  g_assert_cmpint (json_object_get_int_member (object, "port"), ==, 5432);
}

static void
count_attempt (const char *arn, ScFunctionOutcome outcome, const char *reason, gpointer user_data)
{
  GPtrArray *arns = user_data;
  g_ptr_array_add (arns, g_strdup (arn));
}

/* From the bus through the template's rule to a process of the template's function. */
static void
test_rule_reaches_function (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) arns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ScStack) stack = deploy_own (fixture);
  sc_function_host_set_listener (sc_stack_get_functions (stack), count_attempt, arns);
  sc_stack_start (stack);
  g_autoptr (JsonObject) detail = json_object_new ();
  const ScEvent other = { "aws.ivs", "IVS Stage Update", "arn", detail };
  const ScEvent event = { "aws.ivs", "IVS Stream State Change", "arn", detail };
  g_autofree char *other_id = sc_event_bus_put (sc_stack_get_bus (stack), &other);
  g_autofree char *id = sc_event_bus_put (sc_stack_get_bus (stack), &event);
  while (arns->len < 3) /* its program ends at once: three attempts */
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < arns->len; i++)
    g_assert_cmpstr (g_ptr_array_index (arns, i),
                     ==,
                     "arn:aws:lambda:us-west-2:123456789012:function:streamcat-stream-state");
}

/* From a log group through the template's subscription filter to its function. */
static void
test_log_reaches_function (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) arns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ScStack) stack = deploy_own (fixture);
  sc_function_host_set_listener (sc_stack_get_functions (stack), count_attempt, arns);
  sc_stack_start (stack);
  g_assert_true (sc_log_store_put (sc_stack_get_logs (stack),
                                   sc_stack_get_output (stack, "ChatLogGroupName"),
                                   "stream",
                                   g_get_real_time (),
                                   "line"));
  while (arns->len < 3)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < arns->len; i++)
    g_assert_cmpstr (g_ptr_array_index (arns, i),
                     ==,
                     "arn:aws:lambda:us-west-2:123456789012:function:streamcat-chat-log");
}

static void
test_who_may_invoke (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (ScStack) stack = deploy_own (fixture);
  const char *review = sc_stack_get_output (stack, "ChatReviewArn");
  const char *room = "arn:aws:ivschat:us-west-2:123456789012:room/g1H2I3j4k5L6";
  g_assert_true (sc_function_host_has (sc_stack_get_functions (stack), review));
  g_assert_true (sc_stack_may_invoke (stack, "ivschat.amazonaws.com", room, review));
  g_assert_false (sc_stack_may_invoke (stack, "events.amazonaws.com", room, review));
  g_assert_false (sc_stack_may_invoke (stack,
                                       "ivschat.amazonaws.com",
                                       room,
                                       "arn:aws:lambda:us-west-2:123456789012:function:"
                                       "streamcat-tick"));
}

/* Takes @from out of the template, or puts @to in its place, and deploys what remains. */
static void
assert_refuses_changed (Fixture *fixture, const char *from, const char *to, const char *words)
{
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (template_path, &text, NULL, NULL));
  g_auto (GStrv) parts = g_strsplit (text, from, 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  g_autofree char *changed = g_strjoinv (to, parts);
  g_autofree char *path = g_build_filename (fixture->directory, "changed.yaml", NULL);
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStack) stack = deploy (fixture, path, &error);
  g_test_message ("%s", error ? error->message : "accepted");
  g_assert_null (stack);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_refuses (Fixture *fixture, gconstpointer user_data)
{
  assert_refuses_changed (fixture,
                          "      SourceArn: !GetAtt StreamRule.Arn",
                          "      SourceArn: !GetAtt TickRule.Arn",
                          "no AWS::Lambda::Permission");
  assert_refuses_changed (fixture,
                          "      Principal: events.amazonaws.com",
                          "      Principal: ivschat.amazonaws.com",
                          "Permission");
  assert_refuses_changed (fixture,
                          "      Principal: logs.amazonaws.com",
                          "      Principal: ivschat.amazonaws.com",
                          "Permission");
  assert_refuses_changed (fixture,
                          "      SourceArn: !GetAtt ChatLogGroup.Arn\n"
                          "      SourceAccount: !Ref AWS::AccountId",
                          "      SourceArn: !GetAtt ChatLogGroup.Arn\n"
                          "      SourceAccount: \"999999999999\"",
                          "Permission");
  assert_refuses_changed (fixture, "FilterPattern: \"\"", "FilterPattern: x", "FilterPattern");
  assert_refuses_changed (fixture,
                          "!Ref ReviewConcurrency",
                          "9",
                          "ProvisionedConcurrentExecutions");
  assert_refuses_changed (fixture, "rate(1 minute)", "rate(1 minutes)", "rate");
  assert_refuses_changed (fixture, "source: [aws.ivs]", "source: aws.ivs", "pattern");
  assert_refuses_changed (fixture, "provided.al2023", "nodejs18.x", "runtime");
  assert_refuses_changed (fixture, "Timeout: 10", "Timeout: 901", "Timeout");
}

#define ADD(name, function) g_test_add ("/stack/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  template_path = argv[1];
  ADD ("outputs-have-their-form", test_outputs_have_their_form);
  ADD ("summary", test_summary);
  ADD ("identities-are-kept", test_identities_are_kept);
  ADD ("secret-says-how-to-connect", test_secret_says_how_to_connect);
  ADD ("rule-reaches-function", test_rule_reaches_function);
  ADD ("log-reaches-function", test_log_reaches_function);
  ADD ("who-may-invoke", test_who_may_invoke);
  ADD ("refuses", test_refuses);
  return g_test_run ();
}
