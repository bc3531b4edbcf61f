/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-amf0.h"
#include "sct-fuzz.h"

#include <string.h>

/* A message's values, of every kind that AMF 0 has: skipped, and read as what a command may have.
 */

/* Section 2 of "Action Message Format -- AMF 0", a value of each kind. */
static const guint8 values[] = {
  2,  0, 3,   'a', 'b', 'c', 0,   0x40, 0x59, 0,   0,   0,   0,   0, 0, /* string, number */
  3,  0, 3,   'a', 'p', 'p', 2,   0,    3,    'a', 'p', 'p',            /* object: a string, */
  0,  1, 'b', 1,   1,                                                   /* a boolean, */
  0,  1, 'o', 3,   0,   1,   'n', 5,    0,    0,   9,   0,   0,   9,    /* and an object */
  8,  0, 0,   0,   1,   0,   1,   'k',  6,    0,   0,   9,              /* ECMA array */
  10, 0, 0,   0,   2,   13,  7,   0,    1,                        /* strict array, reference */
  11, 0, 0,   0,   0,   0,   0,   0,    0,    0,   0,             /* date */
  12, 0, 0,   0,   2,   'l', 's', 15,   0,    0,   0,   1,   'x', /* long string, XML */
  16, 0, 1,   'c', 0,   1,   'm', 5,    0,    0,   9,             /* typed object */
};

GByteArray *
sct_fuzz_seed (void)
{
  GByteArray *bytes = g_byte_array_new ();
  g_byte_array_append (bytes, values, sizeof values);
  return bytes;
}

static void
read_member (ScAmf0Reader reader)
{
  g_autofree char *text = NULL;
  if (sc_amf0_read_member (&reader, "app", &text))
    g_assert (!text || g_utf8_validate (text, -1, NULL));
  g_assert (reader.position <= reader.size);
}

static void
read_string_and_number (ScAmf0Reader reader)
{
  g_autofree char *text = NULL;
  double number = 0;
  if (sc_amf0_read_string (&reader, &text))
    g_assert (g_utf8_validate (text, -1, NULL) && strlen (text) <= reader.size);
  sc_amf0_read_number (&reader, &number);
  g_assert (reader.position <= reader.size);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree guint8 *exact = g_memdup2 (data, size); /* so that ASan sees one too far */
  ScAmf0Reader reader;
  sc_amf0_reader_init (&reader, exact, size);
  gsize before;
  do {
    before = reader.position;
    read_member (reader);
    read_string_and_number (reader);
  } while (sc_amf0_skip (&reader) && reader.position > before);
  g_assert (reader.position <= reader.size);
  return 0;
}
