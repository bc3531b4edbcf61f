/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ts-scanner.h"
#include "sct-ts.h"

#include <string.h>

/* What the scanner says of a stream is written down as a line each, so that whole streams compare
 * as text: "video 900" and "metadata.live-video.net=hello@900". */

static void
on_pes (ScTsKind kind, guint64 pts, gpointer user_data)
{
  static const char *const names[] = { "video", "audio", "metadata" };
  g_string_append_printf (user_data, "%s %" G_GUINT64_FORMAT "\n", names[kind], pts);
}

static void
on_text (const char *owner, const char *text, guint64 pts, gpointer user_data)
{
  g_string_append_printf (user_data, "%s=%s@%" G_GUINT64_FORMAT "\n", owner, text, pts);
}

static ScTsScanner *
make_scanner (GString *said)
{
  const ScTsScannerFuncs funcs = { on_pes, on_text, said };
  return sc_ts_scanner_new (&funcs);
}

static GByteArray *
make_tag (const char *text)
{
  g_autoptr (GByteArray) frames = g_byte_array_new ();
  g_autofree char *body = g_strdup_printf ("\3metadata.live-video.net|%s", text);
  gsize length = strlen (body);
  *strchr (body, '|') = '\0';
  sct_id3_frame (frames, 4, "TXXX", 0, body, length);
  return sct_id3_tag (4, 0, frames);
}

static void
put_text (SctTs *ts, guint64 pts, const char *text)
{
  g_autoptr (GByteArray) tag = make_tag (text);
  sct_ts_pes (ts, SCT_TS_METADATA, pts, tag->data, tag->len);
}

/* Payloads are full of sync bytes, which must not matter, though no two are a packet apart. */
static void
put_frame (SctTs *ts, guint pid, guint64 pts, gsize size)
{
  g_autofree guint8 *payload = g_malloc (size);
  for (gsize i = 0; i < size; i++)
    payload[i] = i % 5 == 0 ? 0x47 : 0;
  sct_ts_pes (ts, pid, pts, payload, size);
}

static void
put_stream (SctTs *ts)
{
  g_autofree char *text = g_strnfill (700, 'x');
  sct_ts_program (ts, 0);
  put_frame (ts, SCT_TS_VIDEO, 900, 5000);
  put_frame (ts, SCT_TS_AUDIO, 1000, 300);
  put_text (ts, 1100, "hello");
  put_frame (ts, SCT_TS_VIDEO, G_GUINT64_CONSTANT (0x1ffffffff), 10);
  put_text (ts, 1200, text);
  put_frame (ts, SCT_TS_AUDIO, 0, 1);
}

static char *
expect_stream (void)
{
  g_autofree char *text = g_strnfill (700, 'x');
  return g_strconcat ("video 900\naudio 1000\nmetadata 1100\n"
                      "metadata.live-video.net=hello@1100\nvideo 8589934591\nmetadata 1200\n"
                      "metadata.live-video.net=",
                      text,
                      "@1200\naudio 0\n",
                      NULL);
}

/* However the network cuts it. */
static void
test_cut (void)
{
  g_autoptr (SctTs) ts = sct_ts_new ();
  put_stream (ts);
  g_autofree char *expected = expect_stream ();
  for (gsize size = 1; size < 2000; size += size < 200 ? 1 : 61) {
    g_autoptr (GString) said = g_string_new (NULL);
    g_autoptr (ScTsScanner) scanner = make_scanner (said);
    for (gsize at = 0; at < ts->bytes->len; at += size)
      sc_ts_scanner_feed (scanner, ts->bytes->data + at, MIN (size, ts->bytes->len - at));
    g_assert_cmpstr (said->str, ==, expected);
  }
}

/* What is known at once is said at once: the PTS with the packet that has it, text with its last
 * packet. */
static void
test_at_once (void)
{
  g_autoptr (SctTs) ts = sct_ts_new ();
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (ScTsScanner) scanner = make_scanner (said);
  sct_ts_program (ts, 0);
  put_frame (ts, SCT_TS_VIDEO, 900, 5000);
  sc_ts_scanner_feed (scanner, ts->bytes->data, 3 * SCT_TS_PACKET - 1);
  g_assert_cmpstr (said->str, ==, "");
  sc_ts_scanner_feed (scanner, ts->bytes->data + 3 * SCT_TS_PACKET - 1, 1);
  g_assert_cmpstr (said->str, ==, "video 900\n");
}

