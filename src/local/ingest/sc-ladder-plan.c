/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ladder-plan.h"

#include <math.h>

/* Which renditions a stream of a channel that is transcoded gets: those of Amazon IVS that are
 * smaller than the source, as many as the machine carries. Pure functions. */

/* Measured with a source of 720p30 on one core of a server of 2020: 480p30 and 160p30 together cost
 * a quarter of a core, with 360p30 a third. Two cores have an app, an encoder and a database to run
 * besides; more carry all. */
#define CORES_FOR_TWO 2
#define CORES_FOR_ALL 4

/* Above this a source's rendition of 720p has its frame rate, too ("Channel Types"). */
#define FAST_FRAME_RATE 45
/* The most frames a second of all others; 30000/1001 and what a stream that does not tell its rate
 * seems to have are near it, too. */
#define FRAME_RATE_MAX 33

/* "Channel Types", Amazon IVS Low-Latency Streaming User Guide, STANDARD: picture and sound
 * together have 3.4 and 2.4, 1.4, 0.63 and 0.23 Mb/s there. The sound is copied as it comes here,
 * so the picture has these less what sound usually takes, and not less than shows something. */
static const struct {
  guint side;
  guint bitrate;
} table[SC_LADDER_MAX_RUNGS] = {
  { 720, 2240000 },
  { 480, 1240000 },
  { 360, 500000 },
  { 160, 150000 },
};
#define FAST_SIDE 720
/* It costs as much as all others together, so it is the first to be left out. */
#define COSTLY_SIDE 720
#define FAST_BITRATE 3240000

/**
 * sc_ladder_count_for_cores:
 * @cores: processors of this machine
 *
 * Returns: how many renditions besides the source it carries: none on one core, two on two, else
 * all
 */
guint
sc_ladder_count_for_cores (guint cores)
{
  if (cores >= CORES_FOR_ALL)
    return SC_LADDER_MAX_RUNGS;
  return cores >= CORES_FOR_TWO ? 2 : 0;
}

/**
 * sc_ladder_count_for_type:
 * @channel_type: (nullable): a channel's type
 * @most: the most renditions that the machine carries
 *
 * "Channel Types": a BASIC channel's streams are passed on as they come, those of all others are
 * transcoded, too, an ADVANCED_SD one's into none that is larger than 480p.
 *
 * Returns: how many renditions besides the source a stream gets at most
 */
guint
sc_ladder_count_for_type (const char *channel_type, guint most)
{
  if (!channel_type || g_str_equal (channel_type, "BASIC"))
    return 0;
  return g_str_equal (channel_type, "ADVANCED_SD") ? MIN (most, SC_LADDER_MAX_RUNGS - 1) : most;
}

/* Returns an even length. */
static guint
scale (guint length, double factor)
{
  return 2 * MAX (1, (guint) lround (length * factor / 2));
}

/* Fits a line of the table to the source's shape: what is called 480p has 480 lines on the shorter
 * side. */
static ScLadderRung
fit (guint line, const ScMediaInfo *source)
{
  guint side = table[line].side;
  double factor = (double) side / MIN (source->width, source->height);
  gboolean is_fast = side == FAST_SIDE && source->frame_rate > FAST_FRAME_RATE;
  ScLadderRung rung = {
    .width = scale (source->width, factor),
    .height = scale (source->height, factor),
    .bitrate = is_fast ? FAST_BITRATE : table[line].bitrate,
    .divisor = 1,
  };
  while (!is_fast && source->frame_rate / rung.divisor > FRAME_RATE_MAX)
    rung.divisor++;
  rung.frame_rate = source->frame_rate / rung.divisor;
  return rung;
}

/**
 * sc_ladder_plan:
 * @source: what the encoder sends
 * @most: the most renditions
 * @ret_rungs: (out) (array fixed-size=4): the renditions, the largest first
 *
 * Chooses renditions that are smaller than the source. Where there may not be all, 720p is not
 * among them; the largest and the smallest of the others are, and the rest lie evenly in between. A
 * single one is the middle.
 *
 * Returns: how many
 */
guint
sc_ladder_plan (const ScMediaInfo *source, guint most, ScLadderRung *ret_rungs)
{
  guint side = MIN (source->width, source->height);
  guint skip = 0;
  while (skip < SC_LADDER_MAX_RUNGS && table[skip].side >= side)
    skip++;
  guint fitting = SC_LADDER_MAX_RUNGS - skip;
  if (most < fitting && skip < SC_LADDER_MAX_RUNGS && table[skip].side == COSTLY_SIDE) {
    skip++;
    fitting--;
  }
  guint count = MIN (most, fitting);
  for (guint i = 0; i < count; i++) {
    guint index = count == 1 ? fitting / 2 : i * (fitting - 1) / (count - 1);
    ret_rungs[i] = fit (skip + index, source);
  }
  return count;
}
