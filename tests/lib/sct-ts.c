/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-ts.h"

#include <string.h>

enum {
  HEADER = 4,
  METADATA_STREAM = 0xbd
};

static void
put (GByteArray *bytes, guint64 value, int n)
{
  for (int i = n - 1; i >= 0; i--)
    g_byte_array_append (bytes, &(guint8) { (guint8) (value >> (8 * i)) }, 1);
}

static guint32
calculate_crc (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffff;
  for (gsize i = 0; i < 8 * length; i++) {
    gboolean bit = data[i / 8] >> (7 - i % 8) & 1;
    crc = crc << 1 ^ ((crc >> 31 ^ (guint32) bit) & 1 ? 0x04c11db7 : 0);
  }
  return crc;
}

/**
 * sct_ts_new:
 *
 * Returns: (transfer full): an empty stream
 */
SctTs *
sct_ts_new (void)
{
  SctTs *self = g_new0 (SctTs, 1);
  self->bytes = g_byte_array_new ();
  return self;
}

/**
 * sct_ts_free:
 * @self: (transfer full): a stream
 */
void
sct_ts_free (SctTs *self)
{
  g_byte_array_unref (self->bytes);
  g_free (self);
}

/* Cuts @unit into packets; the last one is filled up by an adaptation field. */
static void
put_packets (SctTs *self, guint pid, const GByteArray *unit)
{
  for (gsize at = 0; at < unit->len;) {
    gsize room = SCT_TS_PACKET - HEADER;
    gsize n = MIN (room, unit->len - at);
    gsize fill = room - n;
    put (self->bytes, 0x47, 1);
    put (self->bytes, (at == 0 ? 0x4000 : 0) | pid, 2);
    self->counters[pid] = (self->counters[pid] + 1) & 0x0f;
    put (self->bytes, (fill ? 0x30 : 0x10) | self->counters[pid], 1);
    if (fill > 0)
      put (self->bytes, fill - 1, 1);
    if (fill > 1)
      put (self->bytes, 0, 1);
    for (gsize i = 2; i < fill; i++)
      put (self->bytes, 0xff, 1);
    g_byte_array_append (self->bytes, unit->data + at, (guint) n);
    at += n;
  }
}

/**
 * sct_ts_section:
 * @self: a stream
 * @pid: where
 * @table: its table_id
 * @body: what is between its header of 8 bytes and its CRC
 * @length: of @body
 *
 * Appends a section.
 */
void
sct_ts_section (SctTs *self, guint pid, guint8 table, const guint8 *body, gsize length)
{
  g_autoptr (GByteArray) unit = g_byte_array_new ();
  put (unit, 0, 1);
  put (unit, table, 1);
  put (unit, 0xb000 | (length + 9), 2);
  put (unit, 1, 2);
  put (unit, 0xc1, 1);
  put (unit, 0, 2);
  g_byte_array_append (unit, body, (guint) length);
  put (unit, calculate_crc (unit->data + 1, unit->len - 1), 4);
  put_packets (self, pid, unit);
}

/**
 * sct_ts_program:
 * @self: a stream
 * @n_descriptor_bytes: how much there is to pass over in the PMT
 *
 * Appends PAT and PMT of a program with H.264, AAC and metadata.
 */
void
sct_ts_program (SctTs *self, guint n_descriptor_bytes)
{
  g_autoptr (GByteArray) pat = g_byte_array_new ();
  put (pat, 0, 2); /* the network's table comes first, as it may */
  put (pat, 0xe010, 2);
  put (pat, 1, 2);
  put (pat, 0xe000 | SCT_TS_PMT, 2);
  sct_ts_section (self, 0, 0, pat->data, pat->len);

  g_autoptr (GByteArray) pmt = g_byte_array_new ();
  put (pmt, 0xe000 | SCT_TS_VIDEO, 2);
  put (pmt, 0xf000 | n_descriptor_bytes, 2);
  for (guint i = 0; i < n_descriptor_bytes; i++)
    put (pmt, 0x1b, 1);
  put (pmt, 0x1b, 1);
  put (pmt, 0xe000 | SCT_TS_VIDEO, 2);
  put (pmt, 0xf000, 2);
  put (pmt, 0x0f, 1);
  put (pmt, 0xe000 | SCT_TS_AUDIO, 2);
  put (pmt, 0xf003, 2);
  put (pmt, 0x0a0100, 3);
  put (pmt, 0x15, 1);
  put (pmt, 0xe000 | SCT_TS_METADATA, 2);
  put (pmt, 0xf000, 2);
  sct_ts_section (self, SCT_TS_PMT, 2, pmt->data, pmt->len);
}

/**
 * sct_ts_pes:
 * @self: a stream
 * @pid: where
 * @pts: ticks of 90 kHz
 * @payload: after the PES header
 * @length: of @payload
 *
 * Appends a PES packet, which says its length unless it is video.
 */
void
sct_ts_pes (SctTs *self, guint pid, guint64 pts, const guint8 *payload, gsize length)
{
  g_autoptr (GByteArray) unit = g_byte_array_new ();
  put (unit, 1, 3);
  put (unit, pid == SCT_TS_VIDEO ? 0xe0 : pid == SCT_TS_AUDIO ? 0xc0 : METADATA_STREAM, 1);
  put (unit, pid == SCT_TS_VIDEO ? 0 : length + 8, 2);
  put (unit, 0x808005, 3);
  put (unit, 0x21 | (pts >> 29 & 0x0e), 1);
  put (unit, (pts >> 14 & 0xfffe) | 1, 2);
  put (unit, (pts << 1 & 0xfffe) | 1, 2);
  g_byte_array_append (unit, payload, (guint) length);
  put_packets (self, pid, unit);
}

static guint32
make_syncsafe (guint32 size)
{
  return (size << 3 & 0x7f000000) | (size << 2 & 0x7f0000) | (size << 1 & 0x7f00) | (size & 0x7f);
}

/**
 * sct_id3_tag:
 * @version: 3 or 4
 * @flags: of the tag
 * @frames: what follows its header, as it is
 *
 * Returns: (transfer full): an ID3 tag
 */
GByteArray *
sct_id3_tag (guint8 version, guint8 flags, const GByteArray *frames)
{
  GByteArray *tag = g_byte_array_new ();
  g_byte_array_append (tag, (const guint8 *) "ID3", 3);
  put (tag, version, 1);
  put (tag, flags, 2); /* after the revision, which is 0 */
  put (tag, make_syncsafe (frames->len), 4);
  g_byte_array_append (tag, frames->data, frames->len);
  return tag;
}

/**
 * sct_id3_frame:
 * @frames: where to
 * @version: of the tag
 * @id: four letters
 * @flags: the second byte of them
 * @body: as it is
 * @length: of @body
 *
 * Appends a frame.
 */
void
sct_id3_frame (GByteArray *frames,
               guint8 version,
               const char *id,
               guint8 flags,
               const void *body,
               gsize length)
{
  g_byte_array_append (frames, (const guint8 *) id, 4);
  put (frames, version == 4 ? make_syncsafe ((guint32) length) : length, 4);
  put (frames, flags, 2);
  g_byte_array_append (frames, body, (guint) length);
}
