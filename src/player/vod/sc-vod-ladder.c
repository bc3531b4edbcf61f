/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-vod-ladder.h"

/* Which rendition of a recording is fetched: the best one first; a lower one after playback ran
 * dry; a better one again when what arrives has room for it for a while. Pure functions. */

/* How much of the bandwidth that was seen a rendition may need. A recording is read ahead, so that
 * a wrong guess upwards costs no picture at once. */
#define SHARE 0.7

/* How many segments in a row have to arrive well before it goes up. */
#define CALM_SEGMENTS 3u

static gboolean
has_picture (const ScHlsVariant *variant)
{
  return variant->width > 0;
}

/* Whether one is better than another: by picture, then by bits. */
static gboolean
is_better (const ScHlsVariant *variant, const ScHlsVariant *other)
{
  if (has_picture (variant) != has_picture (other))
    return has_picture (variant);
  return variant->bandwidth > other->bandwidth;
}

/**
 * sc_vod_ladder_get_first:
 * @master: a multivariant playlist with variants
 *
 * Returns: the index of the best variant
 */
guint
sc_vod_ladder_get_first (const ScHlsPlaylist *master)
{
  guint best = 0;
  for (guint i = 1; i < master->variants->len; i++)
    if (is_better (sc_hls_playlist_get_variant (master, i),
                   sc_hls_playlist_get_variant (master, best)))
      best = i;
  return best;
}

/* Returns the best variant that @bandwidth carries, or the one that needs least. */
static guint
find_carried (const ScHlsPlaylist *master, double bandwidth)
{
  int best = -1;
  guint least = 0;
  for (guint i = 0; i < master->variants->len; i++) {
    const ScHlsVariant *variant = sc_hls_playlist_get_variant (master, i);
    if (variant->bandwidth < sc_hls_playlist_get_variant (master, least)->bandwidth)
      least = i;
    if (variant->bandwidth <= bandwidth &&
        (best < 0 || is_better (variant, sc_hls_playlist_get_variant (master, (guint) best))))
      best = (int) i;
  }
  return best < 0 ? least : (guint) best;
}

/**
 * sc_vod_ladder_next:
 * @master: a multivariant playlist with variants
 * @current: the variant that was fetched last
 * @pace: how well that went
 *
 * Returns: the variant to fetch next
 */
guint
sc_vod_ladder_next (const ScHlsPlaylist *master, guint current, const ScVodPace *pace)
{
  const ScHlsVariant *now = sc_hls_playlist_get_variant (master, current);
  if (pace->bandwidth == 0)
    return current;
  guint carried = find_carried (master, (double) pace->bandwidth * SHARE);
  const ScHlsVariant *other = sc_hls_playlist_get_variant (master, carried);
  if (pace->ran_dry)
    return other->bandwidth < now->bandwidth ? carried : current;
  if (pace->calm >= CALM_SEGMENTS && is_better (other, now))
    return carried;
  return current;
}
