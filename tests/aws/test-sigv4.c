/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-sigv4.h"

#include <string.h>

#define SECRET "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
#define NOW (G_GINT64_CONSTANT (1440938160) * G_USEC_PER_SEC)

/* "get-vanilla" of the signature test suite that AWS publishes. */
static void
test_published_vector (void)
{
  const char *headers[] = { "Host",
                            "example.amazonaws.com",
                            "X-Amz-Date",
                            "20150830T123600Z",
                            NULL };
  const ScSigV4Request request = { "GET", "/", NULL, headers, NULL };
  const ScSigV4Scope scope = { "us-east-1", "service" };
  g_autofree char *header = sc_sigv4_sign (&request, &scope, "AKIDEXAMPLE", SECRET);
  g_assert_cmpstr (header,
                   ==,
                   "AWS4-HMAC-SHA256 "
                   "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                   "SignedHeaders=host;x-amz-date, Signature="
                   "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
}

static void
test_date (void)
{
  g_autofree char *date = sc_sigv4_format_date (NOW + 999);
  g_assert_cmpstr (date, ==, "20150830T123600Z");
}

typedef struct {
  const char *method;
  const char *path;
  const char *query;
  const char *body;
  const char *host;
  const char *secret;
  gint64 now;
  int expected; /* -1: good */
} Tampering;

static void
test_tampering (void)
{
  const Tampering rows[] = {
    { "POST", "/CreateChannel", NULL, "{}", "a", SECRET, NOW, -1 },
    { "POST", "/CreateChannel", NULL, "{}", "a", SECRET, NOW + 4 * 60 * G_USEC_PER_SEC, -1 },
    { "GET", "/CreateChannel", NULL, "{}", "a", SECRET, NOW, SC_SIGV4_ERROR_MISMATCH },
    { "POST", "/DeleteChannel", NULL, "{}", "a", SECRET, NOW, SC_SIGV4_ERROR_MISMATCH },
    { "POST", "/CreateChannel", "a=b", "{}", "a", SECRET, NOW, SC_SIGV4_ERROR_MISMATCH },
    { "POST", "/CreateChannel", NULL, "{ }", "a", SECRET, NOW, SC_SIGV4_ERROR_MISMATCH },
    { "POST", "/CreateChannel", NULL, "{}", "b", SECRET, NOW, SC_SIGV4_ERROR_MISMATCH },
    { "POST", "/CreateChannel", NULL, "{}", "a", "other", NOW, SC_SIGV4_ERROR_MISMATCH },
    { "POST",
      "/CreateChannel",
      NULL,
      "{}",
      "a",
      SECRET,
      NOW + 6 * 60 * G_USEC_PER_SEC,
      SC_SIGV4_ERROR_EXPIRED },
    { "POST",
      "/CreateChannel",
      NULL,
      "{}",
      "a",
      SECRET,
      NOW - 6 * 60 * G_USEC_PER_SEC,
      SC_SIGV4_ERROR_EXPIRED },
    { "POST", "/CreateChannel", NULL, "{}", NULL, SECRET, NOW, SC_SIGV4_ERROR_INCOMPLETE },
  };
  const char *signed_headers[] = { "Host", "a", "X-Amz-Date", "20150830T123600Z", NULL };
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  const ScSigV4Request request = { "POST", "/CreateChannel", NULL, signed_headers, body };
  const ScSigV4Scope scope = { "us-west-2", "ivs" };
  g_autofree char *header = sc_sigv4_sign (&request, &scope, "AKID", SECRET);
  g_autoptr (ScSigV4Authorization) authorization = sc_sigv4_authorization_parse (header, NULL);
  g_assert_cmpstr (authorization->access_key_id, ==, "AKID");
  g_assert_cmpstr (authorization->region, ==, "us-west-2");
  g_assert_cmpstr (authorization->service, ==, "ivs");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Tampering *row = &rows[i];
    g_autoptr (GBytes) came = g_bytes_new_static (row->body, strlen (row->body));
    const char *headers[] = { "x-amz-date", "20150830T123600Z",        "user-agent",
                              "u",          row->host ? "host" : NULL, row->host,
                              NULL };
    const ScSigV4Request received = { row->method, row->path, row->query, headers, came };
    g_autoptr (GError) error = NULL;
    gboolean good = sc_sigv4_verify (authorization, &received, row->secret, row->now, &error);
    g_test_message ("row %zu", i);
    g_assert_cmpint (good, ==, row->expected == -1);
    if (!good)
      g_assert_error (error, SC_SIGV4_ERROR, row->expected);
  }
}

