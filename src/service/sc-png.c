/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A stranger's picture, made into one that says nothing but its pixels.
 *
 * The chunks are looked at first, as "Portable Network Graphics (PNG) Specification (Third
 * Edition)", section 5, has them: only those that pixels need get as far as libpng, so that no
 * text, profile or animation is ever unpacked, and only with a right checksum and a small size.
 * libpng decodes it whole, and what it encodes from that is the answer: not even a byte hidden
 * behind the end of the compressed pixels comes along. Pure functions, any thread. */

#include "config.h"

#include "sc-png.h"

#include "sc-error.h"

#include <png.h>
#include <string.h>
#include <zlib.h>

#define SIGNATURE_SIZE 8

/* Length, name and checksum, without what is between. */
#define FRAME_SIZE 12

#define HEADER_SIZE 13

/* Encoders cut the pixels into pieces of 8 KiB or more: 32 of them. */
#define MAX_CHUNKS 256

/* The names of chunks as numbers, so that they can be compared. */
#define NAME(a, b, c, d) (((guint32) (a) << 24) | ((b) << 16) | ((c) << 8) | (d))
#define IHDR NAME ('I', 'H', 'D', 'R')
#define PLTE NAME ('P', 'L', 'T', 'E')
#define TRNS NAME ('t', 'R', 'N', 'S')
#define IDAT NAME ('I', 'D', 'A', 'T')
#define IEND NAME ('I', 'E', 'N', 'D')
#define ACTL NAME ('a', 'c', 'T', 'L')

/* Section 5.4: the fifth bit of the first letter tells what a decoder may skip. */
#define IS_ANCILLARY(name) (((name) & 0x20000000) != 0)

/* A chunk, inside the picture. */
typedef struct {
  const guint8 *start; /* with its frame */
  gsize size;          /* likewise */
  guint32 name;
  const guint8 *data;
  gsize data_size;
} Chunk;

/* Where the reading is. */
typedef struct {
  const guint8 *data;
  gsize size;
  gsize at;
  guint count;
} Reader;

static gboolean
fail (GError **error, ScDataError code, const char *sentence)
{
  g_set_error_literal (error, SC_DATA_ERROR, code, sentence);
  return FALSE;
}

static guint32
read_number (const guint8 *data)
{
  guint32 number;
  memcpy (&number, data, sizeof number);
  return GUINT32_FROM_BE (number);
}

static gboolean
read_chunk (Reader *self, Chunk *ret_chunk, GError **error)
{
  gsize left = self->size - self->at;
  const guint8 *start = self->data + self->at;
  if (left < FRAME_SIZE || read_number (start) > left - FRAME_SIZE)
    return fail (error, SC_DATA_ERROR_SYNTAX, "The picture ends too early.");
  if (++self->count > MAX_CHUNKS)
    return fail (error, SC_DATA_ERROR_TOO_LARGE, "The picture is in too many pieces.");
  gsize data_size = read_number (start);
  const Chunk chunk = { start,
                        data_size + FRAME_SIZE,
                        read_number (start + 4),
                        start + 8,
                        data_size };
  if (crc32 (0, start + 4, (uInt) (data_size + 4)) != read_number (start + 8 + data_size))
    return fail (error, SC_DATA_ERROR_SYNTAX, "The picture is damaged: a checksum is wrong.");
  self->at += chunk.size;
  *ret_chunk = chunk;
  return TRUE;
}

static gboolean
check_header (const Chunk *chunk, GError **error)
{
  if (chunk->name != IHDR || chunk->data_size != HEADER_SIZE)
    return fail (error, SC_DATA_ERROR_SYNTAX, "The picture does not begin with its header.");
  guint32 width = read_number (chunk->data), height = read_number (chunk->data + 4);
  if (width == 0 || height == 0)
    return fail (error, SC_DATA_ERROR_RANGE, "The picture is empty.");
  if (width <= SC_PNG_MAX_SIDE && height <= SC_PNG_MAX_SIDE)
    return TRUE;
  g_set_error (error,
               SC_DATA_ERROR,
               SC_DATA_ERROR_RANGE,
               "The picture has more than %d by %d pixels.",
               SC_PNG_MAX_SIDE,
               SC_PNG_MAX_SIDE);
  return FALSE;
}

/* Says whether pixels need the chunk; refuses a picture with one that must not be skipped. */
static gboolean
judge_chunk (const Chunk *chunk, gboolean *ret_needed, GError **error)
{
  switch (chunk->name) {
  case PLTE:
  case TRNS:
  case IDAT:
  case IEND:
    *ret_needed = TRUE;
    return TRUE;
  case ACTL:
    return fail (error, SC_DATA_ERROR_TYPE, "The picture moves: only still ones are taken.");
  case IHDR:
    return fail (error, SC_DATA_ERROR_SYNTAX, "The picture has two headers.");
  default:
    *ret_needed = FALSE;
    return IS_ANCILLARY (chunk->name) ||
           fail (error, SC_DATA_ERROR_TYPE, "The picture has a part of an unknown kind.");
  }
}

