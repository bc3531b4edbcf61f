/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Figures of a live stream, over its picture, while they are asked for. Two columns, so that they
 * fit a picture of 340 pixels, and figures that do not move when they change.
 */

#include "config.h"

#include "sc-statistics-overlay.h"

#include "sc-live-words.h"

#include <glib/gi18n.h>

/* A figure that changes more often than that cannot be read. */
#define REFRESH_MS 500

#define COLUMN_SPACING 9

/* What a figure may take: "100.00 s", and the name of most decoders. */
#define FIGURE_CHARS 8
#define NAME_CHARS 11

typedef char *(*Format) (ScPlayer *player, const ScLiveStatistics *statistics);

static char *
format_latency (ScPlayer *player, const ScLiveStatistics *statistics)
{
  return sc_seconds_words (statistics->latency);
}

static char *
format_target (ScPlayer *player, const ScLiveStatistics *statistics)
{
  return sc_seconds_words (statistics->target);
}

static char *
format_buffer (ScPlayer *player, const ScLiveStatistics *statistics)
{
  return sc_seconds_words (statistics->buffer);
}

static char *
format_speed (ScPlayer *player, const ScLiveStatistics *statistics)
{
  /* Translators: how fast it plays, as a factor */
  return g_strdup_printf (_ ("%.2f×"), statistics->rate);
}

static char *
format_stalls (ScPlayer *player, const ScLiveStatistics *statistics)
{
  return g_strdup_printf ("%u", statistics->stalls);
}

static char *
format_dropped (ScPlayer *player, const ScLiveStatistics *statistics)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, statistics->dropped);
}

static char *
format_quality (ScPlayer *player, const ScLiveStatistics *statistics)
{
  return g_strdup (statistics->quality ? statistics->quality : _ ("–"));
}

static char *
format_picture (ScPlayer *player, const ScLiveStatistics *statistics)
{
  return sc_size_words ((guint) sc_player_get_width (player),
                        (guint) sc_player_get_height (player));
}

static char *
format_frame_rate (ScPlayer *player, const ScLiveStatistics *statistics)
{
  return sc_frame_rate_words (statistics->frame_rate);
}

static char *
format_bit_rate (ScPlayer *player, const ScLiveStatistics *statistics)
{
  return sc_bit_rate_words (statistics->bitrate);
}

static char *
format_network (ScPlayer *player, const ScLiveStatistics *statistics)
{
  return sc_bit_rate_words (statistics->bandwidth);
}

static char *
format_decoder (ScPlayer *player, const ScLiveStatistics *statistics)
{
  return g_strdup (statistics->decoder ? statistics->decoder : _ ("–"));
}

/* The left column, then the right one. */
static const struct {
  const char *title;
  Format format;
} rows[] = {
  /* Translators: how long ago what is seen reached the server */
  { N_ ("Latency"), format_latency },
  /* Translators: the latency that is aimed at */
  { N_ ("Target"), format_target },
  /* Translators: seconds that are there and not shown yet */
  { N_ ("Buffer"), format_buffer },
  /* Translators: how fast it plays, 1 at rest */
  { N_ ("Speed"), format_speed },
  /* Translators: how often the picture stood */
  { N_ ("Stalls"), format_stalls },
  /* Translators: pictures that came too late to be shown */
  { N_ ("Dropped"), format_dropped },
  { N_ ("Quality"), format_quality },
  /* Translators: the size of the picture */
  { N_ ("Picture"), format_picture },
  /* Translators: pictures a second */
  { N_ ("Frames"), format_frame_rate },
  { N_ ("Bit Rate"), format_bit_rate },
  /* Translators: what the network carries, bits a second */
  { N_ ("Network"), format_network },
  { N_ ("Decoder"), format_decoder },
};

#define ROWS (G_N_ELEMENTS (rows) / 2)

struct _ScStatisticsOverlay {
  AdwBin parent_instance;

  ScPlayer *player;
  GtkLabel *figures[G_N_ELEMENTS (rows)];
  guint refresh_source;
};

typedef enum {
  PROP_PLAYER = 1,
} ScStatisticsOverlayProperty;

static GParamSpec *properties[PROP_PLAYER + 1];

G_DEFINE_FINAL_TYPE (ScStatisticsOverlay, sc_statistics_overlay, ADW_TYPE_BIN)

