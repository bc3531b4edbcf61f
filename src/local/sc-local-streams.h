/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-cloud.h"
#include "sc-control.h"
#include "sc-event-bus.h"
#include "sc-ingest.h"
#include "sc-local-recordings.h"

G_BEGIN_DECLS

typedef struct _ScLocalStreams ScLocalStreams;

/**
 * ScLocalStreamsStop:
 * @channel_id: the last part of a channel's ARN
 * @user_data: the data given with it
 *
 * Returns: %FALSE if the channel has no encoder
 */
typedef gboolean (*ScLocalStreamsStop) (const char *channel_id, gpointer user_data);

ScLocalStreams *sc_local_streams_new (ScCloud *cloud, ScControl *control, ScEventBus *bus);
void sc_local_streams_free (ScLocalStreams *self);

void sc_local_streams_set_stop (ScLocalStreams *self, ScLocalStreamsStop stop, gpointer user_data);
void sc_local_streams_set_recordings (ScLocalStreams *self, ScLocalRecordings *recordings);
void sc_local_streams_set_renditions (ScLocalStreams *self, guint renditions);
gboolean sc_local_streams_is_live (ScLocalStreams *self, const char *channel_arn);

/* Its user_data is a #ScLocalStreams. */
extern const ScIngestDelegate sc_local_streams_delegate;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLocalStreams, sc_local_streams_free)

G_END_DECLS
