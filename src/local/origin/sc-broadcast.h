/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-rendition.h"

G_BEGIN_DECLS

/* The most renditions of a stream: what the encoder sent, and the four of a STANDARD channel's
 * ladder that can be smaller ("Channel Types", Amazon IVS Low-Latency Streaming User Guide). */
#define SC_BROADCAST_MAX_RENDITIONS 5

/* The index of the rendition that is as the encoder sent it. */
#define SC_BROADCAST_SOURCE 0

typedef struct _ScBroadcast ScBroadcast;

ScBroadcast *sc_broadcast_new (const ScRenditionListeners *listeners);
void sc_broadcast_free (ScBroadcast *self);

void sc_broadcast_begin (ScBroadcast *self, const ScMediaInfo *info, gint64 now_us);
void sc_broadcast_set_info (ScBroadcast *self, guint rendition, const ScMediaInfo *info);
void sc_broadcast_end_rendition (ScBroadcast *self, guint rendition);
void sc_broadcast_end (ScBroadcast *self);

ScRendition *sc_broadcast_get_rendition (const ScBroadcast *self, guint rendition);
gboolean sc_broadcast_is_live (const ScBroadcast *self);
gboolean sc_broadcast_is_watchable (const ScBroadcast *self);
gboolean sc_broadcast_has_playlist (const ScBroadcast *self, const char *id);
gsize sc_broadcast_get_memory (const ScBroadcast *self);

char *sc_broadcast_write_master (const ScBroadcast *self, const char *base_url, gint64 now_us);
char *sc_broadcast_write_playlist (const ScBroadcast *self,
                                   const char *id,
                                   const char *base_url,
                                   gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScBroadcast, sc_broadcast_free)

G_END_DECLS
