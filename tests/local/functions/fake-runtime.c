/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A Lambda runtime that misbehaves as its event asks: {"tag", "fail": N, "how"} goes wrong in that
 * way the first N times that the event with this tag comes, and answers then, {} or the event's
 * "answer"; with "last" it is gone after the answer. What came is appended to the file
 * FAKE_JOURNAL, a line each. */

#include "config.h"

#include "sc-http.h"
#include "sc-json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static ScHttp *http;

static ScHttpResponse *
call (const char *method, const char *path, const char *const *headers, const char *body)
{
  g_autofree char *url =
    g_strdup_printf ("http://%s/2018-06-01/runtime/%s", g_getenv ("AWS_LAMBDA_RUNTIME_API"), path);
  g_autoptr (GBytes) bytes = body ? g_bytes_new (body, strlen (body)) : NULL;
  const ScHttpRequest request = {
    .method = method,
    .url = url,
    .headers = headers,
    .body = bytes,
  };
  g_autoptr (GError) error = NULL;
  ScHttpResponse *response = sc_http_send (http, &request, NULL, &error);
  if (!response)
    exit (3);
  return response;
}

static void
post (const char *id, const char *what, const char *body)
{
  static const char *const headers[] = { "Lambda-Runtime-Function-Error-Type", "Fake.Error", NULL };
  g_autofree char *path = g_strdup_printf ("invocation/%s/%s", id, what);
  g_autoptr (ScHttpResponse) response = call ("POST", path, headers, body);
}

/* Appends a line and returns how many there were with this tag. */
static guint
note (const char *tag)
{
  const char *journal = g_getenv ("FAKE_JOURNAL");
  g_autofree char *text = NULL;
  g_file_get_contents (journal, &text, NULL, NULL);
  g_auto (GStrv) lines = g_strsplit (text ? text : "", "\n", -1);
  guint seen = 0;
  for (guint i = 0; lines[i]; i++)
    seen += g_str_equal (lines[i], tag);
  FILE *file = fopen (journal, "a");
  fprintf (file, "%s\n", tag);
  fclose (file);
  return seen;
}

static void
misbehave (const char *how, const char *id)
{
  if (g_str_equal (how, "crash"))
    abort ();
  if (g_str_equal (how, "exit"))
    exit (0);
  if (g_str_equal (how, "hang"))
    pause ();
  if (g_str_equal (how, "error"))
    post (id, "error", "{\"errorType\":\"Fake.Error\",\"errorMessage\":\"x\"}");
  /* "silent": asks for the next event without an answer */
}

static void
work (void)
{
  g_autoptr (ScHttpResponse) response = call ("GET", "invocation/next", NULL, NULL);
  const char *id = sc_http_response_get_header (response, "Lambda-Runtime-Aws-Request-Id");
  const char *deadline = sc_http_response_get_header (response, "Lambda-Runtime-Deadline-Ms");
  const char *arn = sc_http_response_get_header (response, "Lambda-Runtime-Invoked-Function-Arn");
  g_autoptr (JsonObject) event = sc_json_parse (response->body, SC_JSON_MAX_BYTES, NULL);
  if (!id || !deadline || !arn || !event ||
      g_ascii_strtoll (deadline, NULL, 10) * 1000 < g_get_real_time ())
    exit (4);
  guint seen = note (json_object_get_string_member (event, "tag"));
  if (seen < json_object_get_int_member_with_default (event, "fail", 0)) {
    misbehave (json_object_get_string_member (event, "how"), id);
    return;
  }
  post ("wrong-id", "response", "{}"); /* must be refused, and harm nothing */
  post (id, "response", json_object_get_string_member_with_default (event, "answer", "{}"));
  if (json_object_has_member (event, "last"))
    exit (0);
}

int
main (void)
{
  http = sc_http_new (0);
  if (g_strcmp0 (g_getenv ("_HANDLER"), "broken") == 0) {
    g_autoptr (ScHttpResponse) response = call ("POST", "init/error", NULL, "{}");
    return 1;
  }
  for (;;)
    work ();
}
