/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-error.h"
#include "sc-json-check.h"
#include "sc-json.h"

#include <string.h>

#define DUPLICATE "a name that this object has already"
#define NUL "a NUL"
#define NUL_IN_STRING "a NUL in a string"
#define UTF8 "bytes that are not UTF-8"
#define HALF "half a surrogate pair"
#define HEX "“\\u” without four hexadecimal digits"
#define ESCAPE "an escape that JSON does not have"
#define CONTROL "a control character in a string"
#define RANGE "a number that is out of range"
#define NO_NUMBER "a number that is none"
#define NO_OBJECT "no object"
#define NO_VALUE "no value where one must be"
#define NO_NAME "no string where one must be"
#define AFTER "something after the object"
#define AFTER_MEMBER "neither “,” nor “}” after a member"
#define AFTER_ELEMENT "neither “,” nor “]” after an element"
#define COLON "no “:” after a name"
#define END "the end in the middle of a string"

/* A document of its bytes, which may have a NUL among them. */
#define BYTES(text) text, sizeof (text) - 1

typedef struct {
  const char *data;
  gsize size;
  guint byte; /* where it is wrong, the first being 1 */
  const char *why;
} Refusal;

static const Refusal refusals[] = {
  /* A name twice. */
  { BYTES ("{\"a\":1,\"a\":1}"), 8, DUPLICATE },
  { BYTES ("{\"a\":1,\"b\":2,\"a\":3}"), 14, DUPLICATE },
  { BYTES ("{\"a\":1,\"\\u0061\":2}"), 8, DUPLICATE },
  { BYTES ("{\"\\u0061\":1,\"a\":2}"), 13, DUPLICATE },
  { BYTES ("{\"\":1,\"\":2}"), 7, DUPLICATE },
  { BYTES ("{\"\\/\":1,\"/\":2}"), 9, DUPLICATE },
  { BYTES ("{\"\xf0\x9f\x90\x88\":1,\"\\ud83d\\udc08\":2}"), 11, DUPLICATE },
  { BYTES ("{\"a\":{\"b\":1,\"b\":2}}"), 13, DUPLICATE },
  { BYTES ("{\"a\":[{\"b\":1},{\"b\":1,\"b\":2}]}"), 22, DUPLICATE },
  { BYTES ("{\"a\":[[[{\"b\":{},\"b\":{}}]]]}"), 17, DUPLICATE },
  { BYTES ("{\"a\":{\"a\":1},\"a\":2}"), 14, DUPLICATE },
  /* A NUL. */
  { BYTES ("\0"), 1, NUL },
  { BYTES ("{}\0"), 3, NUL },
  { BYTES ("{\"a\0\":1}"), 4, NUL },
  { BYTES ("{\"a\":\"b\0c\"}"), 8, NUL },
  { BYTES ("{\"a\":\"\\u0000\"}"), 7, NUL_IN_STRING },
  { BYTES ("{\"a\":\"x\\u0000y\"}"), 8, NUL_IN_STRING },
  { BYTES ("{\"\\u0000\":1}"), 3, NUL_IN_STRING },
  { BYTES ("{\"a\":\"\\\\\\u0000\"}"), 9, NUL_IN_STRING },
  /* Not UTF-8. */
  { BYTES ("{\"a\":\"\xff\"}"), 7, UTF8 },
  { BYTES ("{\"a\":\"\xc3\"}"), 7, UTF8 },
  { BYTES ("{\"a\":\"\xc0\x80\"}"), 7, UTF8 },
  { BYTES ("{\"a\":\"\xe0\x80\x80\"}"), 7, UTF8 },
  { BYTES ("{\"a\":\"\xed\xa0\x80\"}"), 7, UTF8 },
  { BYTES ("{\"a\":\"\xf4\x90\x80\x80\"}"), 7, UTF8 },
  { BYTES ("{\"\x80\":1}"), 3, UTF8 },
  { BYTES ("{}\xfe"), 3, UTF8 },
  { BYTES ("\xff\xfe{\0}\0"), 1, UTF8 },
  { BYTES ("\xef\xbb\xbf{}"), 1, NO_OBJECT },
  /* Half a surrogate pair. */
  { BYTES ("{\"a\":\"\\ud800\"}"), 7, HALF },
  { BYTES ("{\"a\":\"\\udc00\"}"), 7, HALF },
  { BYTES ("{\"a\":\"\\ud800x\"}"), 7, HALF },
  { BYTES ("{\"a\":\"\\ud800\\n\"}"), 7, HALF },
  { BYTES ("{\"a\":\"\\ud800\\u0041\"}"), 7, HALF },
  { BYTES ("{\"a\":\"\\ud800\\ud800\"}"), 7, HALF },
  { BYTES ("{\"a\":\"\\udc00\\ud800\"}"), 7, HALF },
  { BYTES ("{\"\\uDFFF\":1}"), 3, HALF },
  /* Strings that JSON does not have. */
  { BYTES ("{\"a\":\"\\u12\"}"), 11, HEX },
  { BYTES ("{\"a\":\"\\u12g4\"}"), 11, HEX },
  { BYTES ("{\"a\":\"\\ud800\\u\"}"), 15, HEX },
  { BYTES ("{\"a\":\"\\x41\"}"), 7, ESCAPE },
  { BYTES ("{\"a\":\"\\'\"}"), 7, ESCAPE },
  { BYTES ("{\"a\":\"\\"), 7, ESCAPE },
  { BYTES ("{\"a\":\"\\0\"}"), 7, ESCAPE },
  { BYTES ("{\"a\":\"x\ny\"}"), 8, CONTROL },
  { BYTES ("{\"a\":\"x\ty\"}"), 8, CONTROL },
  { BYTES ("{\"a\":\"\x1f\"}"), 7, CONTROL },
  { BYTES ("{\"a\":\"x"), 8, END },
  { BYTES ("{'a':1}"), 2, NO_NAME },
  { BYTES ("{a:1}"), 2, NO_NAME },
  { BYTES ("{1:1}"), 2, NO_NAME },
  { BYTES ("{\"a\":'b'}"), 6, NO_VALUE },
  /* Numbers. */
  { BYTES ("{\"a\":9223372036854775808}"), 6, RANGE },
  { BYTES ("{\"a\":-9223372036854775809}"), 6, RANGE },
  { BYTES ("{\"a\":18446744073709551616}"), 6, RANGE },
  { BYTES ("{\"a\":1e309}"), 6, RANGE },
  { BYTES ("{\"a\":-1E+999}"), 6, RANGE },
  { BYTES ("{\"a\":0.00000000000000000000000000000001}"), 6, RANGE },
  { BYTES ("{\"a\":01}"), 7, AFTER_MEMBER },
  { BYTES ("{\"a\":0x1}"), 7, AFTER_MEMBER },
  { BYTES ("{\"a\":-}"), 6, NO_NUMBER },
  { BYTES ("{\"a\":1.}"), 6, NO_NUMBER },
  { BYTES ("{\"a\":1e}"), 6, NO_NUMBER },
  { BYTES ("{\"a\":+1}"), 6, NO_VALUE },
  { BYTES ("{\"a\":.5}"), 6, NO_VALUE },
  { BYTES ("{\"a\":NaN}"), 6, NO_VALUE },
  { BYTES ("{\"a\":Infinity}"), 6, NO_VALUE },
  { BYTES ("{\"a\":-Infinity}"), 6, NO_NUMBER },
  /* What is no object, and what stands around one. */
  { BYTES (""), 1, NO_OBJECT },
  { BYTES (" \n"), 3, NO_OBJECT },
  { BYTES ("[]"), 1, NO_OBJECT },
  { BYTES ("null"), 1, NO_OBJECT },
  { BYTES ("\"{}\""), 1, NO_OBJECT },
  { BYTES ("{}{}"), 3, AFTER },
  { BYTES ("{} x"), 4, AFTER },
  { BYTES ("{}]"), 3, AFTER },
  { BYTES ("{}\v"), 3, AFTER },
  { BYTES ("{}// no"), 3, AFTER },
  { BYTES ("{/* no */}"), 2, NO_NAME },
  { BYTES ("\xc2\xa0{}"), 1, NO_OBJECT },
  { BYTES ("{"), 2, NO_NAME },
  { BYTES ("{\"a\"}"), 5, COLON },
  { BYTES ("{\"a\" 1}"), 6, COLON },
  { BYTES ("{\"a\":}"), 6, NO_VALUE },
  { BYTES ("{\"a\":1"), 7, AFTER_MEMBER },
  { BYTES ("{\"a\":1,}"), 8, NO_NAME },
  { BYTES ("{\"a\":1 \"b\":2}"), 8, AFTER_MEMBER },
  { BYTES ("{,}"), 2, NO_NAME },
  { BYTES ("{\"a\":[1,]}"), 9, NO_VALUE },
  { BYTES ("{\"a\":[1 2]}"), 9, AFTER_ELEMENT },
  { BYTES ("{\"a\":[}"), 7, NO_VALUE },
  { BYTES ("{\"a\":[1"), 8, AFTER_ELEMENT },
  { BYTES ("{\"a\":truE}"), 6, NO_VALUE },
  { BYTES ("{\"a\":True}"), 6, NO_VALUE },
  { BYTES ("{\"a\":nul"), 6, NO_VALUE },
  { BYTES ("{\"a\":undefined}"), 6, NO_VALUE },
};

