/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ScChartPoint:
 * @at: when, microseconds since the epoch
 * @value: how much, or less than 0 where that is not known
 */
typedef struct {
  gint64 at;
  double value;
} ScChartPoint;

/* A value in words, with its unit. */
typedef char *(*ScChartWords) (double value);

#define SC_TYPE_LINE_CHART (sc_line_chart_get_type ())
G_DECLARE_FINAL_TYPE (ScLineChart, sc_line_chart, SC, LINE_CHART, GtkWidget)

void sc_line_chart_set_name (ScLineChart *self, const char *name, ScChartWords words);
void sc_line_chart_set_limit (ScLineChart *self, double limit);
void sc_line_chart_set_span (ScLineChart *self, gint64 from, gint64 to);
void sc_line_chart_set_points (ScLineChart *self, const ScChartPoint *points, guint n_points);
char *sc_line_chart_dup_words_at (ScLineChart *self, double place);

G_END_DECLS
