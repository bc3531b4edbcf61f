/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-streams.h"
#include "sc-operation.h"

G_BEGIN_DECLS

/**
 * ScStreamPlane:
 * @streams: the registry
 * @stop: sends the encoder of a channel away; %FALSE if there is none
 * @put_metadata: puts timed metadata into the stream of a channel; %FALSE if it has none
 * @count_viewers: (nullable): how many watch a channel
 * @data: for all
 *
 * What the operations on streams work with; the data of sc_stream_operations.
 */
typedef struct {
  ScLiveStreams *streams;
  gboolean (*stop) (const char *channel_arn, gpointer data);
  gboolean (*put_metadata) (const char *channel_arn, const char *text, gpointer data);
  gint64 (*count_viewers) (const char *channel_arn, gpointer data);
  gpointer data;
} ScStreamPlane;

extern const ScControlOperation sc_stream_operations[];

G_END_DECLS
