/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-cloudwatch.h"
#include "sc-json.h"
#include "sct-answer.h"

#include <string.h>

static void
test_the_error_table (void)
{
  const struct {
    guint status;
    const char *type;
    ScAwsError expected;
  } rows[] = {
    { 400, "ValidationException", SC_AWS_ERROR_INVALID },
    { 400, "ThrottlingException", SC_AWS_ERROR_THROTTLED },
    { 400, "com.amazonaws.ivs#ConflictException", SC_AWS_ERROR_CONFLICT },
    { 404,
      "ChannelNotBroadcasting:http://internal.amazon.com/coral/",
      SC_AWS_ERROR_NOT_BROADCASTING },
    { 403, "PendingVerification", SC_AWS_ERROR_PENDING_VERIFICATION },
    { 403, "ExpiredTokenException", SC_AWS_ERROR_DENIED },
    { 402, "ServiceQuotaExceededException", SC_AWS_ERROR_QUOTA },
    { 503, "StreamUnavailable", SC_AWS_ERROR_SERVER },
    { 400, NULL, SC_AWS_ERROR_INVALID },
    { 401, NULL, SC_AWS_ERROR_DENIED },
    { 402, "Unheard", SC_AWS_ERROR_QUOTA },
    { 403, "Unheard", SC_AWS_ERROR_DENIED },
    { 404, NULL, SC_AWS_ERROR_NOT_FOUND },
    { 409, NULL, SC_AWS_ERROR_CONFLICT },
    { 429, NULL, SC_AWS_ERROR_THROTTLED },
    { 500, NULL, SC_AWS_ERROR_SERVER },
    { 504, "Unheard", SC_AWS_ERROR_SERVER },
    { 302, NULL, SC_AWS_ERROR_PROTOCOL },
    { 418, NULL, SC_AWS_ERROR_PROTOCOL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %zu", i);
    g_assert_cmpint (sc_aws_error_classify (rows[i].status, rows[i].type), ==, rows[i].expected);
  }
}

static void
test_what_is_unclear (void)
{
  for (int code = SC_AWS_ERROR_THROTTLED; code <= SC_AWS_ERROR_PROTOCOL; code++) {
    g_autoptr (GError) error = g_error_new_literal (SC_AWS_ERROR, code, "");
    gboolean unclear =
      code == SC_AWS_ERROR_SERVER || code == SC_AWS_ERROR_UNCLEAR || code == SC_AWS_ERROR_PROTOCOL;
    gboolean passing =
      unclear || code == SC_AWS_ERROR_THROTTLED || code == SC_AWS_ERROR_UNREACHABLE;
    g_assert_cmpint (sc_aws_error_is_unclear (error), ==, unclear);
    g_assert_cmpint (sc_aws_error_is_passing (error), ==, passing);
  }
}

typedef struct {
  const char *operation;
  gboolean may_repeat;
  guint status;
  guint expected_calls;
} Repetition;

static void
test_repetition (gconstpointer data)
{
  const Repetition *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SctAnswer) answer = sct_answer_new (row->status, NULL);
  g_auto (GStrv) environment = sct_answer_dup_environment (answer);
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autoptr (ScAws) aws = sc_aws_new (environment, http, &error);
  g_assert_no_error (error);
  gint64 waited = 0;
  sc_aws_set_wait (aws, sct_answer_no_wait, &waited);

  const ScAwsOperation operation = { SC_AWS_IVS, row->operation, row->may_repeat };
  g_autoptr (JsonObject) input = json_object_new ();
  g_autoptr (JsonObject) output = sc_aws_call (aws, &operation, input, &error);
  g_assert_cmpint (output != NULL, ==, row->status == 200);
  g_assert_cmpuint (sct_answer_get_count (answer), ==, row->expected_calls);
  g_assert_cmpint (waited, <=, 700 * G_TIME_SPAN_MILLISECOND);
}

/* A client with a patience of its own calls in place of the one it was made like. */
static void
test_one_try (void)
{
  static const ScAwsPatience patience = { .timeout_ms = 5000, .max_repeats = 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SctAnswer) answer = sct_answer_new (500, NULL);
  g_auto (GStrv) environment = sct_answer_dup_environment (answer);
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autoptr (ScAws) model = sc_aws_new (environment, http, &error);
  g_assert_no_error (error);
  g_autoptr (ScAws) aws = sc_aws_new_like (model, &patience);
  const ScAwsOperation operation = { SC_AWS_IVS, "GetStreamKey", TRUE };
  g_autoptr (JsonObject) input = json_object_new ();
  g_assert_null (sc_aws_call (aws, &operation, input, &error));
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_SERVER);
  g_assert_cmpuint (sct_answer_get_count (answer), ==, 1);
}

