/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ts-scanner.h"

#include "sc-id3.h"

#include <string.h>

/**
 * ScTsScanner:
 *
 * Looks at an MPEG transport stream as it passes by: at which place in the stream each PES packet
 * begins, the moment its first bytes are there, and what timed metadata says. It does not take the
 * stream apart, which the demuxer does (ISO/IEC 13818-1; ID3 in PES: Apple, "Timed Metadata for
 * HTTP Live Streaming"). Belongs to the thread that feeds it.
 */

enum {
  PACKET = 188,
  SYNC = 0x47,
  PAT_PID = 0,
  NO_PID = 0x1fff, /* that of null packets: no stream has it */

  TABLE_PAT = 0,
  TABLE_PMT = 2,
  /* ISO/IEC 13818-1, 2.4.4.3: section_length of PAT and PMT is at most 1021, after 3 bytes. */
  MAX_SECTION = 1024,

  TYPE_AAC_ADTS = 0x0f,
  TYPE_AAC_LATM = 0x11,
  TYPE_METADATA = 0x15,
  TYPE_H264 = 0x1b,
  TYPE_H265 = 0x24,

  /* One of each kind is what is played; a program with more than a few is none of ours. */
  MAX_STREAMS = 8,
  /* PutMetadata takes 1 KB and what ingest adds is about as much: this is for whole albums' tags,
   * but no stranger makes us keep more. */
  MAX_METADATA = 64 * 1024,

  PES_FIXED = 9, /* a PES header before its optional fields */
  PES_HEAD = 14, /* up to the end of the PTS */
};

typedef struct {
  guint8 data[MAX_SECTION];
  gsize length;
  gboolean open; /* a section has begun and is not complete */
  guint8 counter;
  guint32 crc; /* of the last complete one, to pass over repetitions */
} Section;

typedef struct {
  guint pid;
  ScTsKind kind;
  guint8 counter;
  guint8 head[PES_HEAD];
  gsize n_head;
  gboolean open; /* a PES packet has begun */
} Stream;

struct _ScTsScanner {
  ScTsScannerFuncs funcs;
  guint8 packet[PACKET + 1]; /* one more, to see whether another packet follows */
  gsize length;
  gboolean in_step; /* packets begin where the one before ended */
  guint pmt_pid;
  Section pat;
  Section pmt;
  Stream streams[MAX_STREAMS];
  guint n_streams;
  GByteArray *metadata; /* a PES packet, as far as it is there */
  guint64 metadata_pts;
};

/* The CRC of ISO/IEC 13818-1, annex A; over a whole section, its own CRC included, it is 0. */
static guint32
calculate_crc (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffff;
  for (gsize i = 0; i < length; i++) {
    crc ^= (guint32) data[i] << 24;
    for (int bit = 0; bit < 8; bit++)
      crc = crc & 0x80000000 ? crc << 1 ^ 0x04c11db7 : crc << 1;
  }
  return crc;
}

static guint
read_12 (const guint8 *data)
{
  return (guint) (data[0] & 0x0f) << 8 | data[1];
}

static guint
read_13 (const guint8 *data)
{
  return (guint) (data[0] & 0x1f) << 8 | data[1];
}

static gboolean
kind_of_type (guint8 type, ScTsKind *ret_kind)
{
  switch (type) {
  case TYPE_H264:
  case TYPE_H265:
    *ret_kind = SC_TS_VIDEO;
    return TRUE;
  case TYPE_AAC_ADTS:
  case TYPE_AAC_LATM:
    *ret_kind = SC_TS_AUDIO;
    return TRUE;
  case TYPE_METADATA:
    *ret_kind = SC_TS_METADATA;
    return TRUE;
  default:
    return FALSE;
  }
}

static void
forget_program (ScTsScanner *self)
{
  self->n_streams = 0;
  self->pmt = (Section) { 0 };
  g_byte_array_set_size (self->metadata, 0);
}

