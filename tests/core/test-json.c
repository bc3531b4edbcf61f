/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-error.h"
#include "sc-json.h"

#include <string.h>

static JsonObject *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return sc_json_parse (bytes, SC_JSON_MAX_BYTES, error);
}

static void
test_refuses (void)
{
  static const char *const refused[] = {
    "",
    "[]",
    "{'a':1}",
    "{/* no */}",
    "{\"a\":\"\\u0000\"}",
    "{\"a\":}",
    "{\"a\":1}trailing",
    "\"text\"",
    "{\"a\":\"\xff\"}",
    "{\"a\":\"\\\\\\u0000\"}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonObject) object = parse (refused[i], &error);
    g_test_message ("case %u", i);
    g_assert_null (object);
    g_assert_error (error, SC_DATA_ERROR, SC_DATA_ERROR_SYNTAX);
  }
}

static void
test_escaped_backslash_is_no_nul (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = parse ("{\"a\":\"\\\\u0000\"}", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (object, "a"), ==, "\\u0000");
}

static void
test_bounds_the_size (void)
{
  g_autofree char *long_text = g_strnfill (SC_JSON_MAX_BYTES, ' ');
  g_autofree char *document = g_strconcat ("{}", long_text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = parse (document, &error);
  g_assert_null (object);
  g_assert_error (error, SC_DATA_ERROR, SC_DATA_ERROR_TOO_LARGE);
}

static void
assert_string_error (JsonObject *object, const char *member, ScDataError code)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (sc_json_get_string (object, member, 3, &error));
  g_assert_error (error, SC_DATA_ERROR, (int) code);
}

static void
test_getters_say_what_is_wrong (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object =
    parse ("{\"s\":\"äöü\",\"long\":\"abcd\",\"n\":7,\"z\":null}", &error);
  g_assert_no_error (error);

  g_assert_cmpstr (sc_json_get_string (object, "s", 3, &error), ==, "äöü");
  g_assert_no_error (error);
  assert_string_error (object, "long", SC_DATA_ERROR_RANGE);
  assert_string_error (object, "n", SC_DATA_ERROR_TYPE);
  assert_string_error (object, "z", SC_DATA_ERROR_MISSING);
  assert_string_error (object, "absent", SC_DATA_ERROR_MISSING);

  gint64 number = -1;
  g_assert_true (sc_json_get_int (object, "n", 0, 7, &number, NULL));
  g_assert_cmpint (number, ==, 7);
  g_assert_false (sc_json_get_int (object, "n", 0, 6, &number, &error));
  g_assert_error (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE);
  g_assert_cmpint (number, ==, 7);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/refuses", test_refuses);
  g_test_add_func ("/json/escaped-backslash-is-no-nul", test_escaped_backslash_is_no_nul);
  g_test_add_func ("/json/bounds-the-size", test_bounds_the_size);
  g_test_add_func ("/json/getters-say-what-is-wrong", test_getters_say_what_is_wrong);
  return g_test_run ();
}
