/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-stretch.h"

#include <math.h>

/**
 * ScStretch:
 *
 * Makes sound a little shorter or longer without changing its pitch: where it is too long by
 * enough, a piece about as long as a period of a deep voice is left out, where it is too short, one
 * is repeated; at the place where both ends fit best, and faded from one into the other (the idea
 * is that of waveform similarity overlap-add, by Verhelst and Roelands, 1993).
 *
 * Sound that is as long as it should be passes untouched and at once, which is why this is here:
 * GStreamer's scaletempo cuts a few milliseconds whenever the rate leaves 1 or comes back to it,
 * and delays all that comes after by forty.
 */

/* What is left out or repeated, in milliseconds: at least a fade, at most a period of 71 Hz. */
#define LEAST_MS 6
#define MOST_MS 14
#define FADE_MS 6
/* How much too long or short it must be. More than half of the most, so that one piece does not
 * make the opposite one necessary. */
#define BEGIN_MS 8

struct _ScStretch {
  guint channels;
  gsize least;
  gsize most;
  gsize fade;
  gint64 begin;
  GArray *past; /* of float: the last of what went out, as it came; at most @most frames */
  GArray *held; /* of float: what is to go out */
};

/**
 * sc_stretch_new:
 * @rate: frames a second
 * @channels: samples a frame
 *
 * Returns: (transfer full): a stretch that holds nothing
 */
ScStretch *
sc_stretch_new (guint rate, guint channels)
{
  ScStretch *self = g_new0 (ScStretch, 1);
  self->channels = channels;
  self->least = (gsize) rate * LEAST_MS / 1000;
  self->most = (gsize) rate * MOST_MS / 1000;
  self->fade = MAX ((gsize) rate * FADE_MS / 1000, 1);
  self->begin = MAX ((gint64) rate * BEGIN_MS / 1000, 1);
  self->past = g_array_new (FALSE, FALSE, sizeof (float));
  self->held = g_array_new (FALSE, FALSE, sizeof (float));
  return self;
}

/**
 * sc_stretch_free:
 * @self: (transfer full): a stretch
 */
void
sc_stretch_free (ScStretch *self)
{
  g_array_unref (self->past);
  g_array_unref (self->held);
  g_free (self);
}

/**
 * sc_stretch_clear:
 * @self: a stretch
 *
 * Forgets what it holds and what went out: other sound follows.
 */
void
sc_stretch_clear (ScStretch *self)
{
  g_array_set_size (self->past, 0);
  g_array_set_size (self->held, 0);
}

/**
 * sc_stretch_push:
 * @self: a stretch
 * @frames: interleaved samples
 * @n: how many frames
 *
 * Takes what comes next.
 */
void
sc_stretch_push (ScStretch *self, const float *frames, gsize n)
{
  g_array_append_vals (self->held, frames, (guint) (n * self->channels));
}

/**
 * sc_stretch_get_held:
 * @self: a stretch
 *
 * Returns: how many frames were pushed and have not gone out
 */
gsize
sc_stretch_get_held (const ScStretch *self)
{
  return self->held->len / self->channels;
}

static void
remember (ScStretch *self, const float *samples, guint n)
{
  guint most = (guint) self->most * self->channels;
  if (n > most) {
    samples += n - most;
    n = most;
  }
  g_array_append_vals (self->past, samples, n);
  if (self->past->len > most)
    g_array_remove_range (self->past, 0, self->past->len - most);
}

/**
 * sc_stretch_is_idle:
 * @self: a stretch
 * @surplus: as for sc_stretch_pull()
 *
 * Returns: whether what is pushed next would come out of sc_stretch_pull() just so
 */
gboolean
sc_stretch_is_idle (const ScStretch *self, gint64 surplus)
{
  return self->held->len == 0 && ABS (surplus) < self->begin;
}

/**
 * sc_stretch_pass:
 * @self: a stretch that is idle
 * @frames: interleaved samples
 * @n: how many frames
 *
 * Notes what goes out without going through it.
 */
