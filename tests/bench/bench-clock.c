/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-clock.h"

#include <string.h>

/* A clock that a picture carries: a row of black and white stripes, 4 for the place, 24 for the
 * milliseconds of the time of day, 8 for a checksum, 4 for the place. Each is as wide as a
 * macroblock, so that it survives any encoder. */

#define N_STRIPES 40
#define STRIPE (BENCH_WIDTH / N_STRIPES)
#define TIME_BITS 24
#define TIME_MASK ((1u << TIME_BITS) - 1)
#define BEGIN_MARK 0xaull
#define END_MARK 0x5ull

/* CRC-8 with the polynomial 0x07 over the time. */
static guint8
checksum (guint32 time)
{
  guint32 rest = time << 8;
  for (int bit = TIME_BITS + 7; bit >= 8; bit--)
    if (rest & (1u << bit))
      rest ^= 0x107u << (bit - 8);
  return (guint8) rest;
}

static guint64
encode (guint32 time)
{
  return BEGIN_MARK << 36 | (guint64) time << 12 | (guint64) checksum (time) << 4 | END_MARK;
}

/**
 * bench_clock_now:
 *
 * Returns: the time of day, milliseconds, as much as a picture carries of it
 */
guint32
bench_clock_now (void)
{
  return (guint32) (g_get_real_time () / 1000) & TIME_MASK;
}

/**
 * bench_clock_elapsed:
 * @from: a time of bench_clock_now()
 * @to: a later one
 *
 * Returns: milliseconds from one to the other; negative when they are the other way round
 */
gint32
bench_clock_elapsed (guint32 from, guint32 to)
{
  guint32 elapsed = (to - from) & TIME_MASK;
  return elapsed > TIME_MASK / 2 ? (gint32) elapsed - (gint32) TIME_MASK - 1 : (gint32) elapsed;
}

/**
 * bench_clock_paint:
 * @luma: a picture of %BENCH_WIDTH x %BENCH_HEIGHT
 * @stride: bytes from a row to the next
 * @time: what it shall carry
 */
void
bench_clock_paint (guint8 *luma, gsize stride, guint32 time)
{
  guint8 row[BENCH_WIDTH];
  guint64 bits = encode (time & TIME_MASK);
  for (guint i = 0; i < N_STRIPES; i++)
    memset (row + i * STRIPE, (bits >> (N_STRIPES - 1 - i)) & 1 ? 235 : 16, STRIPE);
  for (guint y = BENCH_CLOCK_TOP; y < BENCH_CLOCK_BOTTOM; y++)
    memcpy (luma + y * stride, row, BENCH_WIDTH);
}

/**
 * bench_clock_read:
 * @row: %BENCH_WIDTH grey pixels of a screen
 * @ret_time: (out): what the picture there carries
 *
 * Returns: whether there is such a picture
 */
gboolean
bench_clock_read (const guint8 *row, guint32 *ret_time)
{
  guint64 bits = 0;
  for (guint i = 0; i < N_STRIPES; i++)
    bits = bits << 1 | (row[i * STRIPE + STRIPE / 2] > 127);
  guint32 time = (guint32) (bits >> 12) & TIME_MASK;
  if (bits != encode (time))
    return FALSE;
  *ret_time = time;
  return TRUE;
}