/* @end: where the CRC of the section begins */
static void
read_pat (ScTsScanner *self, const guint8 *section, gsize end)
{
  for (gsize i = 8; i + 4 <= end; i += 4) {
    guint program = (guint) section[i] << 8 | section[i + 1];
    guint pid = read_13 (section + i + 2);
    if (program == 0) /* the network's PID */
      continue;
    if (pid != self->pmt_pid)
      forget_program (self);
    self->pmt_pid = pid;
    return;
  }
}

static void
read_pmt (ScTsScanner *self, const guint8 *section, gsize end)
{
  self->n_streams = 0;
  g_byte_array_set_size (self->metadata, 0);
  if (end < 12)
    return;
  for (gsize i = 12 + read_12 (section + 10); i + 5 <= end; i += 5 + read_12 (section + i + 3)) {
    ScTsKind kind;
    if (self->n_streams < MAX_STREAMS && kind_of_type (section[i], &kind))
      self->streams[self->n_streams++] =
        (Stream) { .pid = read_13 (section + i + 1), .kind = kind };
  }
}

static void
read_section (ScTsScanner *self, Section *section)
{
  const guint8 *data = section->data;
  gboolean is_current = section->length >= 12 && (data[1] & 0x80) && (data[5] & 0x01);
  if (!is_current || calculate_crc (data, section->length) != 0)
    return;
  gsize end = section->length - 4;
  guint32 crc = calculate_crc (data, end);
  if (crc == section->crc)
    return;
  section->crc = crc;
  if (section == &self->pat && data[0] == TABLE_PAT)
    read_pat (self, data, end);
  else if (section == &self->pmt && data[0] == TABLE_PMT)
    read_pmt (self, data, end);
}

/* Takes the bytes that the open section still wants, and reads it when it is complete.
 *
 * Returns: how many bytes were taken
 */
static gsize
fill_section (ScTsScanner *self, Section *section, const guint8 *data, gsize length)
{
  gsize taken = 0;
  while (taken < length) {
    gsize wanted = section->length < 3 ? 3 : 3 + (gsize) read_12 (section->data + 1);
    if (wanted > MAX_SECTION) {
      section->open = FALSE;
      return length;
    }
    gsize n = MIN (wanted - section->length, length - taken);
    memcpy (section->data + section->length, data + taken, n);
    section->length += n;
    taken += n;
    if (section->length < 3 || section->length < 3 + (gsize) read_12 (section->data + 1))
      continue;
    section->open = FALSE;
    read_section (self, section);
    return taken;
  }
  return taken;
}

/* Sections begin only in packets that say so, behind a pointer and what is left of the one before;
 * 0xff is what a packet is filled up with. */
static void
take_section_payload (ScTsScanner *self,
                      Section *section,
                      const guint8 *data,
                      gsize length,
                      gboolean starts)
{
  gsize at = 0;
  if (starts) {
    at = 1 + (gsize) data[0];
    if (at > length)
      at = length;
    if (section->open)
      fill_section (self, section, data + 1, at - 1);
    section->open = FALSE;
  } else if (section->open) {
    fill_section (self, section, data, length);
    return;
  }
  while (starts && at < length && data[at] != 0xff) {
    section->open = TRUE;
    section->length = 0;
    at += fill_section (self, section, data + at, length - at);
  }
}

/* ISO/IEC 13818-1, 2.4.3.7: 33 bits in five bytes. Returns: %FALSE if there is no PTS */
static gboolean
read_pts (const guint8 head[PES_HEAD], guint64 *ret_pts)
{
  gboolean is_pes = head[0] == 0 && head[1] == 0 && head[2] == 1 && (head[6] & 0xc0) == 0x80;
  if (!is_pes || !(head[7] & 0x80) || head[8] < 5)
    return FALSE;
  const guint8 *pts = head + PES_FIXED;
  *ret_pts = (guint64) (pts[0] >> 1 & 0x07) << 30 | (guint64) pts[1] << 22 |
             (guint64) (pts[2] >> 1) << 15 | (guint64) pts[3] << 7 | pts[4] >> 1;
  return TRUE;
}

