/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-rendition-choice.h"

#include <math.h>

/**
 * ScRenditionChoice:
 *
 * Which rendition of a live stream comes next. A live segment comes as fast as it is made, so how
 * fast it came says nothing of how much faster it could come: that is what probes of older segments
 * are for. Too much is known at once, since the cushion melts.
 *
 * Plain state without a clock of its own. One thread at a time.
 */

#define SECOND G_USEC_PER_SEC
#define NEVER G_MAXINT64
#define NOBODY (-1)

/* What is assumed of a network that nothing is known of: most do better. */
#define ASSUMED_BANDWIDTH 4000000
/* How much of the bandwidth a rendition may take: the rest is for key frames, for what else there
 * is on the line, and for being wrong. */
#define USABLE 0.6
/* How much of it a rendition may take that is gone down to: the cushion is melting, but the
 * bandwidth was measured while it did. */
#define USABLE_IN_NEED 0.8
/* A rendition above must have fitted for so long, and the last switch be so long ago. */
#define PATIENCE (10 * SECOND)
/* A rendition that failed right after it was gone up to is tried again after twice the time, up to
 * five minutes; what held for this long counts as a success. */
#define MOST_PATIENCE (300 * SECOND)
#define SUCCESS (60 * SECOND)
/* A segment of the rendition below must have had time to come before it is gone down from, too. */
#define DOWNS_APART (3 * SECOND / 2)
/* Shares of the target: below the one what is shown melts; above the other it is well. The cushion
 * moves below the target by as much as frames are late, so it need not reach it. */
#define MELTING 0.5
#define WELL 0.7
/* How fast new measurements replace old ones: one that follows, and one that remembers. Of the two
 * the lower one counts. They are means of the logarithm: the thousandfold that a line had before it
 * became narrow does not outweigh what is measured now. */
#define FAST 0.5
#define SLOW 0.15
/* A probe or burst of less says more of the way there than of its width. */
#define LEAST_BYTES (8 * 1024)
/* What a clock and a socket's buffer cannot tell apart: a probe that took less took that long. */
#define LEAST_DURATION 500

typedef struct {
  guint bandwidth;
  int height;
  gint64 fits_since; /* or NEVER */
} Rendition;

struct _ScRenditionChoice {
  GArray *renditions; /* of Rendition */
  int fixed;
  int max_height;
  double fast; /* bits a second, 0 while unknown */
  double slow;
  double last;
  gboolean stalled; /* since the last switch down */
  gint64 last_switch;
  gint64 last_down;
  gint64 last_up;
  gint64 patience;
};

static Rendition *
get_rendition (const ScRenditionChoice *self, guint index)
{
  return &g_array_index (self->renditions, Rendition, index);
}

/**
 * sc_rendition_choice_new:
 *
 * Returns: (transfer full): a choice among nothing
 */
ScRenditionChoice *
sc_rendition_choice_new (void)
{
  ScRenditionChoice *self = g_new0 (ScRenditionChoice, 1);
  self->renditions = g_array_new (FALSE, TRUE, sizeof (Rendition));
  self->fixed = NOBODY;
  self->last_switch = self->last_down = self->last_up = G_MININT64 / 2;
  self->patience = PATIENCE;
  return self;
}

/**
 * sc_rendition_choice_free:
 * @self: (transfer full): a choice
 */
void
sc_rendition_choice_free (ScRenditionChoice *self)
{
  g_array_unref (self->renditions);
  g_free (self);
}

/**
 * sc_rendition_choice_set_ladder:
 * @self: a choice
 * @bandwidths: of each rendition, bits a second, in any order
 * @heights: of each, pixels; 0 for sound alone
 * @n: how many
 *
 * What is known of the network stays.
 */
void
sc_rendition_choice_set_ladder (ScRenditionChoice *self,
                                const guint *bandwidths,
                                const int *heights,
                                guint n)
{
  g_array_set_size (self->renditions, 0);
  for (guint i = 0; i < n; i++) {
    const Rendition rendition = { bandwidths[i], heights[i], NEVER };
    g_array_append_val (self->renditions, rendition);
  }
}

/**
 * sc_rendition_choice_set_fixed:
 * @self: a choice
 * @index: what the viewer chose, or -1 for whatever the network can carry
 */
void
sc_rendition_choice_set_fixed (ScRenditionChoice *self, int index)
{
  self->fixed = index;
}