/* A screen reader hears title and figure as one. */
static void
show_figure (ScStatisticsOverlay *self, guint row, const ScLiveStatistics *statistics)
{
  g_autofree char *words = rows[row].format (self->player, statistics);
  /* Translators: a title and its figure, as "Latency: 0.41 s" */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), _ (rows[row].title), words);
  gtk_label_set_label (self->figures[row], words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->figures[row]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  -1);
}

static void
refresh (ScStatisticsOverlay *self)
{
  g_auto (ScLiveStatistics) statistics = { 0 };
  if (!self->player)
    return;
  sc_player_live_get_statistics (sc_player_get_live (self->player), &statistics);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    show_figure (self, i, &statistics);
}

static gboolean
on_refresh (gpointer user_data)
{
  refresh (user_data);
  return G_SOURCE_CONTINUE;
}

static void
sc_statistics_overlay_map (GtkWidget *widget)
{
  ScStatisticsOverlay *self = SC_STATISTICS_OVERLAY (widget);
  refresh (self);
  self->refresh_source = g_timeout_add (REFRESH_MS, on_refresh, self);
  GTK_WIDGET_CLASS (sc_statistics_overlay_parent_class)->map (widget);
}

static void
sc_statistics_overlay_unmap (GtkWidget *widget)
{
  ScStatisticsOverlay *self = SC_STATISTICS_OVERLAY (widget);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  GTK_WIDGET_CLASS (sc_statistics_overlay_parent_class)->unmap (widget);
}

static void
set_player (ScStatisticsOverlay *self, ScPlayer *player)
{
  if (g_set_object (&self->player, player))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYER]);
}

static void
sc_statistics_overlay_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScStatisticsOverlay *self = SC_STATISTICS_OVERLAY (object);

  switch ((ScStatisticsOverlayProperty) id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_statistics_overlay_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  ScStatisticsOverlay *self = SC_STATISTICS_OVERLAY (object);

  switch ((ScStatisticsOverlayProperty) id) {
  case PROP_PLAYER:
    set_player (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_statistics_overlay_dispose (GObject *object)
{
  ScStatisticsOverlay *self = SC_STATISTICS_OVERLAY (object);

  set_player (self, NULL);

  G_OBJECT_CLASS (sc_statistics_overlay_parent_class)->dispose (object);
}

static void
sc_statistics_overlay_class_init (ScStatisticsOverlayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  g_type_ensure (SC_TYPE_PLAYER);

  object_class->dispose = sc_statistics_overlay_dispose;
  object_class->get_property = sc_statistics_overlay_get_property;
  object_class->set_property = sc_statistics_overlay_set_property;
  widget_class->map = sc_statistics_overlay_map;
  widget_class->unmap = sc_statistics_overlay_unmap;

  properties[PROP_PLAYER] = g_param_spec_object ("player", NULL, NULL, SC_TYPE_PLAYER, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static GtkLabel *
add_label (GtkGrid *grid, const char *text, guint column, guint row)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "caption");
  gtk_grid_attach (grid, label, (int) column, (int) row, 1, 1);
  return GTK_LABEL (label);
}

static void
add_row (ScStatisticsOverlay *self, GtkGrid *grid, guint row)
{
  guint column = row / ROWS * 2;
  GtkLabel *title = add_label (grid, _ (rows[row].title), column, row % ROWS);
  gtk_label_set_xalign (title, 0.0);
  gtk_widget_set_margin_start (GTK_WIDGET (title), column ? COLUMN_SPACING : 0);
  gtk_widget_add_css_class (GTK_WIDGET (title), "dimmed");
  gtk_accessible_update_state (GTK_ACCESSIBLE (title), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);

  GtkLabel *figure = add_label (grid, "", column + 1, row % ROWS);
  gtk_label_set_xalign (figure, 1.0);
  gtk_label_set_width_chars (figure, column ? NAME_CHARS : FIGURE_CHARS);
  gtk_label_set_max_width_chars (figure, column ? NAME_CHARS : FIGURE_CHARS);
  gtk_label_set_ellipsize (figure, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (figure), "numeric");
  self->figures[row] = figure;
}

static void
sc_statistics_overlay_init (ScStatisticsOverlay *self)
{
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (grid), COLUMN_SPACING);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    add_row (self, GTK_GRID (grid), i);
  adw_bin_set_child (ADW_BIN (self), grid);
  gtk_widget_add_css_class (GTK_WIDGET (self), "statistics");
}
