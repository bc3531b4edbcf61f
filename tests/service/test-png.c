/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pictures that strangers send: what is kept of good ones, and what is said of others. */

#include "config.h"

#include "sc-error.h"
#include "sc-png.h"
#include "sct-png.h"

#include <string.h>

static const SctPng plain = { .width = 16, .height = 16 };

static void
assert_refused (GByteArray *png, ScDataError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (png->data, png->len);
  g_autoptr (GBytes) clean = sc_png_clean (bytes, &error);
  g_assert_null (clean);
  g_assert_error (error, SC_DATA_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
assert_bad (const SctPng *wanted, ScDataError code, const char *words)
{
  g_autoptr (GByteArray) png = sct_png_make (wanted);
  assert_refused (png, code, words);
}

/* Nothing but the pixels is kept, by the names of the chunks and by what was said in them. */
static void
test_kept (gconstpointer data)
{
  static const char *const removed[] = { "iCCP", "tEXt", "eXIf", "gAMA", "sRGB", "cHRM" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = sct_png_make_bytes (data);
  g_autoptr (GBytes) clean = sc_png_clean (png, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (removed); i++)
    g_assert_false (sct_png_has (clean, removed[i]));
  g_assert_true (sct_png_has (clean, "IDAT"));
  gsize size;
  const char *bytes = g_bytes_get_data (clean, &size);
  g_assert_null (g_strstr_len (bytes, (gssize) size, "home"));
  g_autoptr (GBytes) again = sc_png_clean (clean, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (again, clean));
}

/* Sixteen bits of a sample are made eight, and nothing else of it changes. */
static void
test_deep (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) deep =
    sct_png_make_bytes (&(SctPng) { .width = 16, .height = 16, .is_deep = TRUE });
  g_autoptr (GBytes) shallow = sct_png_make_bytes (&plain);
  g_autoptr (GBytes) clean_deep = sc_png_clean (deep, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) clean_shallow = sc_png_clean (shallow, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (clean_deep, clean_shallow));
}

static void
test_sizes (void)
{
  assert_bad (&(SctPng) { .width = 257, .height = 16 }, SC_DATA_ERROR_RANGE, "256 by 256");
  assert_bad (&(SctPng) { .width = 16, .height = 257 }, SC_DATA_ERROR_RANGE, "256 by 256");
  assert_bad (&(SctPng) { .width = 0, .height = 16 }, SC_DATA_ERROR_RANGE, "empty");
  g_autoptr (GByteArray) large = sct_png_make (&plain);
  g_byte_array_set_size (large, SC_PNG_MAX_BYTES + 1);
  assert_refused (large, SC_DATA_ERROR_TOO_LARGE, "256 KiB");
}

/* It says 40000 by 40000 pixels and has some bytes for them. */
static void
test_bomb (void)
{
  g_autoptr (GByteArray) png = sct_png_make (&plain);
  const guint8 side[] = { 0, 0, 0x9c, 0x40 };
  memcpy (png->data + 16, side, sizeof side);
  memcpy (png->data + 20, side, sizeof side);
  g_autoptr (GByteArray) mended = sct_png_mend (png->data, png->len);
  assert_refused (mended, SC_DATA_ERROR_RANGE, "256 by 256");
}

static void
test_broken (void)
{
  g_autoptr (GByteArray) png = sct_png_make (&plain);
  png->data[45] ^= 1;
  assert_refused (png, SC_DATA_ERROR_SYNTAX, "checksum");
  g_autoptr (GByteArray) short_one = sct_png_make (&plain);
  g_byte_array_set_size (short_one, short_one->len - 5);
  assert_refused (short_one, SC_DATA_ERROR_SYNTAX, "too early");
  g_autoptr (GByteArray) other = g_byte_array_new ();
  g_byte_array_append (other, (const guint8 *) "\xff\xd8\xff\xe0 JFIF", 9);
  assert_refused (other, SC_DATA_ERROR_SYNTAX, "no picture in PNG");
  g_autoptr (GByteArray) nothing = g_byte_array_new ();
  assert_refused (nothing, SC_DATA_ERROR_SYNTAX, "no picture in PNG");
  assert_bad (&(SctPng) { .width = 16, .height = 16, .cut_pixels = 9 },
              SC_DATA_ERROR_SYNTAX,
              "pixels are missing");
}

static void
test_trailing (void)
{
  g_autoptr (GByteArray) png = sct_png_make (&plain);
  g_byte_array_append (png, (const guint8 *) "PK", 2);
  assert_refused (png, SC_DATA_ERROR_SYNTAX, "after the picture's end");
}

/* A chunk more, after what is not the end. */
static void
insert (GByteArray *png, const char *name, guint count)
{
  g_byte_array_set_size (png, png->len - 12);
  for (guint i = 0; i < count; i++)
    sct_png_add_chunk (png, name, "\0\0\0\1\0\0\0\0", 8);
  sct_png_add_chunk (png, "IEND", NULL, 0);
}

static void
test_chunks (void)
{
  g_autoptr (GByteArray) moving = sct_png_make (&plain);
  insert (moving, "acTL", 1);
  assert_refused (moving, SC_DATA_ERROR_TYPE, "moves");
  g_autoptr (GByteArray) unknown = sct_png_make (&plain);
  insert (unknown, "ABCD", 1);
  assert_refused (unknown, SC_DATA_ERROR_TYPE, "unknown kind");
  g_autoptr (GByteArray) headers = sct_png_make (&plain);
  insert (headers, "IHDR", 1);
  assert_refused (headers, SC_DATA_ERROR_SYNTAX, "two headers");
  g_autoptr (GByteArray) pieces = sct_png_make (&plain);
  insert (pieces, "abCd", 300);
  assert_refused (pieces, SC_DATA_ERROR_TOO_LARGE, "pieces");
}

int
main (int argc, char *argv[])
{
  static const SctPng rich = { .width = 256, .height = 256, .has_palette = TRUE, .extras = TRUE };
  static const SctPng secret = { .width = 16, .height = 16, .extras = TRUE, .hidden = "my home" };
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/png/kept/plain", &plain, test_kept);
  g_test_add_data_func ("/png/kept/palette", &rich, test_kept);
  g_test_add_data_func ("/png/kept/hidden", &secret, test_kept);
  g_test_add_func ("/png/deep", test_deep);
  g_test_add_func ("/png/refused/sizes", test_sizes);
  g_test_add_func ("/png/refused/bomb", test_bomb);
  g_test_add_func ("/png/refused/broken", test_broken);
  g_test_add_func ("/png/refused/trailing", test_trailing);
  g_test_add_func ("/png/refused/chunks", test_chunks);
  return g_test_run ();
}