static void
on_id3_text (const char *owner, const char *text, gpointer user_data)
{
  ScTsScanner *self = user_data;
  if (self->funcs.on_text)
    self->funcs.on_text (owner, text, self->metadata_pts, self->funcs.user_data);
}

static void
finish_metadata (ScTsScanner *self)
{
  const guint8 *data = self->metadata->data;
  gsize length = self->metadata->len;
  if (length >= PES_HEAD && read_pts (data, &self->metadata_pts)) {
    gsize start = PES_FIXED + (gsize) data[8];
    if (start < length)
      sc_id3_read (data + start, length - start, on_id3_text, self);
  }
  g_byte_array_set_size (self->metadata, 0);
}

/* A PES packet of metadata says how long it is, so it is read when its last byte is there. One that
 * says 0 ends where the next begins. */
static void
collect_metadata (ScTsScanner *self, Stream *stream, const guint8 *data, gsize length)
{
  if (!stream->open)
    return;
  if (self->metadata->len + length > MAX_METADATA) {
    g_byte_array_set_size (self->metadata, 0);
    stream->open = FALSE;
    return;
  }
  g_byte_array_append (self->metadata, data, (guint) length);
  const guint8 *pes = self->metadata->data;
  if (self->metadata->len < 6)
    return;
  gsize wanted = (gsize) pes[4] << 8 | pes[5];
  if (wanted == 0 || self->metadata->len < 6 + wanted)
    return;
  g_byte_array_set_size (self->metadata, (guint) (6 + wanted));
  finish_metadata (self);
  stream->open = FALSE;
}

static void
collect_head (ScTsScanner *self, Stream *stream, const guint8 *data, gsize length)
{
  if (!stream->open || stream->n_head == PES_HEAD)
    return;
  gsize n = MIN (PES_HEAD - stream->n_head, length);
  memcpy (stream->head + stream->n_head, data, n);
  stream->n_head += n;
  guint64 pts;
  if (stream->n_head == PES_HEAD && read_pts (stream->head, &pts) && self->funcs.on_pes)
    self->funcs.on_pes (stream->kind, pts, self->funcs.user_data);
}

static void
take_pes_payload (ScTsScanner *self,
                  Stream *stream,
                  const guint8 *data,
                  gsize length,
                  gboolean starts)
{
  if (starts) {
    if (stream->kind == SC_TS_METADATA)
      finish_metadata (self);
    stream->open = TRUE;
    stream->n_head = 0;
  }
  collect_head (self, stream, data, length);
  if (stream->kind == SC_TS_METADATA)
    collect_metadata (self, stream, data, length);
}

/* Returns: (nullable): the section that packets of @pid carry */
static Section *
find_section (ScTsScanner *self, guint pid)
{
  if (pid == PAT_PID)
    return &self->pat;
  return pid == self->pmt_pid ? &self->pmt : NULL;
}

static Stream *
find_stream (ScTsScanner *self, guint pid)
{
  for (guint i = 0; i < self->n_streams; i++) {
    if (self->streams[i].pid == pid)
      return &self->streams[i];
  }
  return NULL;
}

/* Notes the packet's counter. Returns: %FALSE if packets before it are missing */
static gboolean
count_packet (guint8 *counter, guint8 now)
{
  gboolean follows = now == ((*counter + 1) & 0x0f);
  *counter = now;
  return follows;
}

static void
drop_metadata (ScTsScanner *self, Stream *stream)
{
  stream->open = FALSE;
  if (stream->kind == SC_TS_METADATA)
    g_byte_array_set_size (self->metadata, 0);
}

/* ISO/IEC 13818-1, 2.4.3.2. What is damaged or scrambled is passed over; what misses a packet is
 * dropped up to the next beginning. */
