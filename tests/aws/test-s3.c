/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Objects of Amazon S3: those of golden.json, their bounds, and where they are looked for. */

#include "config.h"

#include "sc-json.h"
#include "sc-s3.h"
#include "sct-answer.h"

#define MAX_BYTES 1000

static ScAws *
make_aws (GStrv environment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScHttp) http = sc_http_new (5);
  ScAws *aws = sc_aws_new (environment, http, &error);
  g_assert_no_error (error);
  sc_aws_set_wait (aws, sct_answer_no_wait, NULL);
  return aws;
}

static void
check_outcome (JsonObject *object, GBytes *bytes, const GError *error)
{
  static const struct {
    const char *name;
    ScAwsError code;
  } codes[] = { { "NOT_FOUND", SC_AWS_ERROR_NOT_FOUND },
                { "DENIED", SC_AWS_ERROR_DENIED },
                { "SERVER", SC_AWS_ERROR_SERVER } };
  const char *expected = sc_json_get_string_or (object, "expect", NULL);
  if (!expected) {
    g_assert_no_error (error);
    g_autoptr (JsonObject) output = sc_json_parse (bytes, MAX_BYTES, NULL);
    g_autofree char *got = sc_json_to_string (output);
    g_autofree char *sent = sc_json_to_string (json_object_get_object_member (object, "output"));
    g_assert_cmpstr (got, ==, sent);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    if (g_str_equal (codes[i].name, expected))
      g_assert_error (error, SC_AWS_ERROR, (int) codes[i].code);
  }
}

static void
test_object (gconstpointer data)
{
  JsonObject *object = (JsonObject *) data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SctAnswer) answer =
    sct_answer_new ((guint) json_object_get_int_member (object, "status"),
                    sc_json_get_object_or_null (object, "output"));
  g_auto (GStrv) environment = sct_answer_dup_environment (answer);
  g_autoptr (ScAws) aws = make_aws (environment);
  g_autoptr (GBytes) bytes = sc_s3_get_object (aws,
                                               json_object_get_string_member (object, "bucket"),
                                               json_object_get_string_member (object, "key"),
                                               MAX_BYTES,
                                               &error);
  check_outcome (object, bytes, error);
  g_assert_cmpstr (sct_answer_get_method (answer), ==, "GET");
  g_assert_cmpstr (sct_answer_get_signing_name (answer), ==, "s3");
  g_assert_cmpstr (sct_answer_get_path (answer),
                   ==,
                   json_object_get_string_member (object, "path"));
}

static void
test_put_refused (void)
{
  g_autoptr (SctAnswer) answer = sct_answer_new (200, NULL);
  g_auto (GStrv) environment = sct_answer_dup_environment (answer);
  g_autoptr (ScAws) aws = make_aws (environment);
  g_autofree char *large = g_malloc0 (SC_S3_PUT_MAX_BYTES + 1);
  g_autoptr (GBytes) too_large = g_bytes_new (large, SC_S3_PUT_MAX_BYTES + 1);
  g_autoptr (GBytes) largest = g_bytes_new (large, SC_S3_PUT_MAX_BYTES);
  const ScS3Put bad[] = { { "Bucket", "key", "text/plain", NULL, largest },
                          { "bucket", "a/../b", "text/plain", NULL, largest },
                          { "bucket", "key", "text/plain", NULL, too_large } };
  const ScS3Put good = { "bucket", "key", "text/plain", "immutable", largest };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (sc_s3_put_object (aws, &bad[i], &error));
    g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_INVALID);
  }
  g_assert_cmpuint (sct_answer_get_count (answer), ==, 0);
  g_autoptr (GError) error = NULL;
  g_assert_true (sc_s3_put_object (aws, &good, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (sct_answer_get_header (answer, "Cache-Control"), ==, "immutable");
}

/* The bound holds, and nothing is asked for by a name that is none. */
static void
test_refused (void)
{
  static const struct {
    const char *bucket;
    const char *key;
  } bad[] = {
    { "a", "k" },
    { "Bucket", "k" },
    { "evil.example/x", "k" },
    { "user@evil", "k" },
    { "-bucket", "k" },
    { "bucket..name", "k" },
    { "bucket", "" },
    { "bucket", "/k" },
    { "bucket", "a//b" },
    { "bucket", "a/../../b" },
    { "bucket", "./a" },
  };
  g_autoptr (JsonObject) output = json_object_new ();
  json_object_set_string_member (output, "member", "value");
  g_autoptr (SctAnswer) answer = sct_answer_new (200, output);
  g_auto (GStrv) environment = sct_answer_dup_environment (answer);
  g_autoptr (ScAws) aws = make_aws (environment);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (sc_s3_get_object (aws, bad[i].bucket, bad[i].key, MAX_BYTES, &error));
    g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_INVALID);
  }
  g_assert_cmpuint (sct_answer_get_count (answer), ==, 0);

  g_autoptr (GError) error = NULL;
  g_assert_null (sc_s3_get_object (aws, "bucket", "key", 5, &error));
  g_assert_cmpuint (error->domain, ==, SC_AWS_ERROR);
  g_assert_cmpuint (sct_answer_get_count (answer), >, 0);
}

static GStrv
make_environment (const char *variable, const char *value)
{
  GStrv environment = g_environ_setenv (NULL, "AWS_REGION", "us-west-2", TRUE);
  environment = g_environ_setenv (environment, "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", TRUE);
  environment = g_environ_setenv (environment, "AWS_SECRET_ACCESS_KEY", "an example", TRUE);
  return variable ? g_environ_setenv (environment, variable, value, TRUE) : environment;
}

static void
test_places (void)
{
  static const struct {
    const char *variable;
    const char *value;
    const char *bucket;
    const char *url;
  } places[] = {
    { NULL, NULL, "bucket", "https://bucket.s3.us-west-2.amazonaws.com/a/b%20c" },
    { NULL, NULL, "bucket.org", "https://s3.us-west-2.amazonaws.com/bucket.org/a/b%20c" },
    { "AWS_ENDPOINT_URL",
      "http://localhost:4566/",
      "bucket",
      "http://localhost:4566/bucket/a/b%20c" },
    { "AWS_ENDPOINT_URL_S3", "http://[::1]:1/s3", "bucket", "http://[::1]:1/s3/bucket/a/b%20c" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_auto (GStrv) environment = make_environment (places[i].variable, places[i].value);
    g_autoptr (ScAws) first = make_aws (environment);
    const ScAwsPatience patience = { .timeout_ms = 1000 };
    g_autoptr (ScAws) aws = sc_aws_new_like (first, &patience);
    g_autofree char *url = sc_s3_object_url (aws, places[i].bucket, "a/b c");
    g_assert_cmpstr (url, ==, places[i].url);
  }
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
  JsonObject *golden = json_node_get_object (json_parser_get_root (parser));
  JsonArray *objects = json_object_get_array_member (golden, "objects");
  for (guint i = 0; i < json_array_get_length (objects); i++) {
    g_autofree char *path = g_strdup_printf ("/s3/object-%u", i);
    g_test_add_data_func (path, json_array_get_object_element (objects, i), test_object);
  }
  g_test_add_func ("/s3/refused", test_refused);
  g_test_add_func ("/s3/put-refused", test_put_refused);
  g_test_add_func ("/s3/places", test_places);
  return g_test_run ();
}
