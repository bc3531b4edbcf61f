/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The tour's ears: what the desktop's sound server plays, recorded from its null sink. */

#include "config.h"

#include "tour-ears.h"

#include "tour-wait.h"

#include <math.h>

#define SOUND_RATE 48000

/* Half a second: enough for a tone, short enough for a tour. */
#define SAMPLES (SOUND_RATE / 2)

/* The first sound after playback starts is a buffer of silence: skip a second of it. */
#define SAMPLES_SKIPPED SOUND_RATE

/* The share of @samples' energy that lies at @hertz, by Goertzel's algorithm: 1 is a pure tone. */
static double
measure_tone (const gint16 *samples, guint n, double hertz)
{
  double coefficient = 2 * cos (2 * G_PI * hertz / SOUND_RATE);
  double before = 0, last = 0, energy = 0;
  for (guint i = 0; i < n; i++) {
    double value = samples[i] / 32768.0;
    double next = value + coefficient * last - before;
    before = last;
    last = next;
    energy += value * value;
  }
  double power = before * before + last * last - coefficient * before * last;
  return energy > 0 ? 2 * power / (energy * n) : 0;
}

/**
 * tour_ears_hear_tone:
 * @hertz: the tone to listen for
 * @error: an error of GIO
 *
 * Records from the desktop's null sink for a second and a half. Main thread, blocking.
 *
 * Returns: how much of what is heard is that tone, 0 (silence, or something else) to 1; negative
 *   if nothing could be recorded
 */
double
tour_ears_hear_tone (double hertz, GError **error)
{
  g_autoptr (GSubprocess) recorder = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                                       error,
                                                       "parec",
                                                       "--device=streamcat.monitor",
                                                       "--format=s16le",
                                                       "--rate=48000",
                                                       "--channels=1",
                                                       "--latency-msec=50",
                                                       NULL);
  if (!recorder)
    return -1;

  g_autofree gint16 *samples = g_new0 (gint16, SAMPLES_SKIPPED + SAMPLES);
  gsize wanted = (SAMPLES_SKIPPED + SAMPLES) * sizeof *samples, got = 0;
  gboolean read = g_input_stream_read_all (g_subprocess_get_stdout_pipe (recorder),
                                           samples,
                                           wanted,
                                           &got,
                                           NULL,
                                           error);
  g_subprocess_force_exit (recorder);
  g_subprocess_wait (recorder, NULL, NULL);
  if (!read)
    return -1;
  return got == wanted ? measure_tone (samples + SAMPLES_SKIPPED, SAMPLES, hertz) : 0;
}