/**
 * sc_rendition_choice_set_max_height:
 * @self: a choice
 * @height: of what can be seen, pixels; 0 for no limit
 *
 * Nothing above it is chosen, unless there is nothing else.
 */
void
sc_rendition_choice_set_max_height (ScRenditionChoice *self, int height)
{
  self->max_height = height;
}

/* Returns the mean after @rate, of which it has @weight. */
static double
mean_with (double mean, double rate, double weight)
{
  return mean > 0 ? mean * pow (rate / mean, weight) : rate;
}

static void
see_rate (ScRenditionChoice *self, double rate)
{
  self->last = rate;
  self->fast = mean_with (self->fast, rate, FAST);
  self->slow = mean_with (self->slow, rate, SLOW);
}

static double
rate_of (gsize bytes, gint64 duration)
{
  return 8.0 * (double) bytes * SECOND / (double) MAX (duration, LEAST_DURATION);
}

/**
 * sc_rendition_choice_see_burst:
 * @self: a choice
 * @bytes: what the server already had when a segment was asked for
 * @duration: how long that took, microseconds
 *
 * It came at least that fast: part of it may have been made meanwhile.
 */
void
sc_rendition_choice_see_burst (ScRenditionChoice *self, gsize bytes, gint64 duration)
{
  double rate = rate_of (bytes, duration);
  if (bytes >= LEAST_BYTES && rate > self->fast)
    see_rate (self, rate);
}

/**
 * sc_rendition_choice_see_probe:
 * @self: a choice
 * @bytes: of a finished segment
 * @first_byte: when the first of them came, microseconds
 * @last_byte: when the last one did, by the same clock
 * @now: monotonic time, microseconds
 */
void
sc_rendition_choice_see_probe (ScRenditionChoice *self,
                               gsize bytes,
                               gint64 first_byte,
                               gint64 last_byte,
                               gint64 now)
{
  if (bytes < LEAST_BYTES)
    return;
  see_rate (self, rate_of (bytes, last_byte - first_byte));
  for (guint i = 0; i < self->renditions->len; i++) {
    Rendition *rendition = get_rendition (self, i);
    if (self->fast * USABLE < rendition->bandwidth)
      rendition->fits_since = NEVER;
    else if (rendition->fits_since == NEVER)
      rendition->fits_since = now;
  }
}

/**
 * sc_rendition_choice_see_stall:
 * @self: a choice
 * @now: monotonic time, microseconds
 *
 * Playback ran dry.
 */
void
sc_rendition_choice_see_stall (ScRenditionChoice *self, gint64 now)
{
  self->stalled = TRUE;
}

/**
 * sc_rendition_choice_get_bandwidth:
 * @self: a choice
 *
 * Returns: what the network seems to carry, bits a second; 0 while that is unknown
 */
guint
sc_rendition_choice_get_bandwidth (const ScRenditionChoice *self)
{
  return (guint) MIN (MIN (self->fast, self->slow), (double) G_MAXUINT);
}

/* Which renditions are to be chosen from. */
typedef enum {
  VISIBLE,  /* those with a picture that is not larger than need be */
  PICTURES, /* those with a picture */
  ALL,
} Class;

static gboolean
is_of (const ScRenditionChoice *self, guint index, Class class)
{
  int height = get_rendition (self, index)->height;
  gboolean fits = self->max_height <= 0 || height <= self->max_height;
  return class == ALL || (height > 0 && (class == PICTURES || fits));
}

/* Returns: the best one of @class with at most @limit bits a second; if there is none, the least of
 *   @class; or NOBODY
 */
static int
find_best (const ScRenditionChoice *self, Class class, double limit)
{
  int best = NOBODY;
  int least = NOBODY;
  for (guint i = 0; i < self->renditions->len; i++) {
    guint bandwidth = get_rendition (self, i)->bandwidth;
    if (!is_of (self, i, class))
      continue;
    if (least == NOBODY || bandwidth < get_rendition (self, (guint) least)->bandwidth)
      least = (int) i;
    if (bandwidth <= limit &&
        (best == NOBODY || bandwidth > get_rendition (self, (guint) best)->bandwidth))
      best = (int) i;
  }
  return best != NOBODY ? best : least;
}

/* Returns: what there is to choose from: pictures, of a fitting size if there are such */
static Class
find_class (const ScRenditionChoice *self)
{
  if (find_best (self, VISIBLE, 0) != NOBODY)
    return VISIBLE;
  return find_best (self, PICTURES, 0) != NOBODY ? PICTURES : ALL;
}