static void
test_refuses (gconstpointer data)
{
  const Refusal *one = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = g_strdup_printf ("Byte %u: %s", one->byte, one->why);
  /* On the heap and not a byte longer, so that AddressSanitizer sees who reads on. */
  g_autofree char *bytes = g_memdup2 (one->data, one->size);
  g_assert_false (sc_json_check (bytes, one->size, &error));
  g_assert_error (error, SC_DATA_ERROR, SC_DATA_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_takes (void)
{
  static const char *const taken[] = {
    "{}",
    " \t\r\n{ } ",
    "{\"a\":\"\"}",
    "{\"a\":1,\"A\":2,\"\\u00e4\":3,\"a\\u0308\":4}",
    "{\"a\":{\"a\":{\"a\":1}},\"b\":[{\"a\":1},{\"a\":2}]}",
    "{\"a\":[true,false,null,[],{},\"x\"]}",
    "{\"a\":9223372036854775807,\"b\":-9223372036854775808,\"c\":0,\"d\":-0}",
    "{\"a\":1.5e3,\"b\":-0.25,\"c\":1E-2,\"d\":1e308}",
    "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\"}",
    "{\"a\":\"\\ud83d\\udc08\",\"b\":\"\xf0\x9f\x90\x88\",\"c\":\"\\uffff\",\"d\":\"\\ue000\"}",
    "{\"a\":\"\\\\u0000\"}",
    "{\"a\":\"\x7f\"}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++) {
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", taken[i]);
    g_assert_true (sc_json_check (taken[i], strlen (taken[i]), &error));
    g_assert_no_error (error);
    g_autoptr (GBytes) bytes = g_bytes_new (taken[i], strlen (taken[i]));
    g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, &error);
    g_assert_no_error (error);
  }
}

static char *
make_nest (guint depth)
{
  g_autofree char *opening = g_strnfill (depth - 1, '[');
  g_autofree char *closing = g_strnfill (depth - 1, ']');
  return g_strconcat ("{\"a\":", opening, closing, "}", NULL);
}

static void
test_bounds_the_depth (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *deep = make_nest (SC_JSON_CHECK_DEPTH_MAX);
  g_autofree char *deeper = make_nest (SC_JSON_CHECK_DEPTH_MAX + 1);
  g_autofree char *endless = g_strnfill (SC_JSON_MAX_BYTES, '[');
  g_autofree char *whole = g_strconcat ("{\"a\":", endless, NULL);
  g_assert_true (sc_json_check (deep, strlen (deep), NULL));
  g_assert_false (sc_json_check (deeper, strlen (deeper), &error));
  g_assert_true (g_str_has_prefix (error->message, "Byte 21: more objects and arrays"));
  g_assert_false (sc_json_check (whole, strlen (whole), NULL));
}

static char *
make_members (guint count)
{
  g_autoptr (GString) text = g_string_new ("{");
  for (guint i = 0; i < count; i++)
    g_string_append_printf (text, "%s\"m%u\":%u", i ? "," : "", i, i);
  g_string_append_c (text, '}');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_bounds_the_members (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *many = make_members (SC_JSON_CHECK_MEMBERS_MAX);
  g_autofree char *more = make_members (SC_JSON_CHECK_MEMBERS_MAX + 1);
  g_assert_true (sc_json_check (many, strlen (many), NULL));
  g_assert_false (sc_json_check (more, strlen (more), &error));
  g_assert_nonnull (strstr (error->message, "more members"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autofree char *path = g_strdup_printf ("/json-check/refuses/%u", i);
    g_test_add_data_func (path, &refusals[i], test_refuses);
  }
  g_test_add_func ("/json-check/takes", test_takes);
  g_test_add_func ("/json-check/bounds-the-depth", test_bounds_the_depth);
  g_test_add_func ("/json-check/bounds-the-members", test_bounds_the_members);
  return g_test_run ();
}
