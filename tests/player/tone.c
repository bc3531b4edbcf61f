/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "tone.h"

#include <math.h>

#define FREQUENCY 440.0
/* The frequency of a tone, from the first to the last time that it rises through zero. */
static double
find_frequency (const float *samples, guint n, int rate)
{
  double first = -1;
  double last = -1;
  guint n_periods = 0;
  for (guint i = 1; i < n; i++) {
    if (samples[i - 1] >= 0 || samples[i] < 0)
      continue;
    double at = i - (double) samples[i] / (double) (samples[i] - samples[i - 1]);
    n_periods += first >= 0;
    first = first < 0 ? at : first;
    last = at;
  }
  return n_periods > 0 ? n_periods * rate / (last - first) : 0;
}

/**
 * tone_hear:
 * @samples: (element-type float): one channel
 * @rate: samples a second
 * @volume: of the sine, 1 being the most there is
 * @tolerance: how much more than a sine has it samples may change: for a fade from one period into
 *   another, and for what a codec adds
 *
 * Returns: what there is to hear from when the tone begins to when it ends
 */
Tone
tone_hear (const GArray *samples, int rate, double volume, double tolerance)
{
  const float *data = (const float *) (const void *) samples->data;
  double largest = volume * 2 * G_PI * FREQUENCY / rate * tolerance;
  guint window = (guint) rate / 4;
  guint begin = 0;
  guint end = samples->len;
  while (begin < end && data[begin] == 0)
    begin++;
  while (end > begin && data[end - 1] == 0)
    end--;
  Tone tone = { .lowest = rate, .seconds = (double) (end - begin) / rate };
  for (guint i = begin; i + window <= end; i += window) {
    double frequency = find_frequency (data + i, window, rate);
    tone.lowest = MIN (tone.lowest, frequency);
    tone.highest = MAX (tone.highest, frequency);
  }
  for (guint i = begin + 1; i < end; i++)
    tone.n_clicks += fabs ((double) data[i] - (double) data[i - 1]) > largest;
  g_test_message ("%.2f to %.2f Hz, %u clicks, %.3f s",
                  tone.lowest,
                  tone.highest,
                  tone.n_clicks,
                  tone.seconds);
  return tone;
}
