/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Replays the writes of golden.json: objects for Amazon S3 and events for AWS Lambda, which are no
 * operations in JSON at a service's root. */

#include "config.h"

#include "sc-json.h"
#include "sc-lambda.h"
#include "sc-s3.h"
#include "sct-answer.h"

static gboolean
run (ScAws *aws, JsonObject *write, GError **error)
{
  g_autoptr (GBytes) body = sc_json_to_bytes (json_object_get_object_member (write, "input"));
  const char *function = sc_json_get_string_or (write, "function", NULL);
  if (function)
    return sc_lambda_invoke_event (aws, function, body, error);
  const ScS3Put put = { .bucket = json_object_get_string_member (write, "bucket"),
                        .key = json_object_get_string_member (write, "key"),
                        .content_type = json_object_get_string_member (write, "content_type"),
                        .object = body };
  return sc_s3_put_object (aws, &put, error);
}

static void
check_request (SctAnswer *answer, JsonObject *write)
{
  static const struct {
    const char *member;
    const char *header;
  } headers[] = { { "content_type", "Content-Type" },
                  { "invocation_type", "X-Amz-Invocation-Type" } };
  g_assert_cmpstr (sct_answer_get_method (answer),
                   ==,
                   json_object_get_string_member (write, "method"));
  g_assert_cmpstr (sct_answer_get_path (answer), ==, json_object_get_string_member (write, "path"));
  g_assert_cmpstr (sct_answer_get_signing_name (answer),
                   ==,
                   json_object_get_string_member (write, "signing_name"));
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    g_assert_cmpstr (sct_answer_get_header (answer, headers[i].header),
                     ==,
                     sc_json_get_string_or (write, headers[i].member, NULL));
  g_autoptr (JsonNode) sent = sct_answer_dup_input (answer);
  g_assert_true (json_node_equal (json_object_get_member (write, "input"), sent));
}

static void
check_outcome (JsonObject *write, gboolean done, const GError *error)
{
  static const struct {
    const char *name;
    ScAwsError code;
  } codes[] = { { "NOT_FOUND", SC_AWS_ERROR_NOT_FOUND },
                { "DENIED", SC_AWS_ERROR_DENIED },
                { "THROTTLED", SC_AWS_ERROR_THROTTLED },
                { "SERVER", SC_AWS_ERROR_SERVER } };
  const char *expected = sc_json_get_string_or (write, "expect", NULL);
  if (!expected)
    g_assert_no_error (error);
  g_assert_true (done == !expected);
  for (guint i = 0; expected && i < G_N_ELEMENTS (codes); i++) {
    if (g_str_equal (codes[i].name, expected))
      g_assert_error (error, SC_AWS_ERROR, (int) codes[i].code);
  }
}

static void
test_write (gconstpointer data)
{
  JsonObject *write = (JsonObject *) data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SctAnswer) answer =
    sct_answer_new ((guint) json_object_get_int_member (write, "status"),
                    sc_json_get_object_or_null (write, "output"));
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_auto (GStrv) environment = sct_answer_dup_environment (answer);
  g_autoptr (ScAws) aws = sc_aws_new (environment, http, &error);
  g_assert_no_error (error);
  sc_aws_set_wait (aws, sct_answer_no_wait, NULL);

  gboolean done = run (aws, write, &error);
  check_request (answer, write);
  check_outcome (write, done, error);
}

static void
test_refused (void)
{
  static const char *const bad[] = { "", "a/b", "a?b", "f\n", "\303\274" };
  g_autoptr (GError) fatal = NULL;
  g_autoptr (SctAnswer) answer = sct_answer_new (202, NULL);
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_auto (GStrv) environment = sct_answer_dup_environment (answer);
  g_autoptr (ScAws) aws = sc_aws_new (environment, http, &fatal);
  g_autoptr (GBytes) event = g_bytes_new_static ("{}", 2);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (sc_lambda_invoke_event (aws, bad[i], event, &error));
    g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_INVALID);
  }
  g_assert_cmpuint (sct_answer_get_count (answer), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "golden.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  json_parser_load_from_file (parser, file, &error);
  g_assert_no_error (error);
  JsonArray *writes =
    json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "writes");
  for (guint i = 0; i < json_array_get_length (writes); i++) {
    JsonObject *write = json_array_get_object_element (writes, i);
    g_autofree char *path =
      g_strdup_printf ("/writes/%u-%s", i, json_object_get_string_member (write, "operation"));
    g_test_add_data_func (path, write, test_write);
  }
  g_test_add_func ("/writes/refused", test_refused);
  return g_test_run ();
}