/* A PMT that needs several packets, and one that says the same again. */
static void
test_long_section (void)
{
  g_autoptr (SctTs) ts = sct_ts_new ();
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (ScTsScanner) scanner = make_scanner (said);
  sct_ts_program (ts, 600);
  put_frame (ts, SCT_TS_VIDEO, 1, 1000);
  sct_ts_program (ts, 600);
  put_frame (ts, SCT_TS_VIDEO, 2, 1000);
  sc_ts_scanner_feed (scanner, ts->bytes->data, ts->bytes->len);
  g_assert_cmpstr (said->str, ==, "video 1\nvideo 2\n");
}

/* A section whose CRC is wrong says nothing. */
static void
test_crc (void)
{
  g_autoptr (SctTs) ts = sct_ts_new ();
  sct_ts_program (ts, 0);
  put_frame (ts, SCT_TS_VIDEO, 1, 10);
  for (gsize at = SCT_TS_PACKET * 2 - 30; at < SCT_TS_PACKET * 2; at++) {
    g_autoptr (GString) said = g_string_new (NULL);
    g_autoptr (ScTsScanner) scanner = make_scanner (said);
    ts->bytes->data[at] ^= 0x10;
    sc_ts_scanner_feed (scanner, ts->bytes->data, ts->bytes->len);
    ts->bytes->data[at] ^= 0x10;
    g_assert_cmpstr (said->str, ==, "");
  }
}

/* Bytes that are lost cost what they held, and no more. */
static void
test_lost_bytes (void)
{
  g_autoptr (SctTs) ts = sct_ts_new ();
  sct_ts_program (ts, 0);
  put_frame (ts, SCT_TS_VIDEO, 1, 1000);
  gsize second = ts->bytes->len;
  for (guint64 pts = 2; pts < 6; pts++)
    put_frame (ts, SCT_TS_VIDEO, pts, 1000);
  for (gsize n = 1; n < 2 * SCT_TS_PACKET; n += 7) {
    g_autoptr (GString) said = g_string_new (NULL);
    g_autoptr (ScTsScanner) scanner = make_scanner (said);
    sc_ts_scanner_feed (scanner, ts->bytes->data, second + 10);
    sc_ts_scanner_feed (scanner,
                        ts->bytes->data + second + 10 + n,
                        ts->bytes->len - second - n - 10);
    g_assert_true (g_str_has_prefix (said->str, "video 1\n"));
    g_assert_true (g_str_has_suffix (said->str, "video 4\nvideo 5\n"));
  }
}

/* A text of which a packet is missing is not told in part. */
static void
test_lost_packet (void)
{
  g_autoptr (SctTs) ts = sct_ts_new ();
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (ScTsScanner) scanner = make_scanner (said);
  g_autofree char *text = g_strnfill (900, 'y');
  sct_ts_program (ts, 0);
  g_autoptr (GByteArray) tag = make_tag (text);
  g_byte_array_append (tag, (const guint8[400]) { 0 }, 400); /* so that the tag seems complete */
  sct_ts_pes (ts, SCT_TS_METADATA, 5, tag->data, tag->len);
  g_byte_array_remove_range (ts->bytes, 4 * SCT_TS_PACKET, SCT_TS_PACKET);
  put_text (ts, 6, "whole");
  sc_ts_scanner_feed (scanner, ts->bytes->data, ts->bytes->len);
  g_assert_cmpstr (said->str, ==, "metadata 5\nmetadata 6\nmetadata.live-video.net=whole@6\n");
}

