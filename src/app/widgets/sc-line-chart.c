/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One figure over time as a line, from nothing at the bottom to the most at the top, with what is
 * allowed as a second, dashed one. Time runs as people read: from right to left where they read
 * so. What is not known leaves a gap. The pointer asks what it was at a moment. A reader of screens
 * hears the name, the newest value, and the least and the most. The colours are those of the style.
 * Main thread only.
 */

#include "config.h"

#include "sc-line-chart.h"

#include "sc-time-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define WIDTH_MIN 120
#define HEIGHT 96
#define LINE_WIDTH 2.0f
#define GRID_ALPHA 0.15f
#define FILL_ALPHA 0.15f
#define LIMIT_ALPHA 0.65f

/* So much of the height is above the most. */
#define HEADROOM 1.15

struct _ScLineChart {
  GtkWidget parent_instance;

  char *name;
  ScChartWords words;
  double limit; /* 0 for none */
  gint64 from;  /* with @to, what the width stands for, if that is not the points' own time */
  gint64 to;
  GArray *points;
};

G_DEFINE_FINAL_TYPE (ScLineChart, sc_line_chart, GTK_TYPE_WIDGET)

typedef struct {
  float width;
  float height;
  gint64 from;
  gint64 to;
  double top;
  gboolean is_mirrored;
} Frame;

static const ScChartPoint *
get_point (ScLineChart *self, guint i)
{
  return &g_array_index (self->points, ScChartPoint, i);
}

/* The least, the most and the newest of what is known; FALSE if nothing is. */
static gboolean
measure_values (ScLineChart *self, double *ret_least, double *ret_most, double *ret_newest)
{
  gboolean found = FALSE;
  for (guint i = 0; i < self->points->len; i++) {
    double value = get_point (self, i)->value;
    if (value < 0)
      continue;
    *ret_least = found ? MIN (*ret_least, value) : value;
    *ret_most = found ? MAX (*ret_most, value) : value;
    *ret_newest = value;
    found = TRUE;
  }
  return found;
}

static Frame
make_frame (ScLineChart *self, double most)
{
  GtkWidget *widget = GTK_WIDGET (self);
  /* A limit far above what there is would press the line to the bottom. */
  double top = self->limit > 0 && self->limit < most * 2 ? MAX (most, self->limit) : most;
  gboolean has_span = self->to > self->from;
  return (Frame) {
    .width = (float) gtk_widget_get_width (widget),
    .height = (float) gtk_widget_get_height (widget),
    .from = has_span ? self->from : get_point (self, 0)->at,
    .to = has_span ? self->to : get_point (self, self->points->len - 1)->at,
    .top = MAX (top * HEADROOM, 1e-6),
    .is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL,
  };
}

static float
get_x (const Frame *frame, gint64 at)
{
  gint64 span = frame->to - frame->from;
  double share = span > 0 ? (double) (at - frame->from) / (double) span : 1.0;
  return (float) (frame->is_mirrored ? 1.0 - share : share) * frame->width;
}

static float
get_y (const Frame *frame, double value)
{
  return frame->height * (float) (1.0 - value / frame->top);
}

/* From the bottom up around what is known in one piece; returns where the next piece may begin. */
static guint
add_piece (ScLineChart *self,
           const Frame *frame,
           guint first,
           GskPathBuilder *line,
           GskPathBuilder *area)
{
  guint i = first;
  float x = get_x (frame, get_point (self, first)->at);
  gsk_path_builder_move_to (area, x, frame->height);
  gsk_path_builder_move_to (line, x, get_y (frame, get_point (self, first)->value));
  for (; i < self->points->len && get_point (self, i)->value >= 0; i++) {
    x = get_x (frame, get_point (self, i)->at);
    float y = get_y (frame, get_point (self, i)->value);
    gsk_path_builder_line_to (line, x, y);
    gsk_path_builder_line_to (area, x, y);
  }
  gsk_path_builder_line_to (area, x, frame->height);
  gsk_path_builder_close (area);
  return i;
}

static void
snapshot_line (ScLineChart *self, GtkSnapshot *snapshot, const Frame *frame)
{
  GskPathBuilder *line = gsk_path_builder_new ();
  GskPathBuilder *area = gsk_path_builder_new ();
  for (guint i = 0; i < self->points->len;)
    i = get_point (self, i)->value < 0 ? i + 1 : add_piece (self, frame, i, line, area);

  GdkRGBA colour, faint;
  gtk_widget_get_color (GTK_WIDGET (self), &colour);
  faint = colour;
  faint.alpha *= FILL_ALPHA;
  g_autoptr (GskPath) area_path = gsk_path_builder_free_to_path (area);
  g_autoptr (GskPath) line_path = gsk_path_builder_free_to_path (line);
  g_autoptr (GskStroke) stroke = gsk_stroke_new (LINE_WIDTH);
  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  gtk_snapshot_append_fill (snapshot, area_path, GSK_FILL_RULE_WINDING, &faint);
  gtk_snapshot_append_stroke (snapshot, line_path, stroke, &colour);
}

static void
snapshot_level (GtkSnapshot *snapshot,
                const Frame *frame,
                float y,
                const GdkRGBA *colour,
                float dash)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  gsk_path_builder_move_to (builder, 0, y);
  gsk_path_builder_line_to (builder, frame->width, y);
  g_autoptr (GskPath) path = gsk_path_builder_free_to_path (builder);
  g_autoptr (GskStroke) stroke = gsk_stroke_new (1.0f);
  if (dash > 0)
    gsk_stroke_set_dash (stroke, &dash, 1);
  gtk_snapshot_append_stroke (snapshot, path, stroke, colour);
}

