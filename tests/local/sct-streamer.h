/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-api.h"

G_BEGIN_DECLS

/**
 * SctStreamer:
 * @cloud: a local cloud, running
 * @api: its API, signed up as "alice"
 * @key: the stream key of alice's channel
 *
 * Somebody who can go live, with a local cloud of her own.
 */
typedef struct {
  SctLocal *cloud;
  SctApi *api;
  char *key;
} SctStreamer;

/**
 * SctEncoding:
 * @keyframe_interval: frames, of 30 a second
 * @bitrate: (nullable): bits a second, as ffmpeg writes it; else as few as the picture needs
 * @picture: an input of lavfi
 *
 * What an encoder sends.
 */
typedef struct {
  const char *keyframe_interval;
  const char *bitrate;
  const char *picture;
} SctEncoding;

void sct_streamer_set_up (SctStreamer *self, const char *const *extra);
void sct_streamer_clear (SctStreamer *self);

GSubprocess *sct_streamer_publish (SctStreamer *self, const char *key, const char *seconds);
GSubprocess *sct_streamer_encode (SctStreamer *self,
                                  const char *key,
                                  const char *seconds,
                                  const SctEncoding *encoding);
guint sct_streamer_count_live (SctStreamer *self);
void sct_streamer_wait_for_live (SctStreamer *self, guint live);

G_END_DECLS
