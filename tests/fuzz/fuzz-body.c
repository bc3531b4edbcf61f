/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-json-check.h"
#include "sc-json.h"
#include "sct-fuzz.h"

#include <string.h>

/* The body of a request: what the check takes, json-glib reads, and reads the same again from what
 * it writes of it. */

GByteArray *
sct_fuzz_seed (void)
{
  static const char body[] =
    "{\"title\":\"A \\ud83d\\udc08 \\u00e9\\n\",\"modes\":{\"slow\":30,\"only\":false},"
    "\"terms\":[\"a*\",\"\xc3\xb6\"],\"n\":-1.5e3,\"m\":9223372036854775807,\"x\":null}";
  GByteArray *seed = g_byte_array_new ();
  return g_byte_array_append (seed, (const guint8 *) body, sizeof body - 1);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *copy = g_memdup2 (data, size); /* not a byte longer */
  if (!sc_json_check (copy, size, NULL))
    return 0;
  g_autoptr (GBytes) bytes = g_bytes_new (copy, size);
  g_autoptr (JsonObject) object = sc_json_parse (bytes, G_MAXSIZE, NULL);
  g_assert_nonnull (object);
  g_autofree char *text = sc_json_to_string (object);
  g_assert_true (sc_json_check (text, strlen (text), NULL));
  g_autoptr (GBytes) written = g_bytes_new (text, strlen (text));
  g_autoptr (JsonObject) again = sc_json_parse (written, G_MAXSIZE, NULL);
  g_autofree char *text_again = sc_json_to_string (again);
  g_assert_cmpstr (text, ==, text_again);
  return 0;
}