static void
snapshot_levels (ScLineChart *self, GtkSnapshot *snapshot, const Frame *frame)
{
  GdkRGBA colour, faint;
  gtk_widget_get_color (gtk_widget_get_parent (GTK_WIDGET (self)), &colour);
  faint = colour;
  faint.alpha *= GRID_ALPHA;
  colour.alpha *= LIMIT_ALPHA;
  if (self->limit > 0 && self->limit < frame->top)
    snapshot_level (snapshot, frame, get_y (frame, self->limit), &colour, 4.0f);
  snapshot_level (snapshot, frame, frame->height - 0.5f, &faint, 0);
}

static void
sc_line_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ScLineChart *self = SC_LINE_CHART (widget);
  double least = 0, most = 0, newest = 0;
  if (!measure_values (self, &least, &most, &newest))
    return;
  const Frame frame = make_frame (self, most);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, frame.width, frame.height));
  snapshot_levels (self, snapshot, &frame);
  snapshot_line (self, snapshot, &frame);
  gtk_snapshot_pop (snapshot);
}

static void
sc_line_chart_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH_MIN : HEIGHT;
  *minimum_baseline = *natural_baseline = -1;
}

static gboolean
sc_line_chart_query_tooltip (GtkWidget *widget,
                             int x,
                             int y,
                             gboolean keyboard_mode,
                             GtkTooltip *tooltip)
{
  ScLineChart *self = SC_LINE_CHART (widget);
  /* The keyboard has no place in time. */
  g_autofree char *words =
    keyboard_mode ? NULL
                  : sc_line_chart_dup_words_at (self, (double) x / gtk_widget_get_width (widget));
  gtk_tooltip_set_text (tooltip, words);
  return words != NULL;
}

static void
sc_line_chart_finalize (GObject *object)
{
  ScLineChart *self = SC_LINE_CHART (object);
  g_free (self->name);
  g_array_unref (self->points);
  G_OBJECT_CLASS (sc_line_chart_parent_class)->finalize (object);
}

static void
sc_line_chart_class_init (ScLineChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sc_line_chart_finalize;
  widget_class->snapshot = sc_line_chart_snapshot;
  widget_class->measure = sc_line_chart_measure;
  widget_class->query_tooltip = sc_line_chart_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "line-chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
sc_line_chart_init (ScLineChart *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (ScChartPoint));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

static void
describe (ScLineChart *self)
{
  double least = 0, most = 0, newest = 0;
  if (!self->words || !measure_values (self, &least, &most, &newest)) {
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
    return;
  }
  g_autofree char *now = self->words (newest);
  g_autofree char *from = self->words (least);
  g_autofree char *to = self->words (most);
  /* Translators: values with their units; of a chart, for those who do not see it */
  g_autofree char *words = g_strdup_printf (_ ("%s at last, between %s and %s"), now, from, to);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words,
                                  -1);
}

/**
 * sc_line_chart_set_name:
 * @self: the chart
 * @name: what it shows, translated
 * @words: says a value of it
 */
void
sc_line_chart_set_name (ScLineChart *self, const char *name, ScChartWords words)
{
  g_set_str (&self->name, name);
  self->words = words;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  describe (self);
}

/**
 * sc_line_chart_set_limit:
 * @self: the chart
 * @limit: what is allowed, or 0 where nothing limits it
 *
 * It shows as soon as the line comes half as high.
 */
void
sc_line_chart_set_limit (ScLineChart *self, double limit)
{
  self->limit = limit;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * sc_line_chart_set_span:
 * @self: the chart
 * @from: the time at its begin, microseconds since the epoch
 * @to: the time at its end; what is not after @from leaves the span to the points
 *
 * Charts beside each other that have one span show what was at the same time at the same place.
 */
void
sc_line_chart_set_span (ScLineChart *self, gint64 from, gint64 to)
{
  self->from = from;
  self->to = to;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * sc_line_chart_set_points:
 * @self: the chart
 * @points: (array length=n_points): what it shows, the oldest first
 * @n_points: how many
 */
void
sc_line_chart_set_points (ScLineChart *self, const ScChartPoint *points, guint n_points)
{
  g_array_set_size (self->points, 0);
  if (n_points > 0)
    g_array_append_vals (self->points, points, n_points);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * sc_line_chart_dup_words_at:
 * @self: the chart
 * @place: from 0 at its left edge to 1 at its right one
 *
 * Returns: (transfer full) (nullable): when and how much that was, as "20:15 · 3.1 Mb/s", by the
 *   known point that is nearest; %NULL where none is
 */
char *
sc_line_chart_dup_words_at (ScLineChart *self, double place)
{
  const ScChartPoint *nearest = NULL;
  double distance = G_MAXDOUBLE;
  double least = 0, most = 0, newest = 0;
  if (!self->words || !measure_values (self, &least, &most, &newest))
    return NULL;

  Frame frame = make_frame (self, most);
  frame.width = 1;
  for (guint i = 0; i < self->points->len; i++) {
    const ScChartPoint *point = get_point (self, i);
    double away = fabs ((double) get_x (&frame, point->at) - place);
    if (point->value < 0 || away >= distance)
      continue;
    nearest = point;
    distance = away;
  }
  if (!nearest)
    return NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *time = sc_time_of_day_words (nearest->at, zone);
  g_autofree char *value = self->words (nearest->value);
  /* Translators: a time of day and a value with its unit, as "20:15 · 3.1 Mb/s" */
  return g_strdup_printf (_ ("%s · %s"), time, value);
}
