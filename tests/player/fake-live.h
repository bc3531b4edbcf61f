/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Its server is an hour ahead, microseconds. */
#define FAKE_LIVE_SERVER_OFFSET G_TIME_SPAN_HOUR

/* What the fake was told. */
typedef struct {
  guint target_latency;
  char *quality;
  gboolean held;
  guint n_returns;
} FakeLiveOrders;

void fake_live_register (void);
gboolean fake_live_is_open (void);
void fake_live_post (GstStructure *structure);
void fake_live_post_stats (gint64 latency, gint64 behind, guint trouble);
void fake_live_post_qualities (const char *const *ids, guint n);
void fake_live_end (void);
void fake_live_read_orders (FakeLiveOrders *ret_orders);

void fake_decoder_register (void);
guint fake_decoder_get_n_made (void);

G_END_DECLS
