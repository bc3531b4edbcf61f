/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-broadcast.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SC_TYPE_ORIGIN (sc_origin_get_type ())
G_DECLARE_FINAL_TYPE (ScOrigin, sc_origin, SC, ORIGIN, GObject)

ScOrigin *sc_origin_new (const char *base_url);
gboolean sc_origin_listen (ScOrigin *self, GSocketAddress *address, GError **error);
guint16 sc_origin_listen_loopback (ScOrigin *self, guint16 port, GError **error);
void sc_origin_set_base_url (ScOrigin *self, const char *base_url);
void sc_origin_set_chunk_interval (ScOrigin *self, guint milliseconds);
void sc_origin_close (ScOrigin *self);

void sc_origin_begin_stream (ScOrigin *self, const char *channel_id, const ScMediaInfo *info);
void sc_origin_set_info (ScOrigin *self,
                         const char *channel_id,
                         guint rendition,
                         const ScMediaInfo *info);
void sc_origin_begin_segment (ScOrigin *self,
                              const char *channel_id,
                              guint rendition,
                              gint64 wall_time_us,
                              gboolean discontinuity);
gboolean sc_origin_append (ScOrigin *self, const char *channel_id, guint rendition, GBytes *data);
void
sc_origin_end_segment (ScOrigin *self, const char *channel_id, guint rendition, gint64 duration_us);
void sc_origin_end_rendition (ScOrigin *self, const char *channel_id, guint rendition);
ScSegment *sc_origin_get_newest_segment (ScOrigin *self, const char *channel_id);
void sc_origin_end_stream (ScOrigin *self, const char *channel_id);

guint sc_origin_count_viewers (ScOrigin *self, const char *channel_id);
gsize sc_origin_get_memory (ScOrigin *self);

G_END_DECLS
