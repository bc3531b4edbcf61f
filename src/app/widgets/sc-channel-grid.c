/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Channels as cards under a heading, those that are live before the others; nothing at all where
 * there are none. */

#include "config.h"

#include "sc-channel-grid.h"

#include "sc-card-flow.h"
#include "sc-channel-card.h"

/* Cards of one height: a flow has no others. */
typedef struct {
  ScCardFlow *cards;
  GtkFilter *filter;
  GtkFilterListModel *channels;
} Part;

struct _ScChannelGrid {
  AdwBin parent_instance;

  GListModel *channels;
  ScPictures *pictures;
  ScSession *session; /* (nullable) */
  Part live;          /* whose cards have a picture */
  Part others;        /* whose cards are less high */
  char *heading;
  gint64 now;
};

typedef enum {
  PROP_HEADING = 1,
  PROP_LABEL,
  PROP_NOW,
} ScChannelGridProperty;

static GParamSpec *properties[PROP_NOW + 1];

G_DEFINE_FINAL_TYPE (ScChannelGrid, sc_channel_grid, ADW_TYPE_BIN)

static gboolean
has_text (ScChannelGrid *self, const char *text)
{
  return text && *text;
}

/* A channel of which other news has come may belong to the other part. */
static void
sort_out (Part *part)
{
  gtk_filter_changed (part->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_widget_set_visible (GTK_WIDGET (part->cards),
                          g_list_model_get_n_items (G_LIST_MODEL (part->channels)) > 0);
}

static void
set_now (ScChannelGrid *self, gint64 now)
{
  self->now = now;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOW]);
  sort_out (&self->live);
  sort_out (&self->others);
}

static void
on_changed (ScChannelGrid *self)
{
  set_now (self, g_get_real_time ());
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->channels && g_list_model_get_n_items (self->channels) > 0);
}

static GtkWidget *
make_card (gpointer owner)
{
  ScChannelGrid *self = owner;
  GtkWidget *card = sc_channel_card_new (self->pictures, self->session);
  g_object_bind_property (self, "now", card, "now", G_BINDING_SYNC_CREATE);
  return card;
}

static void
show_channel (GtkWidget *card, gpointer channel, gpointer owner)
{
  sc_channel_card_set_channel (SC_CHANNEL_CARD (card), channel);
}

static const ScCardKind of_channels = { .make = make_card, .show = show_channel };

static void
open_part (ScChannelGrid *self, Part *part, gboolean is_live)
{
  GtkExpression *live = gtk_property_expression_new (SC_TYPE_CHANNEL, NULL, "live");
  part->filter = GTK_FILTER (gtk_bool_filter_new (live));
  gtk_bool_filter_set_invert (GTK_BOOL_FILTER (part->filter), !is_live);
  part->channels = gtk_filter_list_model_new (NULL, g_object_ref (part->filter));
  sc_card_flow_set_model (part->cards, G_LIST_MODEL (part->channels), &of_channels, self);
}

static void
close_part (ScChannelGrid *self, Part *part)
{
  if (part->cards)
    sc_card_flow_set_model (part->cards, NULL, &of_channels, self);
  g_clear_object (&part->channels);
  g_clear_object (&part->filter);
}

static void
name_part (Part *part, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (part->cards),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  -1);
}

static void
sc_channel_grid_dispose (GObject *object)
{
  ScChannelGrid *self = SC_CHANNEL_GRID (object);

  close_part (self, &self->live);
  close_part (self, &self->others);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_CHANNEL_GRID);
  g_clear_object (&self->channels);
  g_clear_object (&self->pictures);
  g_clear_object (&self->session);
  g_clear_pointer (&self->heading, g_free);

  G_OBJECT_CLASS (sc_channel_grid_parent_class)->dispose (object);
}

static void
sc_channel_grid_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScChannelGrid *self = SC_CHANNEL_GRID (object);

  switch ((ScChannelGridProperty) id) {
  case PROP_HEADING:
    g_value_set_string (value, self->heading);
    break;
  case PROP_NOW:
    g_value_set_int64 (value, self->now);
    break;
  case PROP_LABEL: /* write only */
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_channel_grid_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScChannelGrid *self = SC_CHANNEL_GRID (object);

  switch ((ScChannelGridProperty) id) {
  case PROP_HEADING:
    if (g_set_str (&self->heading, g_value_get_string (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_LABEL:
    name_part (&self->live, g_value_get_string (value));
    name_part (&self->others, g_value_get_string (value));
    break;
  case PROP_NOW:
    set_now (self, g_value_get_int64 (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_channel_grid_class_init (ScChannelGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sc_channel_grid_dispose;
  object_class->get_property = sc_channel_grid_get_property;
  object_class->set_property = sc_channel_grid_set_property;

  properties[PROP_HEADING] = g_param_spec_string ("heading", NULL, NULL, NULL, flags);
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (SC_TYPE_CARD_FLOW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/channel-grid.ui");
  gtk_widget_class_bind_template_child_full (widget_class,
                                             "live",
                                             FALSE,
                                             G_STRUCT_OFFSET (ScChannelGrid, live.cards));
  gtk_widget_class_bind_template_child_full (widget_class,
                                             "others",
                                             FALSE,
                                             G_STRUCT_OFFSET (ScChannelGrid, others.cards));
  gtk_widget_class_bind_template_callback (widget_class, has_text);
}

static void
sc_channel_grid_init (ScChannelGrid *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  open_part (self, &self->live, TRUE);
  open_part (self, &self->others, FALSE);
}

/**
 * sc_channel_grid_set_session:
 * @self: a grid that shows nothing yet
 * @session: who may follow its channels by a menu of each card
 */
void
sc_channel_grid_set_session (ScChannelGrid *self, ScSession *session)
{
  g_set_object (&self->session, session);
}

/**
 * sc_channel_grid_set_channels:
 * @self: a grid
 * @channels: (nullable): the #ScChannel that it shows from now on
 * @pictures: what fetches their pictures
 *
 * Says what it shows.
 */
void
sc_channel_grid_set_channels (ScChannelGrid *self, GListModel *channels, ScPictures *pictures)
{
  if (self->channels)
    g_signal_handlers_disconnect_by_data (self->channels, self);
  g_set_object (&self->channels, channels);
  g_set_object (&self->pictures, pictures);
  gtk_filter_list_model_set_model (self->live.channels, channels);
  gtk_filter_list_model_set_model (self->others.channels, channels);
  if (channels)
    g_signal_connect_object (channels,
                             "items-changed",
                             G_CALLBACK (on_changed),
                             self,
                             G_CONNECT_SWAPPED);
  on_changed (self);
}
