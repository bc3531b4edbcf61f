/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ts-scanner.h"
#include "sct-fuzz.h"
#include "sct-ts.h"

#include <string.h>

/* A live stream's transport stream, with timed metadata in it, as the player's scanner sees it. */

GByteArray *
sct_fuzz_seed (void)
{
  static const char text[] = "\1\xff\xfe"
                             "a\0\0\0\xff\xfe"
                             "b\0";
  g_autoptr (SctTs) ts = sct_ts_new ();
  g_autoptr (GByteArray) frames = g_byte_array_new ();
  sct_id3_frame (frames, 4, "TXXX", 0, text, sizeof text - 1);
  sct_id3_frame (frames, 4, "PRIV", 0x03, "\0\0\0\3o\0t", 7);
  g_autoptr (GByteArray) tag = sct_id3_tag (4, 0, frames);
  sct_ts_program (ts, 200);
  sct_ts_pes (ts, SCT_TS_VIDEO, 90000, (const guint8 *) text, sizeof text);
  sct_ts_pes (ts, SCT_TS_METADATA, 90000, tag->data, tag->len);
  sct_ts_pes (ts, SCT_TS_METADATA, 90000, tag->data, tag->len);
  return g_byte_array_ref (ts->bytes);
}

static void
on_pes (ScTsKind kind, guint64 pts, gpointer user_data)
{
  g_assert (kind <= SC_TS_METADATA && pts < G_GUINT64_CONSTANT (1) << 33);
}

static void
on_text (const char *owner, const char *text, guint64 pts, gpointer user_data)
{
  g_assert (g_utf8_validate (owner, -1, NULL) && g_utf8_validate (text, -1, NULL));
}

/* The first byte says where it is cut in two, so that this is found out too. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const ScTsScannerFuncs funcs = { on_pes, on_text, NULL };
  g_autoptr (ScTsScanner) scanner = sc_ts_scanner_new (&funcs);
  gsize cut = size > 0 ? MIN (size, data[0]) : 0;
  g_autofree guint8 *first = g_memdup2 (data, cut); /* so that ASan sees one too far */
  g_autofree guint8 *rest = g_memdup2 (data + cut, size - cut);
  sc_ts_scanner_feed (scanner, first, cut);
  sc_ts_scanner_feed (scanner, rest, size - cut);
  return 0;
}
