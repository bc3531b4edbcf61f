/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-mutate.h"

#include <string.h>

/* Returns a number below @limit, or 0. */
guint
sct_below (GRand *rand, guint limit)
{
  return limit > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) limit) : 0;
}

/* Sets bytes to values at which lengths and types turn over. */
static void
poke (GRand *rand, GByteArray *bytes)
{
  static const guint8 edges[] = { 0, 1, 2, 3, 8, 9, 0x7f, 0x80, 0xc3, 0xff };
  guint at = sct_below (rand, bytes->len);
  if (sct_below (rand, 2))
    bytes->data[at] = edges[sct_below (rand, G_N_ELEMENTS (edges))];
  else
    bytes->data[at] ^= (guint8) (1u << sct_below (rand, 8));
}

/* Removes, doubles or moves a piece. */
static void
move_piece (GRand *rand, GByteArray *bytes)
{
  guint from = sct_below (rand, bytes->len);
  guint length = sct_below (rand, MIN (bytes->len - from, 600));
  g_autofree guint8 *piece = g_memdup2 (bytes->data + from, MAX (length, 1));
  if (sct_below (rand, 3))
    g_byte_array_remove_range (bytes, from, length);
  guint to = sct_below (rand, bytes->len + 1);
  if (sct_below (rand, 3)) {
    g_byte_array_set_size (bytes, bytes->len + length);
    memmove (bytes->data + to + length, bytes->data + to, bytes->len - length - to);
    memcpy (bytes->data + to, piece, length);
  }
}

/* Changes @bytes in up to eight places, and sometimes cuts them. */
void
sct_mutate (GRand *rand, GByteArray *bytes)
{
  guint count = 1 + sct_below (rand, 8);
  for (guint i = 0; i < count && bytes->len > 0; i++) {
    if (sct_below (rand, 4))
      poke (rand, bytes);
    else
      move_piece (rand, bytes);
  }
  if (sct_below (rand, 4) == 0)
    g_byte_array_set_size (bytes, sct_below (rand, bytes->len + 1));
}
