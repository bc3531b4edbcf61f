/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScTsKind:
 * @SC_TS_VIDEO: H.264 or H.265
 * @SC_TS_AUDIO: AAC
 * @SC_TS_METADATA: ID3 in PES (stream type 0x15)
 */
typedef enum {
  SC_TS_VIDEO,
  SC_TS_AUDIO,
  SC_TS_METADATA,
} ScTsKind;

/**
 * ScTsScannerFuncs:
 * @on_pes: a packet of @kind begins; @pts in ticks of 90 kHz, 33 bits as in the stream
 * @on_text: timed metadata: the value of a TXXX frame, and its description (who put it there)
 * @user_data: for both
 */
typedef struct {
  void (*on_pes) (ScTsKind kind, guint64 pts, gpointer user_data);
  void (*on_text) (const char *owner, const char *text, guint64 pts, gpointer user_data);
  gpointer user_data;
} ScTsScannerFuncs;

typedef struct _ScTsScanner ScTsScanner;

ScTsScanner *sc_ts_scanner_new (const ScTsScannerFuncs *funcs);
void sc_ts_scanner_free (ScTsScanner *self);
void sc_ts_scanner_feed (ScTsScanner *self, const guint8 *data, gsize length);
void sc_ts_scanner_reset (ScTsScanner *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScTsScanner, sc_ts_scanner_free)

G_END_DECLS
