/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-png.h"
#include "sct-fuzz.h"
#include "sct-png.h"

#include <string.h>

/* A picture with a palette, transparency, a profile and a comment. Mutations that only break a
 * checksum would end there: each chunk gets the right one again. */

GByteArray *
sct_fuzz_seed (void)
{
  return sct_png_make (&(SctPng) { .width = 8, .height = 8, .has_palette = TRUE, .extras = TRUE });
}

/* What is kept is a picture that is kept as it is. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GByteArray) mended = sct_png_mend (data, size);
  g_autoptr (GBytes) png = g_byte_array_free_to_bytes (g_steal_pointer (&mended));
  g_autoptr (GBytes) clean = sc_png_clean (png, NULL);
  if (!clean)
    return 0;
  g_assert_false (sct_png_has (clean, "tEXt") || sct_png_has (clean, "iCCP"));
  if (g_bytes_get_size (clean) > SC_PNG_MAX_BYTES)
    return 0;
  g_autoptr (GBytes) again = sc_png_clean (clean, NULL);
  g_assert_true (again && g_bytes_equal (again, clean));
  return 0;
}
