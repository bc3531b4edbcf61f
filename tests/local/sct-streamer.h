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

void sct_streamer_set_up (SctStreamer *self, const char *const *extra);
void sct_streamer_clear (SctStreamer *self);

GSubprocess *sct_streamer_publish (SctStreamer *self, const char *key, const char *seconds);
guint sct_streamer_count_live (SctStreamer *self);
void sct_streamer_wait_for_live (SctStreamer *self, guint live);

G_END_DECLS