/* Called while one call is under way: there is no room for another one. */
static gint64
call_from_inside (const char *operation, gpointer user_data, GError **error)
{
  g_autoptr (GError) cause = NULL;
  const ScAwsOperation other = { SC_AWS_IVS, "GetChannel", TRUE };
  g_autoptr (JsonObject) input = json_object_new ();
  g_assert_null (sc_aws_call (user_data, &other, input, &cause));
  g_assert_error (cause, SC_AWS_ERROR, SC_AWS_ERROR_THROTTLED);
  return 0;
}

static void
test_one_at_once (void)
{
  static const ScAwsPatience patience = { .timeout_ms = 5000, .max_at_once = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SctAnswer) answer = sct_answer_new (200, NULL);
  g_auto (GStrv) environment = sct_answer_dup_environment (answer);
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autoptr (ScAws) model = sc_aws_new (environment, http, &error);
  g_assert_no_error (error);
  g_autoptr (ScAws) aws = sc_aws_new_like (model, &patience);
  sc_aws_set_gate (aws, call_from_inside, aws);
  const ScAwsOperation operation = { SC_AWS_IVS, "GetStreamKey", TRUE };
  for (guint i = 1; i <= 2; i++) {
    g_autoptr (JsonObject) input = json_object_new ();
    g_autoptr (JsonObject) output = sc_aws_call (aws, &operation, input, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (sct_answer_get_count (answer), ==, i);
  }
}

static gint64
refuse (const char *operation, gpointer user_data, GError **error)
{
  g_set_error (error, SC_AWS_ERROR, SC_AWS_ERROR_THROTTLED, "%s", operation);
  return -1;
}

static void
test_the_gate_keeps_calls_in (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SctAnswer) answer = sct_answer_new (200, NULL);
  g_auto (GStrv) environment = sct_answer_dup_environment (answer);
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autoptr (ScAws) aws = sc_aws_new (environment, http, &error);
  sc_aws_set_gate (aws, refuse, NULL);
  const ScAwsOperation operation = { SC_AWS_IVS, "GetChannel", TRUE };
  g_autoptr (JsonObject) input = json_object_new ();
  g_assert_null (sc_aws_call (aws, &operation, input, &error));
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_THROTTLED);
  g_assert_cmpuint (sct_answer_get_count (answer), ==, 0);

  const ScAwsOperation metrics = { SC_AWS_CLOUDWATCH, "GetMetricData", TRUE };
  g_clear_error (&error);
  g_autoptr (JsonObject) output = sc_aws_call (aws, &metrics, input, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sct_answer_get_count (answer), ==, 1);
}

static JsonObject *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonObject *object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  return object;
}

/* Asks for metrics, to be answered with a time and a value as they stand in JSON. */
static GArray *
ask_metrics (const char *time, const char *value, GError **error)
{
  const ScCloudwatchRange range = { G_USEC_PER_SEC, 2 * G_USEC_PER_SEC, 5 };
  g_autofree char *text = g_strdup_printf ("{\"MetricDataResults\":[{\"Id\":\"video\","
                                           "\"Timestamps\":[%s],\"Values\":[%s]}]}",
                                           time,
                                           value);
  g_autoptr (JsonObject) output = parse (text);
  g_autoptr (SctAnswer) answer = sct_answer_new (200, output);
  g_auto (GStrv) environment = sct_answer_dup_environment (answer);
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autoptr (ScAws) aws = sc_aws_new (environment, http, error);
  g_assert_nonnull (aws);
  return sc_cloudwatch_get_channel (aws, "AbCdef1G2hij", &range, error);
}

