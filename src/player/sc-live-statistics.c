/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-live-statistics.h"

/**
 * sc_live_statistics_clear:
 * @self: statistics
 *
 * Frees what they hold.
 */
void
sc_live_statistics_clear (ScLiveStatistics *self)
{
  g_clear_pointer (&self->decoder, g_free);
  g_clear_pointer (&self->quality, g_free);
}

/**
 * sc_live_statistics_copy:
 * @self: statistics
 * @ret_copy: (out caller-allocates): to be cleared
 */
void
sc_live_statistics_copy (const ScLiveStatistics *self, ScLiveStatistics *ret_copy)
{
  *ret_copy = *self;
  ret_copy->decoder = g_strdup (self->decoder);
  ret_copy->quality = g_strdup (self->quality);
}

/**
 * sc_live_statistics_take:
 * @self: statistics
 * @report: the source's; what it lacks stays
 *
 * Takes what nobody is told of.
 */
void
sc_live_statistics_take (ScLiveStatistics *self, const GstStructure *report)
{
  gst_structure_get_int64 (report, "target", &self->target);
  gst_structure_get_int64 (report, "buffer", &self->buffer);
  gst_structure_get_uint (report, "bitrate", &self->bitrate);
  gst_structure_get_uint (report, "bandwidth", &self->bandwidth);
  gst_structure_get_double (report, "rate", &self->rate);
  gst_structure_get_uint (report, "stalls", &self->stalls);
}
