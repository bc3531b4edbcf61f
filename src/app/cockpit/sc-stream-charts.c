/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Bitrate, frame rate and viewers of the own stream, from its start or as far back as is kept; of a
 * stream that is over also how lively its chat was. */

#include "config.h"

#include "sc-stream-charts.h"

#include "sc-health.h"
#include "sc-line-chart.h"
#include "sc-live-words.h"
#include "sc-time-words.h"

#include <glib/gi18n.h>

/* What is measured each minute and comes late once has no gap. */
#define GAP_MIN (150 * G_USEC_PER_SEC)

struct _ScStreamCharts {
  AdwPreferencesGroup parent_instance;

  GtkWidget *samples_box;
  ScLineChart *bitrate;
  GtkLabel *bitrate_now;
  ScLineChart *frame_rate;
  GtkLabel *frame_rate_now;
  ScLineChart *viewers;
  GtkLabel *viewers_now;
  GtkWidget *chat_box;
  ScLineChart *chat;
  GtkLabel *chat_most;
  GtkLabel *from;
  GtkLabel *to;
};

G_DEFINE_FINAL_TYPE (ScStreamCharts, sc_stream_charts, ADW_TYPE_PREFERENCES_GROUP)

static char *
say_bitrate (double value)
{
  return sc_measured_bit_rate_words ((gint64) value);
}

static char *
say_viewers (double value)
{
  return sc_viewers_words ((gint64) value);
}

static char *
say_pace (double value)
{
  guint lines = (guint) (value + 0.5);
  return g_strdup_printf (ngettext ("%u message a minute", "%u messages a minute", lines), lines);
}

static double
get_bitrate (const ScStreamSample *sample)
{
  return (double) sample->bitrate;
}

static double
get_frame_rate (const ScStreamSample *sample)
{
  return sample->frame_rate;
}

static double
get_viewers (const ScStreamSample *sample)
{
  return (double) sample->viewers;
}

static void
show_series (ScLineChart *chart,
             GtkLabel *now,
             const GArray *samples,
             ScSampleFigure figure,
             ScChartWords words)
{
  g_autoptr (GArray) points = sc_stream_charts_list_points (samples, figure);
  double newest = -1;
  for (guint i = points->len; i > 0 && newest < 0; i--)
    newest = g_array_index (points, ScChartPoint, i - 1).value;
  sc_line_chart_set_points (chart, (const ScChartPoint *) (void *) points->data, points->len);
  g_autofree char *text = newest >= 0 ? words (newest) : g_strdup (_ ("–"));
  gtk_label_set_text (now, text);
}

static void
show_chat (ScStreamCharts *self, const GArray *chat)
{
  double most = 0;
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (ScChartPoint));
  for (guint i = 0; i < chat->len; i++) {
    const ScChatPace *pace = &g_array_index (chat, ScChatPace, i);
    const ScChartPoint point = { pace->at, pace->lines };
    most = MAX (most, pace->lines);
    g_array_append_val (points, point);
  }
  g_autofree char *text = say_pace (most);
  /* Translators: the most that there was at any time; %s is as "12 messages a minute" */
  g_autofree char *peak = g_strdup_printf (_ ("Peak: %s"), text);
  sc_line_chart_set_points (self->chat, (const ScChartPoint *) (void *) points->data, points->len);
  gtk_label_set_text (self->chat_most, peak);
  gtk_widget_set_visible (self->chat_box, chat->len > 0);
}

/* All charts have the same begin and end: those of whatever is known of the stream. */
static void
find_span (const GArray *samples, const GArray *chat, gint64 *ret_from, gint64 *ret_to)
{
  gint64 from = G_MAXINT64, to = 0;
  if (samples->len > 0) {
    from = g_array_index (samples, ScStreamSample, 0).at;
    to = g_array_index (samples, ScStreamSample, samples->len - 1).at;
  }
  if (chat->len > 0) {
    from = MIN (from, g_array_index (chat, ScChatPace, 0).at);
    to = MAX (to, g_array_index (chat, ScChatPace, chat->len - 1).at);
  }
  *ret_from = from;
  *ret_to = to;
}

static void
show_span (ScStreamCharts *self, const GArray *samples, const GArray *chat)
{
  ScLineChart *const charts[] = { self->bitrate, self->frame_rate, self->viewers, self->chat };
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 first = 0, last = 0;
  find_span (samples, chat, &first, &last);
  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    sc_line_chart_set_span (charts[i], first, last);
  g_autofree char *from = sc_time_of_day_words (first, zone);
  g_autofree char *to = sc_time_of_day_words (last, zone);
  gtk_label_set_text (self->from, from);
  gtk_label_set_text (self->to, to);
}

