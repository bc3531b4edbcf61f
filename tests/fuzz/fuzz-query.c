/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-cursor.h"
#include "sc-query.h"
#include "sct-fuzz.h"

#include <string.h>

/* What follows the "?" of a request for lines, and the cursors in it: of whoever sends it. */

GByteArray *
sct_fuzz_seed (void)
{
  static const char query[] = "before=c3QtMUEyYjNjCjE3OTI4NDQ3OTIwODk3NTcKV2hPNk1XNmlSZFM1CjEy&"
                              "after=MTI&limit=%35%30";
  GByteArray *seed = g_byte_array_new ();
  return g_byte_array_append (seed, (const guint8 *) query, sizeof query - 1);
}

static void
read_place (const char *text)
{
  g_auto (ScLinePlace) place = { 0 };
  if (!sc_cursor_to_place (text, &place))
    return;
  g_autofree char *cursor = sc_cursor_from_place (&place);
  g_auto (ScLinePlace) again = { 0 };
  g_assert_true (sc_cursor_to_place (cursor, &again) || strlen (text) > 700);
  g_assert_true (g_utf8_validate (place.id, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const allowed[] = { "before", "after", "limit", NULL };
  gint64 number = 7;
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GHashTable) query = sc_query_parse (text, allowed);
  if (!query)
    return 0;
  const char *before = sc_query_get (query, "before");
  const char *after = sc_query_get (query, "after");
  if (before)
    read_place (before);
  if (after && sc_cursor_to_arrival (after, &number))
    g_assert_cmpint (number, >=, 0);
  number = 7;
  if (sc_query_get_int (query, "limit", 1, 100, &number))
    g_assert_true (number >= 1 && number <= 100);
  return 0;
}