void
sc_stretch_pass (ScStretch *self, const float *frames, gsize n)
{
  remember (self, frames, (guint) (n * self->channels));
}

/* Passes the first @n frames that are held on. */
static void
emit (ScStretch *self, gsize n, GArray *samples)
{
  guint length = (guint) (n * self->channels);
  const float *held = (const float *) (const void *) self->held->data;
  if (samples)
    g_array_append_vals (samples, held, length);
  remember (self, held, length);
  g_array_remove_range (self->held, 0, length);
}

/* How alike two pieces of @n samples are, from -1 to 1; silence is like anything. */
static double
compare (const float *a, const float *b, gsize n)
{
  double product = 0;
  double a_power = 0;
  double b_power = 0;
  for (gsize i = 0; i < n; i++) {
    product += (double) a[i] * (double) b[i];
    a_power += (double) a[i] * (double) a[i];
    b_power += (double) b[i] * (double) b[i];
  }
  double power = sqrt (a_power * b_power);
  return power > 0 ? product / power : 1;
}

/* How many frames from @here, forwards or backwards, it goes on most like @here. */
static gsize
find_likeness (const ScStretch *self, const float *here, int direction)
{
  gsize n = self->fade * self->channels;
  gsize best = self->least;
  double best_likeness = -2;
  for (gsize lag = self->least; lag <= self->most; lag++) {
    gssize offset = direction * (gssize) (lag * self->channels);
    double likeness = compare (here, here + offset, n);
    if (likeness <= best_likeness)
      continue;
    best_likeness = likeness;
    best = lag;
  }
  return best;
}

static void
append_fade (const ScStretch *self, const float *from, const float *to, GArray *samples)
{
  for (gsize i = 0; i < self->fade; i++) {
    float share = ((float) i + 0.5f) / (float) self->fade;
    for (guint c = 0; c < self->channels; c++) {
      gsize at = i * self->channels + c;
      float sample = from[at] + share * (to[at] - from[at]);
      g_array_append_val (samples, sample);
    }
  }
}

/* Returns: how many frames were left out */
static gsize
leave_out (ScStretch *self, GArray *samples)
{
  const float *here = (const float *) (const void *) self->held->data;
  gsize lag = find_likeness (self, here, 1);
  append_fade (self, here, here + lag * self->channels, samples);
  emit (self, lag + self->fade, NULL);
  return lag;
}

/* Returns: how many frames were repeated */
static gsize
repeat (ScStretch *self, GArray *samples)
{
  guint n_past = self->past->len;
  g_autoptr (GArray) line = g_array_copy (self->past);
  g_array_append_vals (line, self->held->data, (guint) (self->fade * self->channels));
  const float *here = (const float *) (const void *) line->data + n_past;
  gsize lag = find_likeness (self, here, -1);
  const float *there = here - lag * self->channels;
  append_fade (self, here, there, samples);
  gsize rest = lag - self->fade;
  g_array_append_vals (samples,
                       there + self->fade * self->channels,
                       (guint) (rest * self->channels));
  return lag;
}

/**
 * sc_stretch_pull:
 * @self: a stretch
 * @surplus: by how many frames too much has gone out for the place that what is held is at; less
 *   than 0 if too little
 * @samples: (element-type float): where what goes out is appended
 *
 * Lets out what is held, shorter by about @surplus. A little is kept back where something is to be
 * left out and too little is there to choose from.
 *
 * Returns: how many frames fewer went out than were taken
 */
gint64
sc_stretch_pull (ScStretch *self, gint64 surplus, GArray *samples)
{
  gint64 shortened = 0;
  while (surplus - shortened >= self->begin) {
    if (sc_stretch_get_held (self) < self->most + self->fade)
      return shortened;
    shortened += (gint64) leave_out (self, samples);
  }
  gboolean can_repeat =
    self->past->len == self->most * self->channels && sc_stretch_get_held (self) >= self->fade;
  while (can_repeat && surplus - shortened <= -self->begin)
    shortened -= (gint64) repeat (self, samples);
  emit (self, sc_stretch_get_held (self), samples);
  return shortened;
}
