/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Follows a channel, or no more. Who is signed out is asked to sign in, and there is none for one's
 * own channel. In a room where only followers write, the change is told to the room, and what the
 * room knows better is asked for. */

#include "config.h"

#include "sc-follow-button.h"

#include "sc-bell-button.h"
#include "sc-chat-room.h"
#include "sc-follow-words.h"
#include "sc-following.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScFollowButton {
  AdwBin parent_instance;

  ScSession *session;
  char *channel;
  ScChatRoom *room;
  gboolean narrow;
  ScFollowing *following;
  GtkToggleButton *button;
  ScBellButton *bell;
  GtkImage *image;
  GtkWidget *label;
  GtkWidget *count_label;
};

typedef enum {
  PROP_SESSION = 1,
  PROP_CHANNEL,
  PROP_ROOM,
  PROP_NARROW,
} ScFollowButtonProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (ScFollowButton, sc_follow_button, ADW_TYPE_BIN)

static void
update (ScFollowButton *self)
{
  gboolean on = self->following && sc_following_get_following (self->following);
  gint64 followers = self->following ? sc_following_get_followers (self->following) : -1;
  g_autofree char *hint = sc_follow_hint (on, followers);
  g_autofree char *count = sc_follow_count (followers);
  if (!self->button)
    return; /* disposed of */
  gtk_toggle_button_set_active (self->button, on);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button),
                            self->following && sc_following_get_ready (self->following));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), hint);
  /* The theme's own outline is as pale as if it could not be pressed. */
  gtk_image_set_from_icon_name (self->image, on ? "starred-symbolic" : "star-outline-symbolic");
  gtk_label_set_label (GTK_LABEL (self->label), sc_follow_words (on));
  gtk_widget_set_visible (self->label, !self->narrow);
  gtk_label_set_label (GTK_LABEL (self->count_label), count);
  gtk_widget_set_visible (self->count_label, !self->narrow && *count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sc_follow_words (on),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  hint,
                                  -1);
  sc_bell_button_show (self->bell, self->following);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->following && !sc_following_get_own (self->following));
}

static void
on_settled (ScFollowButton *self)
{
  update (self);
  const ScChatModes *modes = self->room ? sc_chat_room_get_modes (self->room) : NULL;
  if (modes && modes->followers_only)
    sc_chat_room_renew (self->room);
}

static void
on_failed (ScFollowButton *self, gboolean wanted, const GError *error)
{
  sc_toast_error (GTK_WIDGET (self), sc_follow_failed_words (wanted), error);
}

static void
on_bell_failed (ScFollowButton *self, gboolean wanted, const GError *error)
{
  sc_toast_error (GTK_WIDGET (self),
                  wanted ? _ ("You are not told yet when this channel goes live.")
                         : _ ("You are still told when this channel goes live."),
                  error);
}

