/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One channel on Home: what it shows, how many watch, what it is about, who streams, since when, or
 * when last. A click opens it. */

#include "config.h"

#include "sc-channel-card.h"

#include "sc-avatar.h"
#include "sc-card-menu.h"
#include "sc-live-words.h"
#include "sc-thumbnail.h"
#include "sc-time-words.h"

/* How long one picture of a live stream is shown. Amazon IVS takes one every five seconds; each
 * that is fetched costs everybody a little. */
#define PICTURE_SECONDS 30

struct _ScChannelCard {
  AdwBin parent_instance;

  ScChannel *channel;
  ScPictures *pictures;
  GtkWidget *button;
  ScCardMenu *menu; /* (nullable): what is shown to nobody has none */
  gint64 now;
};

typedef enum {
  PROP_CHANNEL = 1,
  PROP_NOW,
  PROP_PICTURES,
} ScChannelCardProperty;

static GParamSpec *properties[PROP_PICTURES + 1];

G_DEFINE_FINAL_TYPE (ScChannelCard, sc_channel_card, ADW_TYPE_BIN)

static char *
live_words (ScChannelCard *self, gint64 started_at, gint64 now)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  return sc_live_words (started_at, now, zone);
}

static char *
ended_words (ScChannelCard *self, gint64 ended_at, gint64 now)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  return sc_ended_words (ended_at, now, zone);
}

static guint
choose_moment (ScChannelCard *self, gint64 now)
{
  return (guint) (now / (PICTURE_SECONDS * G_USEC_PER_SEC));
}

static gboolean
has_viewers (ScChannelCard *self, gint64 viewers)
{
  return viewers >= 0;
}

static char *
viewers_words (ScChannelCard *self, gint64 viewers)
{
  return sc_viewers_words (viewers);
}

static void
on_clicked (ScChannelCard *self)
{
  if (self->channel)
    gtk_widget_activate_action (GTK_WIDGET (self),
                                "win.open-channel",
                                "s",
                                sc_channel_get_name (self->channel));
}

static void
sc_channel_card_dispose (GObject *object)
{
  ScChannelCard *self = SC_CHANNEL_CARD (object);

  g_clear_object (&self->menu);
  g_clear_object (&self->channel);
  g_clear_object (&self->pictures);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_CHANNEL_CARD);

  G_OBJECT_CLASS (sc_channel_card_parent_class)->dispose (object);
}

static void
sc_channel_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScChannelCard *self = SC_CHANNEL_CARD (object);

  switch ((ScChannelCardProperty) id) {
  case PROP_CHANNEL:
    g_value_set_object (value, self->channel);
    break;
  case PROP_NOW:
    g_value_set_int64 (value, self->now);
    break;
  case PROP_PICTURES:
    g_value_set_object (value, self->pictures);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_channel_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScChannelCard *self = SC_CHANNEL_CARD (object);

  switch ((ScChannelCardProperty) id) {
  case PROP_CHANNEL:
    sc_channel_card_set_channel (self, g_value_get_object (value));
    break;
  case PROP_NOW:
    self->now = g_value_get_int64 (value);
    g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_PICTURES:
    self->pictures = g_value_dup_object (value);
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_channel_card_class_init (ScChannelCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  g_type_ensure (SC_TYPE_AVATAR);
  g_type_ensure (SC_TYPE_CHANNEL);
  g_type_ensure (SC_TYPE_THUMBNAIL);

  object_class->dispose = sc_channel_card_dispose;
  object_class->get_property = sc_channel_card_get_property;
  object_class->set_property = sc_channel_card_set_property;

  properties[PROP_CHANNEL] = g_param_spec_object ("channel", NULL, NULL, SC_TYPE_CHANNEL, flags);
  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_PICTURES] =
    g_param_spec_object ("pictures", NULL, NULL, SC_TYPE_PICTURES, flags | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/channel-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ScChannelCard, button);
  gtk_widget_class_bind_template_callback (widget_class, choose_moment);
  gtk_widget_class_bind_template_callback (widget_class, has_viewers);
  gtk_widget_class_bind_template_callback (widget_class, viewers_words);
  gtk_widget_class_bind_template_callback (widget_class, live_words);
  gtk_widget_class_bind_template_callback (widget_class, ended_words);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
sc_channel_card_init (ScChannelCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_channel_card_new:
 * @pictures: what fetches its picture
 * @session: (nullable): who may follow its channel
 *
 * Returns: (transfer floating): a card that waits for its channel
 */
GtkWidget *
sc_channel_card_new (ScPictures *pictures, ScSession *session)
{
  ScChannelCard *self = g_object_new (SC_TYPE_CHANNEL_CARD,
                                      "accessible-role",
                                      GTK_ACCESSIBLE_ROLE_LIST_ITEM,
                                      "pictures",
                                      pictures,
                                      NULL);
  if (session)
    self->menu = sc_card_menu_new (GTK_WIDGET (self), self->button, session);
  return GTK_WIDGET (self);
}

/**
 * sc_channel_card_set_channel:
 * @self: a card
 * @channel: (nullable): whom it shows
 */
void
sc_channel_card_set_channel (ScChannelCard *self, ScChannel *channel)
{
  if (!g_set_object (&self->channel, channel))
    return;
  if (self->menu)
    sc_card_menu_set_channel (self->menu, channel ? sc_channel_get_name (channel) : NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL]);
}
