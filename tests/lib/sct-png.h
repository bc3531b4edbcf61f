/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SctPng:
 * @width: pixels
 * @height: pixels
 * @shade: what makes pictures of one size differ
 * @has_palette: whether it has colours of a palette, one of them transparent
 * @is_deep: whether each sample has 16 bits, of the same value as in the other's 8
 * @extras: whether it says a profile, a comment and where it was taken
 * @cut_pixels: how many bytes of its compressed pixels are missing at the end
 * @hidden: (nullable): what follows the compressed pixels in their chunk
 *
 * A picture that a test wants.
 */
typedef struct {
  guint width;
  guint height;
  guint shade;
  gboolean has_palette;
  gboolean is_deep;
  gboolean extras;
  gsize cut_pixels;
  const char *hidden;
} SctPng;

GByteArray *sct_png_make (const SctPng *wanted);
GBytes *sct_png_make_bytes (const SctPng *wanted);
void sct_png_add_chunk (GByteArray *png, const char *name, const void *data, gsize size);
GByteArray *sct_png_mend (const guint8 *data, gsize size);
gboolean sct_png_has (GBytes *png, const char *name);

G_END_DECLS
