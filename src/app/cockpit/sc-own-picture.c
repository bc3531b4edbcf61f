/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The own picture as viewers see it, without its sound: whoever streams hears themselves already.
 * It is there while the channel is live, plays only while it is on screen, and says why it cannot.
 */

#include "config.h"

#include "sc-own-picture.h"

#include "sc-channel-stream.h"
#include "sc-error-words.h"

struct _ScOwnPicture {
  AdwBin parent_instance;

  ScPlayer *player;
  ScChannelStream *stream;
  ScChannel *channel;

  GtkStack *stack;
  ScPlayerView *view;
  GtkImage *error_icon;
  GtkLabel *error_title;
  GtkLabel *error_body;
};

G_DEFINE_FINAL_TYPE (ScOwnPicture, sc_own_picture, ADW_TYPE_BIN)

static void
show (ScOwnPicture *self)
{
  gboolean gave_up = sc_channel_stream_gave_up (self->stream);
  gtk_stack_set_visible_child_name (self->stack, gave_up ? "error" : "picture");
  if (!gave_up)
    return;
  const ScErrorWords words = sc_error_words (sc_player_get_error (self->player));
  gtk_image_set_from_icon_name (self->error_icon, words.icon_name);
  gtk_label_set_text (self->error_title, words.title);
  gtk_label_set_text (self->error_body, words.body);
}

static void
on_player_state (ScOwnPicture *self)
{
  sc_channel_stream_follow_player (self->stream);
  show (self);
}

static void
follow (ScOwnPicture *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    sc_channel_stream_follow (self->stream, self->channel);
  show (self);
}

static void
sc_own_picture_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sc_own_picture_parent_class)->map (widget);
  follow (SC_OWN_PICTURE (widget));
}

static void
sc_own_picture_unmap (GtkWidget *widget)
{
  ScOwnPicture *self = SC_OWN_PICTURE (widget);
  sc_channel_stream_close (self->stream);
  GTK_WIDGET_CLASS (sc_own_picture_parent_class)->unmap (widget);
}

static void
sc_own_picture_dispose (GObject *object)
{
  ScOwnPicture *self = SC_OWN_PICTURE (object);

  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_OWN_PICTURE);
  g_clear_pointer (&self->stream, sc_channel_stream_free);
  g_clear_object (&self->player);
  g_clear_object (&self->channel);

  G_OBJECT_CLASS (sc_own_picture_parent_class)->dispose (object);
}

static void
sc_own_picture_class_init (ScOwnPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_PLAYER_VIEW);
  G_OBJECT_CLASS (klass)->dispose = sc_own_picture_dispose;
  widget_class->map = sc_own_picture_map;
  widget_class->unmap = sc_own_picture_unmap;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/own-picture.ui");
  gtk_widget_class_bind_template_child (widget_class, ScOwnPicture, stack);
  gtk_widget_class_bind_template_child (widget_class, ScOwnPicture, view);
  gtk_widget_class_bind_template_child (widget_class, ScOwnPicture, error_icon);
  gtk_widget_class_bind_template_child (widget_class, ScOwnPicture, error_title);
  gtk_widget_class_bind_template_child (widget_class, ScOwnPicture, error_body);
  gtk_widget_class_bind_template_callback (widget_class, sc_own_picture_reload);
}

static void
sc_own_picture_init (ScOwnPicture *self)
{
  self->player = sc_player_new (sc_player_sinks_for_gtk (/* with_gl= */ FALSE));
  self->stream = sc_channel_stream_new (self->player, GTK_WIDGET (self));
  sc_player_set_muted (self->player, TRUE);
  gtk_widget_init_template (GTK_WIDGET (self));
  sc_player_view_set_player (self->view, self->player);
  g_signal_connect_object (self->player,
                           "notify::state",
                           G_CALLBACK (on_player_state),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * sc_own_picture_get_view:
 * @self: the picture
 *
 * Returns: (transfer none): what shows it
 */
ScPlayerView *
sc_own_picture_get_view (ScOwnPicture *self)
{
  return self->view;
}

/**
 * sc_own_picture_follow:
 * @self: the picture
 * @channel: (nullable): the own channel as it is now
 *
 * Shows what the channel has on air; without a stream there is nothing to see.
 */
void
sc_own_picture_follow (ScOwnPicture *self, ScChannel *channel)
{
  g_set_object (&self->channel, channel);
  if (channel)
    sc_player_view_set_name (self->view, sc_channel_get_name (channel));
  gtk_widget_set_visible (GTK_WIDGET (self), channel && sc_channel_get_live (channel));
  follow (self);
}

/**
 * sc_own_picture_set_starving:
 * @self: the picture
 * @starving: whether too little of it arrives at the server
 *
 * Says so over a picture that stands.
 */
void
sc_own_picture_set_starving (ScOwnPicture *self, gboolean starving)
{
  sc_player_view_set_starving (self->view, starving);
}

/**
 * sc_own_picture_reload:
 * @self: the picture
 *
 * Opens it once more, also where that had no more use.
 */
void
sc_own_picture_reload (ScOwnPicture *self)
{
  sc_channel_stream_close (self->stream);
  follow (self);
}
