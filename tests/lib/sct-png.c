/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pictures in PNG, chunk by chunk, also such as no encoder makes. */

#include "config.h"

#include "sct-png.h"

#include <string.h>
#include <zlib.h>

#define SIGNATURE "\x89PNG\r\n\x1a\n"
#define SIGNATURE_SIZE 8

static void
append_number (GByteArray *array, guint32 number)
{
  guint32 big = GUINT32_TO_BE (number);
  g_byte_array_append (array, (const guint8 *) &big, sizeof big);
}

static guint32
read_number (const guint8 *data)
{
  guint32 number;
  memcpy (&number, data, sizeof number);
  return GUINT32_FROM_BE (number);
}

/**
 * sct_png_add_chunk:
 * @png: a picture
 * @name: four letters
 * @data: (nullable): what is in it
 * @size: how many bytes that has
 *
 * Adds a chunk with the right checksum.
 */
void
sct_png_add_chunk (GByteArray *png, const char *name, const void *data, gsize size)
{
  append_number (png, (guint32) size);
  guint start = png->len;
  g_byte_array_append (png, (const guint8 *) name, 4);
  if (size > 0)
    g_byte_array_append (png, data, (guint) size);
  append_number (png, (guint32) crc32 (0, png->data + start, (uInt) (size + 4)));
}

static void
add_header (GByteArray *png, const SctPng *wanted)
{
  g_autoptr (GByteArray) header = g_byte_array_new ();
  const guint8 rest[] = { wanted->is_deep ? 16 : 8, wanted->has_palette ? 3 : 2, 0, 0, 0 };
  append_number (header, wanted->width);
  append_number (header, wanted->height);
  g_byte_array_append (header, rest, sizeof rest);
  sct_png_add_chunk (png, "IHDR", header->data, header->len);
}

static void
add_extras (GByteArray *png)
{
  static const char comment[] = "Comment\0my home address";
  static const char profile[] = "profile\0\0no profile";
  static const char place[] = "MM\0*\0\0\0\x08 latitude";
  sct_png_add_chunk (png, "iCCP", profile, sizeof profile - 1);
  sct_png_add_chunk (png, "tEXt", comment, sizeof comment - 1);
  sct_png_add_chunk (png, "eXIf", place, sizeof place - 1);
}

static void
add_pixels (GByteArray *png, const SctPng *wanted)
{
  guint depth = wanted->is_deep ? 2 : 1; /* bytes a sample, of the same value */
  gsize samples = (gsize) wanted->width * (wanted->has_palette ? 1 : 3);
  gsize line = 1 + samples * depth;
  g_autofree guint8 *raw = g_malloc0 (line * wanted->height);
  for (gsize i = 0; i < line * wanted->height; i++) {
    gsize sample = i / line * (1 + samples) + (i % line + depth - 1) / depth;
    raw[i] =
      i % line == 0 ? 0 : (guint8) ((sample + wanted->shade) % (wanted->has_palette ? 2 : 251));
  }
  uLongf size = compressBound ((uLong) (line * wanted->height));
  g_autofree guint8 *packed = g_malloc (size);
  g_assert_cmpint (compress (packed, &size, raw, (uLong) (line * wanted->height)), ==, Z_OK);
  g_autoptr (GByteArray) pixels = g_byte_array_new ();
  g_byte_array_append (pixels, packed, (guint) (size - wanted->cut_pixels));
  if (wanted->hidden)
    g_byte_array_append (pixels, (const guint8 *) wanted->hidden, (guint) strlen (wanted->hidden));
  sct_png_add_chunk (png, "IDAT", pixels->data, pixels->len);
}

/**
 * sct_png_make:
 * @wanted: what it is to be
 *
 * Returns: (transfer full): the picture
 */
GByteArray *
sct_png_make (const SctPng *wanted)
{
  static const guint8 palette[] = { 200, 30, 30, 30, 30, 200 };
  static const guint8 alpha[] = { 255, 0 };
  GByteArray *png = g_byte_array_new ();
  g_byte_array_append (png, (const guint8 *) SIGNATURE, SIGNATURE_SIZE);
  add_header (png, wanted);
  if (wanted->extras)
    add_extras (png);
  if (wanted->has_palette) {
    sct_png_add_chunk (png, "PLTE", palette, sizeof palette);
    sct_png_add_chunk (png, "tRNS", alpha, sizeof alpha);
  }
  add_pixels (png, wanted);
  sct_png_add_chunk (png, "IEND", NULL, 0);
  return png;
}

/**
 * sct_png_make_bytes:
 * @wanted: what it is to be
 *
 * Returns: (transfer full): the picture
 */
GBytes *
sct_png_make_bytes (const SctPng *wanted)
{
  return g_byte_array_free_to_bytes (sct_png_make (wanted));
}

/**
 * sct_png_mend:
 * @data: what was a picture
 * @size: how many bytes
 *
 * Returns: (transfer full): the same with the right checksum after each chunk, as far as there are
 *   chunks
 */
GByteArray *
sct_png_mend (const guint8 *data, gsize size)
{
  GByteArray *png = g_byte_array_new ();
  g_byte_array_append (png, data, (guint) size);
  gsize at = SIGNATURE_SIZE;
  while (at + 12 <= size && read_number (png->data + at) <= size - at - 12) {
    gsize length = read_number (png->data + at);
    guint32 sum = GUINT32_TO_BE ((guint32) crc32 (0, png->data + at + 4, (uInt) (length + 4)));
    memcpy (png->data + at + 8 + length, &sum, sizeof sum);
    at += length + 12;
  }
  return png;
}

/**
 * sct_png_has:
 * @png: a picture
 * @name: four letters
 *
 * Returns: whether it has a chunk of that name
 */
gboolean
sct_png_has (GBytes *png, const char *name)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (png, &size);
  for (gsize at = SIGNATURE_SIZE; at + 12 <= size; at += read_number (data + at) + 12) {
    if (memcmp (data + at + 4, name, 4) == 0)
      return TRUE;
  }
  return FALSE;
}
