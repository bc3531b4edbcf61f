/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ts-lead.h"

/* How far the first picture of a transport stream (ISO/IEC 13818-1) is ahead of its clock. tsdemux
 * gives the clock's first value the time that we say, so the picture comes later than that by the
 * lead: some tenths of a second, as a muxer likes it. Pure functions. */

#define PACKET_SIZE 188
#define SYNC_BYTE 0x47

/* What a clock of 27 MHz over 33 bits of 90 kHz counts to. */
#define CLOCK_WRAP (((gint64) 1 << 33) * 300)

#define CLOCKS_PER_TICK 300

typedef struct {
  gint64 clock; /* the first PCR, 27 MHz, or -1 */
  gint64 video; /* the first PTS of a picture, 27 MHz, or -1 */
  gint64 audio; /* the first PTS of a sound, 27 MHz, or -1 */
} Found;

/* Looks at an adaptation field. */
static void
see_adaptation (const guint8 *field, gsize size, Found *found)
{
  if (found->clock >= 0 || size < 8 || field[0] < 7 || !(field[1] & 0x10))
    return;
  gint64 ticks = (gint64) field[2] << 25 | field[3] << 17 | field[4] << 9 | field[5] << 1;
  gint64 rest = (field[6] & 1) << 8 | field[7];
  ticks |= field[6] >> 7;
  found->clock = ticks * CLOCKS_PER_TICK + rest;
}

/* Looks at the start of a PES packet. */
static void
see_pes (const guint8 *pes, gsize size, Found *found)
{
  if (size < 14 || pes[0] != 0 || pes[1] != 0 || pes[2] != 1 || !(pes[7] & 0x80))
    return;
  gint64 ticks = (gint64) (pes[9] >> 1 & 7) << 30 | pes[10] << 22 | pes[11] >> 1 << 15 |
                 pes[12] << 7 | pes[13] >> 1;
  gint64 time = ticks * CLOCKS_PER_TICK;
  if ((pes[3] & 0xf0) == 0xe0 && found->video < 0)
    found->video = time;
  if ((pes[3] & 0xe0) == 0xc0 && found->audio < 0)
    found->audio = time;
}

static void
see_packet (const guint8 *packet, Found *found)
{
  gboolean starts = packet[1] & 0x40;
  gboolean has_adaptation = packet[3] & 0x20;
  gboolean has_payload = packet[3] & 0x10;
  gsize at = 4;
  if (has_adaptation) {
    see_adaptation (packet + at, PACKET_SIZE - at, found);
    at += 1 + packet[at];
  }
  if (starts && has_payload && at < PACKET_SIZE)
    see_pes (packet + at, PACKET_SIZE - at, found);
}

/**
 * sc_ts_lead_is_stream:
 * @data: what may be the beginning of a transport stream
 * @size: its bytes
 *
 * Returns: whether packets begin there
 */
gboolean
sc_ts_lead_is_stream (const guint8 *data, gsize size)
{
  return size >= PACKET_SIZE && data[0] == SYNC_BYTE &&
         (size == PACKET_SIZE || data[PACKET_SIZE] == SYNC_BYTE);
}

/**
 * sc_ts_lead_find:
 * @data: the beginning of a transport stream, from a packet's first byte
 * @size: its bytes
 * @is_all: whether no more can be had
 * @ret_lead: (out): how far the first picture is ahead of the clock, nanoseconds; without pictures
 *   the first sound; can be negative
 *
 * Returns: whether it is known; %FALSE when more bytes are needed, or there is nothing to be found
 */
gboolean
sc_ts_lead_find (const guint8 *data, gsize size, gboolean is_all, gint64 *ret_lead)
{
  Found found = { .clock = -1, .video = -1, .audio = -1 };
  for (gsize at = 0; at + PACKET_SIZE <= size && data[at] == SYNC_BYTE; at += PACKET_SIZE) {
    see_packet (data + at, &found);
    if (found.clock >= 0 && found.video >= 0)
      break;
  }
  gint64 first = found.video < 0 && is_all ? found.audio : found.video;
  if (found.clock < 0 || first < 0)
    return FALSE;
  gint64 lead = (first - found.clock) % CLOCK_WRAP;
  if (lead > CLOCK_WRAP / 2)
    lead -= CLOCK_WRAP;
  if (lead < -CLOCK_WRAP / 2)
    lead += CLOCK_WRAP;
  *ret_lead = lead * 1000 / 27;
  return TRUE;
}
