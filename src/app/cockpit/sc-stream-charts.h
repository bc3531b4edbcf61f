/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-stream-status.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_STREAM_CHARTS (sc_stream_charts_get_type ())
G_DECLARE_FINAL_TYPE (ScStreamCharts, sc_stream_charts, SC, STREAM_CHARTS, AdwPreferencesGroup)

/* One figure of a sample; less than 0 where that is not known. */
typedef double (*ScSampleFigure) (const ScStreamSample *sample);

GArray *sc_stream_charts_list_points (const GArray *samples, ScSampleFigure figure);
void sc_stream_charts_show (ScStreamCharts *self, ScStreamStatus *status, const char *channel_type);

G_END_DECLS
