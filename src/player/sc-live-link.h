/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* The factory of our live source, and the schemes that playbin3 finds it by. */
#define SC_LIVE_SOURCE "ivssrc"
#define SC_LIVE_SCHEME_PREFIX "ivs+"

/* The source's element message that the server refused its address. */
#define SC_LIVE_REFUSED "sc-live-refused"

/* A pipeline's line to its live source: keeps what is wished of it until it is there. Any thread;
 * the source takes properties under a lock of its own and never blocks. */
typedef struct {
  GMutex lock; /* guards what follows */
  GstElement *source;
  guint target_latency;
  char *quality;
  char *address; /* (nullable): the newest that is known of the stream */
  gboolean held;
} ScLiveLink;

void sc_live_link_init (ScLiveLink *self);
void sc_live_link_clear (ScLiveLink *self);
void sc_live_link_offer (ScLiveLink *self, GstElement *source);

void sc_live_link_set_target_latency (ScLiveLink *self, guint milliseconds);
void sc_live_link_set_quality (ScLiveLink *self, const char *id);
void sc_live_link_set_address (ScLiveLink *self, const char *uri);
void sc_live_link_set_held (ScLiveLink *self, gboolean held);
void sc_live_link_return (ScLiveLink *self);

G_END_DECLS
