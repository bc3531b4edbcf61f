/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-id3.h"

#include <string.h>

/* ID3v2.3 and ID3v2.4 as a live stream carries it: TXXX and PRIV, the frames that say something to
 * programs. Whatever else there is, is passed over (id3.org, "ID3 tag version 2.4.0 - Main
 * Structure" and "ID3 tag version 2.3.0"). */

enum {
  HEADER = 10, /* of a tag, and of a frame */

  TAG_UNSYNCHRONISED = 0x80,
  TAG_EXTENDED = 0x40,
  TAG_FOOTER = 0x10,

  /* The second byte of a frame's flags, which version 2.4 laid out anew. */
  V3_CODED = 0xc0, /* compressed or encrypted */
  V3_GROUPED = 0x20,
  V4_GROUPED = 0x40,
  V4_CODED = 0x0c,
  V4_UNSYNCHRONISED = 0x02,
  V4_HAS_LENGTH = 0x01,
};

/* The first byte of TXXX: how its texts are written. */
typedef enum {
  LATIN_1,
  UTF_16,
  UTF_16_BE,
  UTF_8,
  N_ENCODINGS,
} Encoding;

static const char *const charsets[N_ENCODINGS] = { "ISO-8859-1", "UTF-16", "UTF-16BE", NULL };

typedef struct {
  const guint8 *data;
  gsize length;
} Span;

static Span
span_from (Span span, gsize offset)
{
  offset = MIN (offset, span.length);
  return (Span) { span.data + offset, span.length - offset };
}

static guint32
read_plain (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

/* Four times seven bits. */
static guint32
read_syncsafe (const guint8 *data)
{
  return (guint32) (data[0] & 0x7f) << 21 | (guint32) (data[1] & 0x7f) << 14 |
         (guint32) (data[2] & 0x7f) << 7 | (data[3] & 0x7f);
}

/* Takes out the zero that follows each 0xff, so that no MPEG sync word shows in a tag. */
static GByteArray *
resynchronise (Span span)
{
  GByteArray *bytes = g_byte_array_sized_new (span.length);
  for (gsize i = 0; i < span.length; i++) {
    g_byte_array_append (bytes, &span.data[i], 1);
    if (span.data[i] == 0xff && i + 1 < span.length && span.data[i + 1] == 0)
      i++;
  }
  return bytes;
}

/* How many bytes the text at the start of @span has, without its end; all if it has no end. */
static gsize
measure_text (Span span, gsize unit)
{
  for (gsize i = 0; i + unit <= span.length; i += unit) {
    if (span.data[i] == 0 && span.data[i + unit - 1] == 0)
      return i;
  }
  return span.length;
}

/* Returns: (nullable): the text at the start of @span as UTF-8, or %NULL if it is not what it says
 */
static char *
decode_text (Span span, Encoding encoding)
{
  gsize length = measure_text (span, encoding == UTF_16 || encoding == UTF_16_BE ? 2 : 1);
  if (length == 0)
    return g_strdup ("");
  if (!charsets[encoding])
    return g_utf8_validate ((const char *) span.data, (gssize) length, NULL)
             ? g_strndup ((const char *) span.data, length)
             : NULL;
  return g_convert ((const char *) span.data,
                    (gssize) length,
                    "UTF-8",
                    charsets[encoding],
                    NULL,
                    NULL,
                    NULL);
}

static void
read_txxx (Span body, ScId3Func func, gpointer user_data)
{
  if (body.length < 1 || body.data[0] >= N_ENCODINGS)
    return;
  Encoding encoding = body.data[0];
  gsize unit = encoding == UTF_16 || encoding == UTF_16_BE ? 2 : 1;
  Span description = span_from (body, 1);
  Span value = span_from (description, measure_text (description, unit) + unit);
  g_autofree char *owner = decode_text (description, encoding);
  g_autofree char *text = decode_text (value, encoding);
  if (owner && text)
    func (owner, text, user_data);
}

/* The data of a PRIV frame may be anything; here only text has a meaning. */
static void
read_priv (Span body, ScId3Func func, gpointer user_data)
{
  Span value = span_from (body, measure_text (body, 1) + 1);
  g_autofree char *owner = decode_text (body, LATIN_1);
  g_autofree char *text = decode_text (value, UTF_8);
  if (owner && text)
    func (owner, text, user_data);
}

static void
read_body (const guint8 *header, Span body, ScId3Func func, gpointer user_data)
{
  if (memcmp (header, "TXXX", 4) == 0)
    read_txxx (body, func, user_data);
  else if (memcmp (header, "PRIV", 4) == 0)
    read_priv (body, func, user_data);
}

static void
read_frame (const guint8 *header, Span body, int version, ScId3Func func, gpointer user_data)
{
  guint8 flags = header[9];
  if (flags & (version == 4 ? V4_CODED : V3_CODED))
    return;
  if (flags & (version == 4 ? V4_GROUPED : V3_GROUPED))
    body = span_from (body, 1);
  if (version == 4 && (flags & V4_HAS_LENGTH))
    body = span_from (body, 4);
  if (version == 4 && (flags & V4_UNSYNCHRONISED)) {
    g_autoptr (GByteArray) plain = resynchronise (body);
    read_body (header, (Span) { plain->data, plain->len }, func, user_data);
    return;
  }
  read_body (header, body, func, user_data);
}

static void
read_frames (Span frames, int version, ScId3Func func, gpointer user_data)
{
  while (frames.length > HEADER && frames.data[0] != 0) { /* zeros: padding */
    const guint8 *header = frames.data;
    guint32 size = version == 4 ? read_syncsafe (header + 4) : read_plain (header + 4);
    if (size > frames.length - HEADER)
      return;
    read_frame (header, (Span) { header + HEADER, size }, version, func, user_data);
    frames = span_from (frames, HEADER + (gsize) size);
  }
}

/* @body: the tag without its header */
static void
read_tag (Span body, int version, guint8 flags, ScId3Func func, gpointer user_data)
{
  g_autoptr (GByteArray) plain = NULL;
  if (version == 3 && (flags & TAG_UNSYNCHRONISED)) {
    plain = resynchronise (body);
    body = (Span) { plain->data, plain->len };
  }
  if ((flags & TAG_EXTENDED) && body.length >= 4)
    body =
      span_from (body,
                 version == 4 ? read_syncsafe (body.data) : (gsize) read_plain (body.data) + 4);
  read_frames (body, version, func, user_data);
}

/**
 * sc_id3_read:
 * @data: ID3 tags, one after another
 * @length: in bytes
 * @func: takes what they say
 * @user_data: for @func
 *
 * Reads TXXX frames and those PRIV frames that hold text, of ID3v2.3 and ID3v2.4. What is
 * malformed, encrypted or compressed is passed over.
 */
void
sc_id3_read (const guint8 *data, gsize length, ScId3Func func, gpointer user_data)
{
  Span rest = { data, length };
  while (rest.length >= HEADER && memcmp (rest.data, "ID3", 3) == 0) {
    int version = rest.data[3];
    guint8 flags = rest.data[5];
    guint32 size = read_syncsafe (rest.data + 6);
    rest = span_from (rest, HEADER);
    if (size > rest.length)
      return;
    if (version == 3 || version == 4)
      read_tag ((Span) { rest.data, size }, version, flags, func, user_data);
    rest = span_from (rest, (gsize) size + (version == 4 && (flags & TAG_FOOTER) ? HEADER : 0));
  }
}