static void
take_packet (ScTsScanner *self, const guint8 *packet)
{
  gboolean is_damaged = packet[1] & 0x80;
  gboolean starts = packet[1] & 0x40;
  gboolean is_scrambled = packet[3] & 0xc0;
  gboolean has_payload = packet[3] & 0x10;
  gsize at = 4 + (packet[3] & 0x20 ? 1 + (gsize) packet[4] : 0);
  if (is_damaged || is_scrambled || !has_payload || at >= PACKET)
    return;

  guint pid = read_13 (packet + 1);
  guint8 counter = packet[3] & 0x0f;
  Section *section = find_section (self, pid);
  Stream *stream = section ? NULL : find_stream (self, pid);
  if (section) {
    if (!count_packet (&section->counter, counter))
      section->open = FALSE;
    take_section_payload (self, section, packet + at, PACKET - at, starts);
  } else if (stream) {
    if (!count_packet (&stream->counter, counter))
      drop_metadata (self, stream);
    take_pes_payload (self, stream, packet + at, PACKET - at, starts);
  }
}

/* Moves what is there so that it begins with a sync byte again, if there is one. */
static void
find_step (ScTsScanner *self)
{
  const guint8 *sync = memchr (self->packet + 1, SYNC, self->length - 1);
  self->length = sync ? (gsize) (self->packet + self->length - sync) : 0;
  if (sync)
    memmove (self->packet, sync, self->length);
}

/* While in step, a packet is taken the moment it is complete; otherwise only where another one
 * follows it, since any byte of a payload may look like a sync byte. */
static void
take_complete (ScTsScanner *self)
{
  while (self->length > 0 && self->packet[0] != SYNC) {
    self->in_step = FALSE;
    find_step (self);
  }
  gsize needed = self->in_step ? PACKET : PACKET + 1;
  if (self->length < needed)
    return;
  if (!self->in_step && self->packet[PACKET] != SYNC) {
    find_step (self);
    return;
  }
  take_packet (self, self->packet);
  self->length = self->in_step ? 0 : 1;
  self->packet[0] = SYNC;
  self->in_step = TRUE;
}

/**
 * sc_ts_scanner_new:
 * @funcs: what to call; copied
 *
 * Returns: (transfer full): a scanner that has seen nothing
 */
ScTsScanner *
sc_ts_scanner_new (const ScTsScannerFuncs *funcs)
{
  ScTsScanner *self = g_new0 (ScTsScanner, 1);
  self->funcs = *funcs;
  self->metadata = g_byte_array_new ();
  sc_ts_scanner_reset (self);
  return self;
}

/**
 * sc_ts_scanner_free:
 * @self: (transfer full): a scanner
 */
void
sc_ts_scanner_free (ScTsScanner *self)
{
  g_byte_array_unref (self->metadata);
  g_free (self);
}

/**
 * sc_ts_scanner_feed:
 * @self: a scanner
 * @data: what follows in the stream, cut anywhere
 * @length: in bytes
 *
 * Calls the functions for what is complete with it, in the order of the stream: on_pes as soon as
 * the PTS is there.
 */
void
sc_ts_scanner_feed (ScTsScanner *self, const guint8 *data, gsize length)
{
  while (length > 0) {
    gsize needed = self->in_step ? PACKET : PACKET + 1;
    gsize n = MIN (needed - self->length, length);
    memcpy (self->packet + self->length, data, n);
    self->length += n;
    data += n;
    length -= n;
    take_complete (self);
  }
}

/**
 * sc_ts_scanner_reset:
 * @self: a scanner
 *
 * Forgets the stream: another one begins with the next byte.
 */
void
sc_ts_scanner_reset (ScTsScanner *self)
{
  self->length = 0;
  self->in_step = TRUE;
  self->pmt_pid = NO_PID;
  self->pat = (Section) { 0 };
  forget_program (self);
}
