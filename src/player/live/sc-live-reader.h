/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-hls-playlist.h"
#include "sc-live-feed.h"
#include "sc-live-fetch.h"

G_BEGIN_DECLS

/**
 * ScLiveReaderFuncs:
 * @on_done: the segment is whole (@error %NULL), or its bytes ended; then it can be started again,
 *   and goes on where it was. @status is of HTTP, 0 without an answer
 * @on_burst: @bytes came in @duration microseconds as fast as the network carried them
 * @on_answer: an answer's head came
 */
typedef struct {
  void (*on_done) (const GError *error, guint status, gpointer user_data);
  void (*on_burst) (gsize bytes, gint64 duration, gpointer user_data);
  void (*on_answer) (const ScLiveAnswer *answer, gpointer user_data);
} ScLiveReaderFuncs;

typedef struct _ScLiveReader ScLiveReader;

ScLiveReader *sc_live_reader_new (SoupSession *session,
                                  ScLiveFeed *feed,
                                  const ScLiveReaderFuncs *funcs,
                                  gpointer user_data);
void sc_live_reader_free (ScLiveReader *self);

void sc_live_reader_start (ScLiveReader *self,
                           const ScHlsSegment *segment,
                           const ScHlsMap *map,
                           const ScLiveRun *run);
void sc_live_reader_stop (ScLiveReader *self);
void sc_live_reader_forget (ScLiveReader *self);
gboolean sc_live_reader_is_amid (const ScLiveReader *self);
gsize sc_live_reader_get_fed (const ScLiveReader *self);
gboolean sc_live_reader_is_busy (const ScLiveReader *self);
gint64 sc_live_reader_get_last_byte (const ScLiveReader *self);

G_END_DECLS