static void
show_samples (ScStreamCharts *self, const GArray *samples)
{
  gtk_widget_set_visible (self->samples_box, samples->len > 0);
  show_series (self->bitrate, self->bitrate_now, samples, get_bitrate, say_bitrate);
  show_series (self->frame_rate,
               self->frame_rate_now,
               samples,
               get_frame_rate,
               sc_frame_rate_words);
  show_series (self->viewers, self->viewers_now, samples, get_viewers, say_viewers);
}

static void
sc_stream_charts_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SC_TYPE_STREAM_CHARTS);
  G_OBJECT_CLASS (sc_stream_charts_parent_class)->dispose (object);
}

static void
sc_stream_charts_class_init (ScStreamChartsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_LINE_CHART);
  G_OBJECT_CLASS (klass)->dispose = sc_stream_charts_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/stream-charts.ui");
  gtk_widget_class_bind_template_child (widget_class, ScStreamCharts, samples_box);
  gtk_widget_class_bind_template_child (widget_class, ScStreamCharts, bitrate);
  gtk_widget_class_bind_template_child (widget_class, ScStreamCharts, bitrate_now);
  gtk_widget_class_bind_template_child (widget_class, ScStreamCharts, frame_rate);
  gtk_widget_class_bind_template_child (widget_class, ScStreamCharts, frame_rate_now);
  gtk_widget_class_bind_template_child (widget_class, ScStreamCharts, viewers);
  gtk_widget_class_bind_template_child (widget_class, ScStreamCharts, viewers_now);
  gtk_widget_class_bind_template_child (widget_class, ScStreamCharts, chat_box);
  gtk_widget_class_bind_template_child (widget_class, ScStreamCharts, chat);
  gtk_widget_class_bind_template_child (widget_class, ScStreamCharts, chat_most);
  gtk_widget_class_bind_template_child (widget_class, ScStreamCharts, from);
  gtk_widget_class_bind_template_child (widget_class, ScStreamCharts, to);
}

static void
sc_stream_charts_init (ScStreamCharts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sc_line_chart_set_name (self->bitrate, _ ("Bitrate"), say_bitrate);
  sc_line_chart_set_name (self->frame_rate, _ ("Frame Rate"), sc_frame_rate_words);
  sc_line_chart_set_name (self->viewers, _ ("Viewers"), say_viewers);
  sc_line_chart_set_name (self->chat, _ ("Chat"), say_pace);
}

/**
 * sc_stream_charts_list_points:
 * @samples: (element-type ScStreamSample): the oldest first
 * @figure: which of the figures
 *
 * Samples without the figure leave no gap, as each figure has its own pace: there is a gap where it
 * was not known for far longer than samples are apart. All figures have the same begin and end.
 *
 * Returns: (transfer full) (element-type ScChartPoint): the points of a chart. Pure
 */
GArray *
sc_stream_charts_list_points (const GArray *samples, ScSampleFigure figure)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (ScChartPoint));
  if (samples->len == 0)
    return points;
  gint64 begin = g_array_index (samples, ScStreamSample, 0).at;
  gint64 span = g_array_index (samples, ScStreamSample, samples->len - 1).at - begin;
  gint64 gap = MAX (GAP_MIN, 4 * span / samples->len);
  gint64 known_at = begin;
  for (guint i = 0; i < samples->len; i++) {
    const ScStreamSample *sample = &g_array_index (samples, ScStreamSample, i);
    const ScChartPoint point = { sample->at, figure (sample) };
    const ScChartPoint unknown = { known_at, -1 };
    gboolean is_end = i == 0 || i == samples->len - 1;
    if (point.value >= 0 && sample->at - known_at > gap)
      g_array_append_val (points, unknown);
    if (point.value >= 0 || is_end)
      g_array_append_val (points, point);
    known_at = point.value >= 0 ? sample->at : known_at;
  }
  return points;
}

/**
 * sc_stream_charts_show:
 * @self: the charts
 * @status: (nullable): how the own stream goes; the charts are visible if there is anything to show
 * @channel_type: (nullable): of the channel
 *
 * Shows what was measured, and said.
 */
void
sc_stream_charts_show (ScStreamCharts *self, ScStreamStatus *status, const char *channel_type)
{
  const ScStreamStatusFields *fields = status ? sc_stream_status_get_fields (status) : NULL;
  gboolean is_known = fields && (fields->samples->len > 0 || fields->chat->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), is_known);
  if (!is_known)
    return;
  const ScChannelLimits limits = sc_health_get_limits (fields, channel_type);
  sc_line_chart_set_limit (self->bitrate, limits.bitrate);
  sc_line_chart_set_limit (self->frame_rate, limits.frame_rate);
  show_span (self, fields->samples, fields->chat);
  show_samples (self, fields->samples);
  show_chat (self, fields->chat);
}
