/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-vod-queue.h"
#include "sc-vod-timeline.h"

G_BEGIN_DECLS

/* What is added to every time on a buffer, as the clock of a transport stream begins before its
 * first picture does, and no time is below zero. */
#define SC_VOD_SHIFT (10 * GST_SECOND)

typedef struct _ScVodReader ScVodReader;

ScVodReader *sc_vod_reader_new (const char *uri);
void sc_vod_reader_free (ScVodReader *self);

ScVodQueue *sc_vod_reader_get_queue (ScVodReader *self);
gint64 sc_vod_reader_get_duration (ScVodReader *self);
gsize sc_vod_reader_get_second (ScVodReader *self);
gint64 sc_vod_reader_seek (ScVodReader *self, gint64 position, ScVodSnap snap);

G_END_DECLS