static void
test_metrics (void)
{
  static const struct {
    const char *time, *value;
  } bad[] = { { "1e30", "1" },  { "-5", "1" },    { "253402300800", "1" }, { "\"5\"", "1" },
              { "true", "1" },  { "null", "1" },  { "5", "1e16" },         { "5", "-1e16" },
              { "5", "false" }, { "5", "\"1\"" }, { "5", "[1]" },          { "5", "1,2" } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) good = ask_metrics ("1770000000.0", "900000", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (good->len, ==, 1);
  g_assert_cmpint (g_array_index (good, ScCloudwatchSample, 0).at,
                   ==,
                   G_GINT64_CONSTANT (1770000000000000));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) cause = NULL;
    g_test_message ("%s: %s", bad[i].time, bad[i].value);
    g_assert_null (ask_metrics (bad[i].time, bad[i].value, &cause));
    g_assert_error (cause, SC_AWS_ERROR, SC_AWS_ERROR_PROTOCOL);
  }
}

static void
test_settings (void)
{
  const char *complete[] = { "AWS_REGION=us-west-2",
                             "AWS_ACCESS_KEY_ID=a",
                             "AWS_SECRET_ACCESS_KEY=b",
                             NULL };
  const char *no_region[] = { "AWS_ACCESS_KEY_ID=a", "AWS_SECRET_ACCESS_KEY=b", NULL };
  const char *no_secret[] = { "AWS_REGION=us-west-2", "AWS_ACCESS_KEY_ID=a", NULL };
  const char *bad_url[] = { "AWS_REGION=us-west-2",
                            "AWS_ACCESS_KEY_ID=a",
                            "AWS_SECRET_ACCESS_KEY=b",
                            "AWS_ENDPOINT_URL_IVS=nowhere",
                            NULL };
  const struct {
    const char **environment;
    gboolean expected;
  } rows[] = { { complete, TRUE }, { no_region, FALSE }, { no_secret, FALSE }, { bad_url, FALSE } };
  g_autoptr (ScHttp) http = sc_http_new (5);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ScAws) aws = sc_aws_new ((char **) rows[i].environment, http, &error);
    g_assert_cmpint (aws != NULL, ==, rows[i].expected);
    if (!aws)
      g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_INVALID);
  }
}

static void
test_nobody_there (void)
{
  const char *environment[] = { "AWS_REGION=us-west-2",
                                "AWS_ACCESS_KEY_ID=a",
                                "AWS_SECRET_ACCESS_KEY=b",
                                "AWS_ENDPOINT_URL=http://127.0.0.1:1",
                                NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autoptr (ScAws) aws = sc_aws_new ((char **) environment, http, &error);
  const ScAwsOperation operation = { SC_AWS_IVS, "CreateChannel", FALSE };
  g_autoptr (JsonObject) input = json_object_new ();
  g_assert_null (sc_aws_call (aws, &operation, input, &error));
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_UNREACHABLE);
}

int
main (int argc, char *argv[])
{
  static const Repetition create_500 = { "CreateChannel", FALSE, 500, 1 };
  static const Repetition create_429 = { "CreateChannel", FALSE, 429, 1 };
  static const Repetition get_500 = { "GetChannel", TRUE, 500, 4 };
  static const Repetition get_429 = { "GetChannel", TRUE, 429, 4 };
  static const Repetition get_404 = { "GetChannel", TRUE, 404, 1 };
  static const Repetition get_200 = { "GetChannel", TRUE, 200, 1 };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/aws/the-error-table", test_the_error_table);
  g_test_add_func ("/aws/what-is-unclear", test_what_is_unclear);
  g_test_add_data_func ("/aws/create-500-is-not-repeated", &create_500, test_repetition);
  g_test_add_data_func ("/aws/create-429-is-not-repeated", &create_429, test_repetition);
  g_test_add_data_func ("/aws/get-500-is-repeated", &get_500, test_repetition);
  g_test_add_data_func ("/aws/get-429-is-repeated", &get_429, test_repetition);
  g_test_add_data_func ("/aws/get-404-is-not-repeated", &get_404, test_repetition);
  g_test_add_data_func ("/aws/get-200", &get_200, test_repetition);
  g_test_add_func ("/aws/one-try", test_one_try);
  g_test_add_func ("/aws/one-at-once", test_one_at_once);
  g_test_add_func ("/aws/the-gate-keeps-calls-in", test_the_gate_keeps_calls_in);
  g_test_add_func ("/aws/metrics", test_metrics);
  g_test_add_func ("/aws/settings", test_settings);
  g_test_add_func ("/aws/nobody-there", test_nobody_there);
  return g_test_run ();
}