/* Copies what pixels need; libpng sees to the order of it. */
static gboolean
keep_pixels (Reader *reader, GByteArray *kept, GError **error)
{
  Chunk chunk;
  gboolean is_needed = FALSE;
  if (!read_chunk (reader, &chunk, error) || !check_header (&chunk, error))
    return FALSE;
  g_byte_array_append (kept, chunk.start, (guint) chunk.size);
  while (chunk.name != IEND) {
    if (!read_chunk (reader, &chunk, error) || !judge_chunk (&chunk, &is_needed, error))
      return FALSE;
    if (is_needed)
      g_byte_array_append (kept, chunk.start, (guint) chunk.size);
  }
  return reader->at == reader->size ||
         fail (error, SC_DATA_ERROR_SYNTAX, "Something comes after the picture's end.");
}

static GBytes *
strip (GBytes *png, GError **error)
{
  Reader reader = { 0 };
  reader.data = g_bytes_get_data (png, &reader.size);
  if (reader.size > SC_PNG_MAX_BYTES) {
    fail (error, SC_DATA_ERROR_TOO_LARGE, "The picture has more than 256 KiB.");
    return NULL;
  }
  if (reader.size < SIGNATURE_SIZE || png_sig_cmp (reader.data, 0, SIGNATURE_SIZE) != 0) {
    fail (error, SC_DATA_ERROR_SYNTAX, "This is no picture in PNG.");
    return NULL;
  }
  reader.at = SIGNATURE_SIZE;
  g_autoptr (GByteArray) kept = g_byte_array_sized_new ((guint) reader.size);
  g_byte_array_append (kept, reader.data, SIGNATURE_SIZE);
  return keep_pixels (&reader, kept, error) ? g_byte_array_free_to_bytes (g_steal_pointer (&kept))
                                            : NULL;
}

/* Decodes all of it; what libpng says of a picture is for programmers. */
static gboolean
decode (GBytes *png, png_image *image, guint8 **ret_pixels, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (png, &size);
  if (!png_image_begin_read_from_memory (image, data, size))
    return fail (error, SC_DATA_ERROR_SYNTAX, "The picture is damaged.");
  image->format = image->format & PNG_FORMAT_FLAG_ALPHA ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
  /* Else samples of 16 bits are taken for linear ones: what would say that they are not is gone. */
  image->flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
  g_autofree guint8 *pixels = g_malloc (PNG_IMAGE_SIZE (*image));
  gboolean is_whole =
    png_image_finish_read (image, NULL, pixels, 0, NULL) && !PNG_IMAGE_FAILED (*image);
  png_image_free (image);
  if (!is_whole)
    return fail (error, SC_DATA_ERROR_SYNTAX, "The picture is damaged: pixels are missing.");
  *ret_pixels = g_steal_pointer (&pixels);
  return TRUE;
}

static GBytes *
encode (const png_image *like, const guint8 *pixels, GError **error)
{
  png_image image = { .version = PNG_IMAGE_VERSION,
                      .width = like->width,
                      .height = like->height,
                      .format = like->format };
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX (image);
  g_autofree guint8 *data = g_malloc (size);
  if (!png_image_write_to_memory (&image, data, &size, 0, pixels, 0, NULL)) {
    fail (error, SC_DATA_ERROR_SYNTAX, "The picture cannot be written.");
    return NULL;
  }
  return g_bytes_new (data, size);
}

/**
 * sc_png_clean:
 * @png: a picture from a stranger
 * @error: an error of %SC_DATA_ERROR, whose message is a sentence for whoever sent it
 *
 * Makes a picture of the same pixels, 8 bits a sample, of nothing but IHDR, IDAT and IEND. The same
 * picture gives the same bytes. Allocates less than 2 MiB, whatever comes.
 *
 * Returns: (transfer full) (nullable): the picture, at most some KiB larger than
 *   %SC_PNG_MAX_BYTES where nothing of it can be compressed
 */
GBytes *
sc_png_clean (GBytes *png, GError **error)
{
  png_image image = { .version = PNG_IMAGE_VERSION };
  g_autofree guint8 *pixels = NULL;
  g_autoptr (GBytes) kept = strip (png, error);
  if (!kept || !decode (kept, &image, &pixels, error))
    return NULL;
  g_autoptr (GBytes) written = encode (&image, pixels, error);
  if (!written)
    return NULL;
  Reader reader = { .at = SIGNATURE_SIZE };
  reader.data = g_bytes_get_data (written, &reader.size);
  g_autoptr (GByteArray) clean = g_byte_array_sized_new ((guint) reader.size);
  g_byte_array_append (clean, reader.data, SIGNATURE_SIZE);
  return keep_pixels (&reader, clean, error) ? g_byte_array_free_to_bytes (g_steal_pointer (&clean))
                                             : NULL;
}
