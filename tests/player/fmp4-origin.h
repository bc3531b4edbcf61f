/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Two streams with other sizes of picture, and so with other initialisation sections. */
#define FMP4_N_MEDIA 2
#define FMP4_HEIGHT 180
#define FMP4_OTHER_HEIGHT 240

typedef struct _Fmp4Media Fmp4Media;

/**
 * Fmp4Origin:
 * @is_ladder: whether the two streams are renditions of each other
 * @change_at: from which media sequence number on segments are of the second stream; 0 for never
 * @breaks: whether the second stream begins there, behind a discontinuity; otherwise it goes on
 *   where the first ended
 * @hides_prefetch: whether playlists name nothing that is being made
 * @n_refused: how many requests of an initialisation section are refused, after the first one
 * @signs_anew: whether addresses are others each time they are named
 *
 * An origin of live streams in fragmented MP4: segments of a second, which can be read in pieces
 * while they are made. Its media playlists begin with whole ones. The main context's.
 */
typedef struct {
  gboolean is_ladder;
  guint change_at;
  gboolean breaks;
  gboolean hides_prefetch;
  guint n_refused;
  gboolean signs_anew;

  SoupServer *server;
  GPtrArray *transfers; /* of segments that are under way */
  Fmp4Media *media[FMP4_N_MEDIA];
  gint64 begun; /* monotonic us */
  gint64 begun_real;
  guint n_named; /* how often addresses were */
  guint n_heads; /* how often an initialisation section was given */
} Fmp4Origin;

Fmp4Origin *fmp4_origin_new (void);
void fmp4_origin_free (Fmp4Origin *self);
char *fmp4_origin_get_uri (Fmp4Origin *self);
guint fmp4_origin_get_newest (Fmp4Origin *self);

G_END_DECLS
