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
 * ScLocalEncoders:
 * @stop: sends the encoder of a channel away; StopStream
 * @put_metadata: puts timed metadata into the stream of a channel; PutMetadata
 * @count_viewers: how many watch a channel
 * @user_data: for all
 *
 * What can be ordered of encoders. Channels go by the last part of their ARN; %FALSE is for one
 * without an encoder.
 */
typedef struct {
  gboolean (*stop) (const char *channel_id, gpointer user_data);
  gboolean (*put_metadata) (const char *channel_id, const char *text, gpointer user_data);
  guint (*count_viewers) (const char *channel_id, gpointer user_data);
  gpointer user_data;
} ScLocalEncoders;

ScLocalStreams *sc_local_streams_new (ScCloud *cloud, ScControl *control, ScEventBus *bus);
void sc_local_streams_free (ScLocalStreams *self);

void sc_local_streams_set_encoders (ScLocalStreams *self, const ScLocalEncoders *encoders);
void sc_local_streams_set_recordings (ScLocalStreams *self, ScLocalRecordings *recordings);
void sc_local_streams_set_renditions (ScLocalStreams *self, guint renditions);
char *sc_local_streams_find_passphrase (ScLocalStreams *self, const char *key, char **ret_channel);
gboolean sc_local_streams_is_live (ScLocalStreams *self, const char *channel_arn);

/* Its user_data is a #ScLocalStreams. */
extern const ScIngestDelegate sc_local_streams_delegate;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLocalStreams, sc_local_streams_free)

G_END_DECLS