#define SIGNATURE "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"

static void
test_headers_from_strangers (void)
{
  const struct {
    const char *header;
    int expected; /* -1: good */
  } rows[] = {
    { NULL, SC_SIGV4_ERROR_MISSING },
    { "", SC_SIGV4_ERROR_MISSING },
    { "Bearer x", SC_SIGV4_ERROR_MISSING },
    { "AWS4-HMAC-SHA256 ", SC_SIGV4_ERROR_INCOMPLETE },
    { "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request,SignedHeaders=host,Signature=" SIGNATURE,
      -1 },
    { "AWS4-HMAC-SHA256 Credential=a/b/c/aws4_request, SignedHeaders=host, Signature=" SIGNATURE,
      SC_SIGV4_ERROR_INCOMPLETE },
    { "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=12",
      SC_SIGV4_ERROR_INCOMPLETE },
    { "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, Signature=" SIGNATURE,
      SC_SIGV4_ERROR_INCOMPLETE },
    { "AWS4-HMAC-SHA256 nonsense", SC_SIGV4_ERROR_INCOMPLETE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ScSigV4Authorization) parsed = sc_sigv4_authorization_parse (rows[i].header, &error);
    g_assert_cmpint (parsed != NULL, ==, rows[i].expected == -1);
    if (!parsed)
      g_assert_error (error, SC_SIGV4_ERROR, rows[i].expected);
  }
}

/* Headers with a few bytes changed, doubled or gone: none may crash, or pass as another. */
static void
test_mutated_headers (void)
{
  const char *headers[] = { "Host", "a", "X-Amz-Date", "20150830T123600Z", NULL };
  const ScSigV4Request request = { "POST", "/CreateChannel", NULL, headers, NULL };
  const ScSigV4Scope scope = { "us-west-2", "ivs" };
  g_autofree char *good = sc_sigv4_sign (&request, &scope, "AKID", SECRET);
  for (int i = 0; i < 20000; i++) {
    g_autoptr (GString) bad = g_string_new (good);
    for (int j = g_test_rand_int_range (1, 4); j > 0; j--) {
      gssize at = g_test_rand_int_range (0, (gint32) bad->len);
      if (g_test_rand_bit ())
        g_string_erase (bad, at, 1);
      g_string_insert_c (bad, at, (char) g_test_rand_int_range (1, 256));
    }
    g_autoptr (ScSigV4Authorization) parsed = sc_sigv4_authorization_parse (bad->str, NULL);
    if (!parsed || !sc_sigv4_verify (parsed, &request, SECRET, NOW, NULL))
      continue;
    /* What passes differs in no field that was signed. */
    g_autoptr (ScSigV4Authorization) meant = sc_sigv4_authorization_parse (good, NULL);
    g_assert_cmpstr (parsed->signature, ==, meant->signature);
    g_assert_cmpstr (parsed->region, ==, meant->region);
    g_assert_cmpstr (parsed->service, ==, meant->service);
    g_assert_cmpstrv (parsed->signed_headers, meant->signed_headers);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sigv4/published-vector", test_published_vector);
  g_test_add_func ("/sigv4/date", test_date);
  g_test_add_func ("/sigv4/tampering", test_tampering);
  g_test_add_func ("/sigv4/headers-from-strangers", test_headers_from_strangers);
  g_test_add_func ("/sigv4/mutated-headers", test_mutated_headers);
  return g_test_run ();
}
