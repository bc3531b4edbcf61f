/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-media-info.h"
#include "sc-segment.h"

G_BEGIN_DECLS

/* In the query of a rendition's address: who got the master playlist that it is from. */
#define SC_PLAYLIST_SESSION "session"

/**
 * ScRenditionView:
 * @base_url: what addresses begin with, "https://localhost:8444"
 * @now_us: the time of day
 * @started_at_us: when the stream began
 * @ended: no more segments will come
 * @segments: the whole segments to list, of #ScSegment, oldest first
 * @prefetch: the segments to announce, of #ScSegment: the one being written and the next
 *
 * What a rendition's playlist is made of.
 */
typedef struct {
  const char *base_url;
  gint64 now_us;
  gint64 started_at_us;
  gboolean ended;
  GPtrArray *segments;
  GPtrArray *prefetch;
} ScRenditionView;

/**
 * ScVariant:
 * @info: what is in the rendition
 * @id: the id of its playlist
 * @session: (nullable): whose master playlist it is in
 * @is_source: it is as the encoder sent it
 *
 * A rendition as the master playlist tells of it.
 */
typedef struct {
  ScMediaInfo info;
  const char *id;
  const char *session;
  gboolean is_source;
} ScVariant;

char *sc_playlist_write_master (const ScVariant *variants,
                                guint count,
                                const char *base_url,
                                gint64 now_us);
char *sc_playlist_write_rendition (const ScRenditionView *view);

G_END_DECLS