static gboolean
is_fixed (const ScRenditionChoice *self)
{
  return self->fixed >= 0 && (guint) self->fixed < self->renditions->len;
}

static guint
choose_first (const ScRenditionChoice *self)
{
  guint known = sc_rendition_choice_get_bandwidth (self);
  double bandwidth = known > 0 ? known : ASSUMED_BANDWIDTH;
  int best = find_best (self, find_class (self), bandwidth * USABLE);
  gboolean is_hopeless =
    known > 0 && best != NOBODY && get_rendition (self, (guint) best)->bandwidth > bandwidth;
  if (is_hopeless)
    best = find_best (self, ALL, bandwidth * USABLE);
  return (guint) MAX (best, 0);
}

/**
 * sc_rendition_choice_get_first:
 * @self: a choice
 *
 * Returns: index of the rendition to begin with: the best that surely fits
 */
guint
sc_rendition_choice_get_first (const ScRenditionChoice *self)
{
  return is_fixed (self) ? (guint) self->fixed : choose_first (self);
}

static guint
switch_to (ScRenditionChoice *self, guint index, gint64 now)
{
  self->last_switch = now;
  return index;
}

/* The next one below @current that the bandwidth is enough for; sound alone if pictures are too
 * much. */
static guint
go_down (ScRenditionChoice *self, guint current, gint64 now)
{
  guint bandwidth = get_rendition (self, current)->bandwidth;
  double known = MIN (sc_rendition_choice_get_bandwidth (self), self->last);
  double limit = bandwidth > 0 ? (double) bandwidth - 1 : 0;
  if (known > 0)
    limit = MIN (limit, known * USABLE_IN_NEED);
  int best = find_best (self, find_class (self), limit);
  gboolean is_lower = best != NOBODY && get_rendition (self, (guint) best)->bandwidth < bandwidth;
  if (!is_lower && (known == 0 || bandwidth > known))
    best = find_best (self, ALL, limit);
  is_lower = best != NOBODY && get_rendition (self, (guint) best)->bandwidth < bandwidth;
  self->stalled = FALSE;
  self->last_down = now;
  if (now - self->last_up < SUCCESS)
    self->patience = MIN (2 * self->patience, MOST_PATIENCE);
  return is_lower ? switch_to (self, (guint) best, now) : current;
}

static guint
go_up (ScRenditionChoice *self, guint current, gint64 now)
{
  if (now - self->last_up > SUCCESS + self->patience && now - self->last_down > SUCCESS)
    self->patience = PATIENCE;
  if (now - self->last_switch < PATIENCE || now - self->last_down < self->patience)
    return current;
  Class class = find_class (self);
  guint best = current;
  for (guint i = 0; i < self->renditions->len; i++) {
    const Rendition *rendition = get_rendition (self, i);
    gboolean fits = rendition->fits_since != NEVER && now - rendition->fits_since >= PATIENCE;
    if (is_of (self, i, class) && fits &&
        rendition->bandwidth > get_rendition (self, best)->bandwidth)
      best = i;
  }
  if (best == current)
    return current;
  self->last_up = now;
  return switch_to (self, best, now);
}

/**
 * sc_rendition_choice_next:
 * @self: a choice
 * @current: index of the rendition that is played
 * @facts: how it goes
 *
 * Returns: index of the rendition to go on with; @current unless a segment ends
 */
guint
sc_rendition_choice_next (ScRenditionChoice *self, guint current, const ScRenditionFacts *facts)
{
  if (!facts->at_boundary || self->renditions->len == 0)
    return current;
  if (is_fixed (self))
    return (guint) self->fixed;
  gboolean is_gone = current >= self->renditions->len;
  gboolean is_too_large = !is_gone && get_rendition (self, current)->height > 0 &&
                          !is_of (self, current, find_class (self));
  if (is_gone || is_too_large)
    return switch_to (self, choose_first (self), facts->now);
  double cushion = (double) facts->cushion;
  double target = (double) facts->target;
  gboolean melts = self->stalled || cushion < target * MELTING;
  if (melts)
    return facts->now - self->last_down >= DOWNS_APART ? go_down (self, current, facts->now)
                                                       : current;
  return cushion >= target * WELL ? go_up (self, current, facts->now) : current;
}