/* Metadata without an end is not kept without an end. */
static void
test_endless_metadata (void)
{
  g_autoptr (SctTs) ts = sct_ts_new ();
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (ScTsScanner) scanner = make_scanner (said);
  sct_ts_program (ts, 0);
  gsize start = ts->bytes->len;
  g_autoptr (GByteArray) tag = make_tag ("before");
  guint n = tag->len;
  g_byte_array_set_size (tag, 200000);
  memset (tag->data + n, 0, tag->len - n);
  sct_ts_pes (ts, SCT_TS_METADATA, 1, tag->data, tag->len);
  memset (ts->bytes->data + start + 8, 0, 2); /* it does not say how long it is */
  put_text (ts, 2, "after");
  sc_ts_scanner_feed (scanner, ts->bytes->data, ts->bytes->len);
  g_assert_cmpstr (said->str, ==, "metadata 1\nmetadata 2\nmetadata.live-video.net=after@2\n");
}

static void
test_reset (void)
{
  g_autoptr (SctTs) ts = sct_ts_new ();
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (ScTsScanner) scanner = make_scanner (said);
  sct_ts_program (ts, 0);
  sc_ts_scanner_feed (scanner, ts->bytes->data, ts->bytes->len - 50);
  sc_ts_scanner_reset (scanner);
  gsize start = ts->bytes->len;
  put_frame (ts, SCT_TS_VIDEO, 1, 10);
  sc_ts_scanner_feed (scanner, ts->bytes->data + start, ts->bytes->len - start);
  g_assert_cmpstr (said->str, ==, "");
  sc_ts_scanner_feed (scanner, ts->bytes->data, ts->bytes->len);
  g_assert_cmpstr (said->str, ==, "video 1\n");
}

typedef struct {
  const char *what;
  guint8 version;
  guint8 tag_flags;
  const char *id;
  guint8 flags;
  const char *body;
  gsize length;
  const char *said;
} Id3Case;

#define BODY(text) text, sizeof text - 1

static const Id3Case id3_cases[] = {
  { "UTF-8", 4, 0, "TXXX", 0, BODY ("\3a\0b\0"), "a=b@9\n" },
  { "without an end", 4, 0, "TXXX", 0, BODY ("\3a\0b"), "a=b@9\n" },
  { "Latin-1", 3, 0, "TXXX", 0, BODY ("\0a\0\xe9"), "a=\xc3\xa9@9\n" },
  { "UTF-16",
    3,
    0,
    "TXXX",
    0,
    BODY ("\1\xff\xfe"
          "a\0\0\0\xff\xfe"
          "b\0\0\0"),
    "a=b@9\n" },
  { "UTF-16BE", 4, 0, "TXXX", 0, BODY ("\2\0a\0\0\0b"), "a=b@9\n" },
  { "no owner", 4, 0, "TXXX", 0, BODY ("\3\0b"), "=b@9\n" },
  { "no value", 4, 0, "TXXX", 0, BODY ("\3a"), "a=@9\n" },
  { "not UTF-8", 4, 0, "TXXX", 0, BODY ("\3a\0\xff"), "" },
  { "no such encoding", 4, 0, "TXXX", 0, BODY ("\4a\0b"), "" },
  { "half a unit", 4, 0, "TXXX", 0, BODY ("\2\0a\0\0\0b\0"), "" },
  { "private", 4, 0, "PRIV", 0, BODY ("o.example\0text"), "o.example=text@9\n" },
  { "private, not text", 4, 0, "PRIV", 0, BODY ("o\0\xfe\xff"), "" },
  { "another frame", 4, 0, "TIT2", 0, BODY ("\3title"), "" },
  { "unsynchronised frame", 4, 0, "TXXX", 0x02, BODY ("\0\xff\0\0b"), "\xc3\xbf=b@9\n" },
  { "with its length", 4, 0, "TXXX", 0x01, BODY ("\0\0\0\4\3a\0b"), "a=b@9\n" },
  { "in a group", 4, 0, "TXXX", 0x40, BODY ("\7\3a\0b"), "a=b@9\n" },
  { "in a group of old", 3, 0, "TXXX", 0x20, BODY ("\7\3a\0b"), "a=b@9\n" },
  { "encrypted", 4, 0, "TXXX", 0x04, BODY ("\3a\0b"), "" },
  { "compressed", 3, 0, "TXXX", 0x80, BODY ("\3a\0b"), "" },
  { "of a version to come", 5, 0, "TXXX", 0, BODY ("\3a\0b"), "" },
};