static void
on_toggled (ScFollowButton *self)
{
  gboolean wanted = gtk_toggle_button_get_active (self->button);
  if (!self->following || wanted == sc_following_get_following (self->following))
    return;
  if (sc_session_get_signed_in (self->session)) {
    sc_following_set (self->following, wanted);
    return;
  }
  gtk_toggle_button_set_active (self->button, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in", NULL);
}

/* The chat has a way of its own to follow. */
static void
on_room_follows (ScFollowButton *self)
{
  if (self->following && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      sc_chat_room_get_follows (self->room) != sc_following_get_following (self->following))
    sc_following_ask (self->following);
}

static void
watch (ScFollowButton *self)
{
  if (!self->session || !self->channel || self->following)
    return;
  self->following = sc_following_new (self->session, self->channel);
  g_signal_connect_object (self->following,
                           "changed",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->following,
                           "settled",
                           G_CALLBACK (on_settled),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->following,
                           "failed",
                           G_CALLBACK (on_failed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->following,
                           "bell-failed",
                           G_CALLBACK (on_bell_failed),
                           self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
set_room (ScFollowButton *self, ScChatRoom *room)
{
  if (self->room)
    g_signal_handlers_disconnect_by_data (self->room, self);
  g_set_object (&self->room, room);
  if (room)
    g_signal_connect_object (room,
                             "notify::follows",
                             G_CALLBACK (on_room_follows),
                             self,
                             G_CONNECT_SWAPPED);
}

static void
toggle (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkToggleButton *button = SC_FOLLOW_BUTTON (user_data)->button;
  if (gtk_widget_get_mapped (GTK_WIDGET (button)) && gtk_widget_is_sensitive (GTK_WIDGET (button)))
    gtk_toggle_button_set_active (button, !gtk_toggle_button_get_active (button));
}

/* The key is the page's, wherever in it the focus is. */
static void
sc_follow_button_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sc_follow_button_parent_class)->root (widget);
  GtkWidget *page = gtk_widget_get_ancestor (widget, ADW_TYPE_NAVIGATION_PAGE);
  if (!page)
    return;
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("toggle", NULL);
  g_signal_connect_object (action, "activate", G_CALLBACK (toggle), widget, G_CONNECT_DEFAULT);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (page, "follow", G_ACTION_GROUP (group));
}

static void
sc_follow_button_map (GtkWidget *widget)
{
  ScFollowButton *self = SC_FOLLOW_BUTTON (widget);
  GTK_WIDGET_CLASS (sc_follow_button_parent_class)->map (widget);
  if (self->following)
    sc_following_ask (self->following);
}

static void
sc_follow_button_dispose (GObject *object)
{
  ScFollowButton *self = SC_FOLLOW_BUTTON (object);

  set_room (self, NULL);
  g_clear_object (&self->following);
  g_clear_object (&self->session);
  g_clear_pointer (&self->channel, g_free);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_FOLLOW_BUTTON);

  G_OBJECT_CLASS (sc_follow_button_parent_class)->dispose (object);
}

static void
sc_follow_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScFollowButton *self = SC_FOLLOW_BUTTON (object);

  switch ((ScFollowButtonProperty) id) {
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  case PROP_CHANNEL:
    g_value_set_string (value, self->channel);
    break;
  case PROP_ROOM:
    g_value_set_object (value, self->room);
    break;
  case PROP_NARROW:
    g_value_set_boolean (value, self->narrow);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_follow_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScFollowButton *self = SC_FOLLOW_BUTTON (object);

  switch ((ScFollowButtonProperty) id) {
  case PROP_SESSION:
    g_set_object (&self->session, g_value_get_object (value));
    watch (self);
    break;
  case PROP_CHANNEL:
    g_set_str (&self->channel, g_value_get_string (value));
    watch (self);
    break;
  case PROP_ROOM:
    set_room (self, g_value_get_object (value));
    break;
  case PROP_NARROW:
    self->narrow = g_value_get_boolean (value);
    update (self);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_follow_button_class_init (ScFollowButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  g_type_ensure (SC_TYPE_BELL_BUTTON);

  object_class->dispose = sc_follow_button_dispose;
  object_class->get_property = sc_follow_button_get_property;
  object_class->set_property = sc_follow_button_set_property;
  widget_class->root = sc_follow_button_root;
  widget_class->map = sc_follow_button_map;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, SC_TYPE_SESSION, flags);
  properties[PROP_CHANNEL] = g_param_spec_string ("channel", NULL, NULL, NULL, flags);
  properties[PROP_ROOM] = g_param_spec_object ("room", NULL, NULL, SC_TYPE_CHAT_ROOM, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/follow-button.ui");
  gtk_widget_class_bind_template_child (widget_class, ScFollowButton, button);
  gtk_widget_class_bind_template_child (widget_class, ScFollowButton, bell);
  gtk_widget_class_bind_template_child (widget_class, ScFollowButton, image);
  gtk_widget_class_bind_template_child (widget_class, ScFollowButton, label);
  gtk_widget_class_bind_template_child (widget_class, ScFollowButton, count_label);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
}

static void
sc_follow_button_init (ScFollowButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * sc_follow_button_add_key:
 * @page_class: the class of a page with such a button
 *
 * Gives the page the key that the button has.
 */
void
sc_follow_button_add_key (GtkWidgetClass *page_class)
{
  gtk_widget_class_add_binding_action (page_class,
                                       GDK_KEY_d,
                                       GDK_CONTROL_MASK,
                                       "follow.toggle",
                                       NULL);
}