static char *
scan_tag (const GByteArray *tag)
{
  g_autoptr (SctTs) ts = sct_ts_new ();
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (ScTsScanner) scanner = make_scanner (said);
  sct_ts_program (ts, 0);
  sct_ts_pes (ts, SCT_TS_METADATA, 9, tag->data, tag->len);
  sc_ts_scanner_feed (scanner, ts->bytes->data, ts->bytes->len);
  g_assert_true (g_str_has_prefix (said->str, "metadata 9\n"));
  return g_strdup (said->str + strlen ("metadata 9\n"));
}

static void
test_id3 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (id3_cases); i++) {
    const Id3Case *c = &id3_cases[i];
    g_test_message ("%s", c->what);
    g_autoptr (GByteArray) frames = g_byte_array_new ();
    sct_id3_frame (frames, c->version, c->id, c->flags, c->body, c->length);
    g_autoptr (GByteArray) tag = sct_id3_tag (c->version, c->tag_flags, frames);
    g_autofree char *said = scan_tag (tag);
    g_assert_cmpstr (said, ==, c->said);
  }
}

/* Frames one after another, a size above 127, which is where syncsafe matters, an extended header,
 * and padding. */
static void
test_id3_tags (void)
{
  static const guint8 v4[] = { 0, 0, 0, 6, 1, 0 };
  static const guint8 v3[] = { 0, 0, 0, 6, 0, 0, 0, 0, 0, 0 };
  g_autofree char *body = g_strnfill (300, 'z');
  memcpy (body, "\3k", 3);
  g_autofree char *expected = g_strdup_printf ("k=%.297s@9\na=b@9\n", body + 3);
  for (guint8 version = 3; version <= 4; version++) {
    g_autoptr (GByteArray) frames = g_byte_array_new ();
    g_byte_array_append (frames, version == 4 ? v4 : v3, version == 4 ? sizeof v4 : sizeof v3);
    sct_id3_frame (frames, version, "TXXX", 0, body, 300);
    sct_id3_frame (frames, version, "TXXX", 0, BODY ("\0a\0b"));
    g_byte_array_append (frames, (const guint8[20]) { 0 }, 20);
    g_autoptr (GByteArray) tag = sct_id3_tag (version, 0x40, frames);
    g_autofree char *said = scan_tag (tag);
    g_assert_cmpstr (said, ==, expected);
  }
}

/* Version 2.3 puts a zero behind each 0xff of the whole tag, and counts frames without them. */
static void
test_id3_unsynchronised (void)
{
  g_autoptr (GByteArray) frames = g_byte_array_new ();
  g_autoptr (GByteArray) spread = g_byte_array_new ();
  sct_id3_frame (frames,
                 3,
                 "TXXX",
                 0,
                 BODY ("\1\xff\xfe"
                       "a\0\0\0\xff\xfe"
                       "b\0"));
  sct_id3_frame (frames, 3, "TXXX", 0, BODY ("\0c\0d"));
  for (guint i = 0; i < frames->len; i++)
    g_byte_array_append (spread,
                         (const guint8[]) { frames->data[i], 0 },
                         frames->data[i] == 0xff ? 2 : 1);
  g_autoptr (GByteArray) tag = sct_id3_tag (3, 0x80, spread);
  g_autofree char *said = scan_tag (tag);
  g_assert_cmpstr (said, ==, "a=b@9\nc=d@9\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/live-scanner/cut", test_cut);
  g_test_add_func ("/live-scanner/at-once", test_at_once);
  g_test_add_func ("/live-scanner/long-section", test_long_section);
  g_test_add_func ("/live-scanner/crc", test_crc);
  g_test_add_func ("/live-scanner/lost-bytes", test_lost_bytes);
  g_test_add_func ("/live-scanner/lost-packet", test_lost_packet);
  g_test_add_func ("/live-scanner/endless-metadata", test_endless_metadata);
  g_test_add_func ("/live-scanner/reset", test_reset);
  g_test_add_func ("/live-scanner/id3", test_id3);
  g_test_add_func ("/live-scanner/id3-tags", test_id3_tags);
  g_test_add_func ("/live-scanner/id3-unsynchronised", test_id3_unsynchronised);
  return g_test_run ();
}
