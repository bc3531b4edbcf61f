/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The picture of a player and the controls over it.
 *
 * The picture lies in a GtkGraphicsOffload, so that a compositor can take it without a copy: while
 * nobody moves, nothing is drawn over it. The controls come with the pointer, a touch or a key, and
 * go a moment later; they stay while they are in use and while the picture stands still.
 */

#include "config.h"

#include "sc-player-view.h"

#include "sc-left-to-right.h"
#include "sc-live-notes.h"
#include "sc-menu.h"
#include "sc-player-actions.h"
#include "sc-player-closures.h"
#include "sc-quality-button.h"
#include "sc-seek-bar.h"
#include "sc-speed-button.h"
#include "sc-statistics-overlay.h"

#include <glib/gi18n.h>

/* Long enough to aim at a button, short enough not to be in the way. */
#define CONTROLS_SECONDS 3

/* Touchpads and virtual machines report motion where there is none. */
#define MOTION_PIXELS 2

struct _ScPlayerView {
  GtkWidget parent_instance;

  ScPlayer *player;
  GtkPicture *picture;
  GtkWidget *overlay;
  GtkRevealer *controls;
  GtkAdjustment *volume;
  ScLiveNotes *notes;
  ScQualityButton *quality_button;
  ScSeekBar *seek_bar;
  ScSpeedButton *speed_button;
  GtkWidget *layout_button;
  GtkWidget *statistics;
  GBinding *volume_binding;
  char *name;
  GtkWindow *window;
  guint hide_source;
  double pointer_x;
  double pointer_y;
};

typedef enum {
  PROP_PLAYER = 1,
  PROP_NAME,
  PROP_FULLSCREENED,
  PROP_SHOW_STATISTICS,
} ScPlayerViewProperty;

static GParamSpec *properties[PROP_SHOW_STATISTICS + 1];

G_DEFINE_FINAL_TYPE (ScPlayerView, sc_player_view, GTK_TYPE_WIDGET)

/* Controls that come and go. */

static gboolean
is_controls_in_use (ScPlayerView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  GtkWidget *controls = GTK_WIDGET (self->controls);
  return (focus && gtk_widget_is_ancestor (focus, controls)) ||
         (gtk_widget_get_state_flags (controls) & GTK_STATE_FLAG_PRELIGHT) != 0 ||
         sc_quality_button_is_open (self->quality_button) ||
         sc_speed_button_is_open (self->speed_button) ||
         (self->player && (sc_player_get_paused (self->player) ||
                           sc_player_get_state (self->player) == SC_PLAYER_ENDED));
}

static void
set_controls (ScPlayerView *self, gboolean shown)
{
  gtk_revealer_set_reveal_child (self->controls, shown);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), shown ? NULL : "none");
}

static gboolean
on_hide_controls (gpointer user_data)
{
  ScPlayerView *self = user_data;
  if (is_controls_in_use (self))
    return G_SOURCE_CONTINUE;
  self->hide_source = 0;
  set_controls (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
show_controls (ScPlayerView *self)
{
  g_clear_handle_id (&self->hide_source, g_source_remove);
  set_controls (self, TRUE);
  self->hide_source = g_timeout_add_seconds (CONTROLS_SECONDS, on_hide_controls, self);
}

static void
on_motion (ScPlayerView *self, double x, double y)
{
  if (ABS (x - self->pointer_x) < MOTION_PIXELS && ABS (y - self->pointer_y) < MOTION_PIXELS)
    return;
  self->pointer_x = x;
  self->pointer_y = y;
  show_controls (self);
}

static void
on_pressed (ScPlayerView *self, int n_press)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  show_controls (self);
  if (n_press == 2)
    gtk_widget_activate_action (GTK_WIDGET (self), "player.toggle-fullscreen", NULL);
}

/* Actions. */

static void
toggle_pause (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_player_actions_play_or_pause (SC_PLAYER_VIEW (widget)->player);
  show_controls (SC_PLAYER_VIEW (widget));
}

static void
toggle_mute (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_player_actions_mute_or_not (SC_PLAYER_VIEW (widget)->player);
  show_controls (SC_PLAYER_VIEW (widget));
}

static void
make_louder (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_player_actions_step_volume (SC_PLAYER_VIEW (widget)->player, 1);
  show_controls (SC_PLAYER_VIEW (widget));
}

static void
make_quieter (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_player_actions_step_volume (SC_PLAYER_VIEW (widget)->player, -1);
  show_controls (SC_PLAYER_VIEW (widget));
}

static void
toggle_fullscreen (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScPlayerView *self = SC_PLAYER_VIEW (widget);
  sc_player_view_set_fullscreened (self, !sc_player_view_get_fullscreened (self));
}

static void
return_to_live (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_player_actions_return_to_live (SC_PLAYER_VIEW (widget)->player);
}

static void
choose_quality (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScPlayerView *self = SC_PLAYER_VIEW (widget);
  show_controls (self);
  sc_quality_button_open (self->quality_button);
}

static void
set_show_statistics (ScPlayerView *self, gboolean shown)
{
  if (gtk_widget_get_visible (self->statistics) == shown)
    return;
  gtk_widget_set_visible (self->statistics, shown);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_STATISTICS]);
}

/* The player and the window. */

/* What a recording's end leaves is a choice: it is shown. */
static void
on_player_state (ScPlayerView *self)
{
  if (sc_player_get_state (self->player) == SC_PLAYER_ENDED)
    show_controls (self);
}

static void
on_paintable_changed (ScPlayerView *self)
{
  GObject *paintable = sc_player_get_paintable (self->player);
  gtk_picture_set_paintable (self->picture, paintable ? GDK_PAINTABLE (paintable) : NULL);
}

static void
follow_player (ScPlayerView *self)
{
  self->volume_binding = g_object_bind_property (self->player,
                                                 "volume",
                                                 self->volume,
                                                 "value",
                                                 G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->player,
                           "notify::paintable",
                           G_CALLBACK (on_paintable_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player,
                           "notify::state",
                           G_CALLBACK (on_player_state),
                           self,
                           G_CONNECT_SWAPPED);
  on_paintable_changed (self);
}

static void
on_fullscreened_changed (ScPlayerView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FULLSCREENED]);
}

/* Who comes by the keyboard finds the controls. */
static gboolean
sc_player_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  show_controls (SC_PLAYER_VIEW (widget));
  return GTK_WIDGET_CLASS (sc_player_view_parent_class)->focus (widget, direction);
}

static void
sc_player_view_root (GtkWidget *widget)
{
  ScPlayerView *self = SC_PLAYER_VIEW (widget);
  GTK_WIDGET_CLASS (sc_player_view_parent_class)->root (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  if (!GTK_IS_WINDOW (root))
    return;
  self->window = GTK_WINDOW (root);
  g_signal_connect_object (self->window,
                           "notify::fullscreened",
                           G_CALLBACK (on_fullscreened_changed),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
sc_player_view_unroot (GtkWidget *widget)
{
  ScPlayerView *self = SC_PLAYER_VIEW (widget);
  if (self->window)
    g_signal_handlers_disconnect_by_data (self->window, self);
  self->window = NULL;
  GTK_WIDGET_CLASS (sc_player_view_parent_class)->unroot (widget);
}

static void
sc_player_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sc_player_view_parent_class)->map (widget);
  show_controls (SC_PLAYER_VIEW (widget));
}

static void
sc_player_view_unmap (GtkWidget *widget)
{
  ScPlayerView *self = SC_PLAYER_VIEW (widget);
  g_clear_handle_id (&self->hide_source, g_source_remove);
  sc_player_view_set_fullscreened (self, FALSE);
  GTK_WIDGET_CLASS (sc_player_view_parent_class)->unmap (widget);
}

static void
sc_player_view_dispose (GObject *object)
{
  ScPlayerView *self = SC_PLAYER_VIEW (object);

  g_clear_handle_id (&self->hide_source, g_source_remove);
  sc_player_view_set_player (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_PLAYER_VIEW);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (sc_player_view_parent_class)->dispose (object);
}

static void
sc_player_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScPlayerView *self = SC_PLAYER_VIEW (object);

  switch ((ScPlayerViewProperty) id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_FULLSCREENED:
    g_value_set_boolean (value, sc_player_view_get_fullscreened (self));
    break;
  case PROP_SHOW_STATISTICS:
    g_value_set_boolean (value, self->statistics && gtk_widget_get_visible (self->statistics));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_player_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScPlayerView *self = SC_PLAYER_VIEW (object);

  switch ((ScPlayerViewProperty) id) {
  case PROP_PLAYER:
    sc_player_view_set_player (self, g_value_get_object (value));
    break;
  case PROP_NAME:
    sc_player_view_set_name (self, g_value_get_string (value));
    break;
  case PROP_FULLSCREENED:
    sc_player_view_set_fullscreened (self, g_value_get_boolean (value));
    break;
  case PROP_SHOW_STATISTICS:
    set_show_statistics (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "player.toggle-pause", NULL, toggle_pause);
  gtk_widget_class_install_action (widget_class, "player.toggle-mute", NULL, toggle_mute);
  gtk_widget_class_install_action (widget_class, "player.louder", NULL, make_louder);
  gtk_widget_class_install_action (widget_class, "player.quieter", NULL, make_quieter);
  gtk_widget_class_install_action (widget_class, "player.return-to-live", NULL, return_to_live);
  gtk_widget_class_install_action (widget_class, "player.choose-quality", NULL, choose_quality);
  gtk_widget_class_install_property_action (widget_class,
                                            "player.show-statistics",
                                            "show-statistics");
  gtk_widget_class_install_action (widget_class,
                                   "player.toggle-fullscreen",
                                   NULL,
                                   toggle_fullscreen);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/player-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ScPlayerView, picture);
  gtk_widget_class_bind_template_child (widget_class, ScPlayerView, overlay);
  gtk_widget_class_bind_template_child (widget_class, ScPlayerView, controls);
  gtk_widget_class_bind_template_child (widget_class, ScPlayerView, volume);
  gtk_widget_class_bind_template_child (widget_class, ScPlayerView, quality_button);
  gtk_widget_class_bind_template_child (widget_class, ScPlayerView, seek_bar);
  gtk_widget_class_bind_template_child (widget_class, ScPlayerView, speed_button);
  gtk_widget_class_bind_template_child (widget_class, ScPlayerView, layout_button);
  gtk_widget_class_bind_template_child (widget_class, ScPlayerView, notes);
  gtk_widget_class_bind_template_child (widget_class, ScPlayerView, statistics);
  gtk_widget_class_bind_template_callback (widget_class, sc_player_view_has_spinner);
  gtk_widget_class_bind_template_callback (widget_class, sc_player_view_pause_icon);
  gtk_widget_class_bind_template_callback (widget_class, sc_player_view_pause_label);
  gtk_widget_class_bind_template_callback (widget_class, sc_player_view_volume_icon);
  gtk_widget_class_bind_template_callback (widget_class, sc_player_view_mute_label);
  gtk_widget_class_bind_template_callback (widget_class, sc_player_view_fullscreen_icon);
  gtk_widget_class_bind_template_callback (widget_class, sc_player_view_fullscreen_label);
  gtk_widget_class_bind_template_callback (widget_class, on_motion);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed);
}

static void
sc_player_view_class_init (ScPlayerViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  g_type_ensure (SC_TYPE_PLAYER);
  g_type_ensure (SC_TYPE_LIVE_NOTES);
  g_type_ensure (SC_TYPE_QUALITY_BUTTON);
  g_type_ensure (SC_TYPE_SEEK_BAR);
  g_type_ensure (SC_TYPE_SPEED_BUTTON);
  g_type_ensure (SC_TYPE_STATISTICS_OVERLAY);

  object_class->dispose = sc_player_view_dispose;
  object_class->get_property = sc_player_view_get_property;
  object_class->set_property = sc_player_view_set_property;
  widget_class->focus = sc_player_view_focus;
  widget_class->root = sc_player_view_root;
  widget_class->unroot = sc_player_view_unroot;
  widget_class->map = sc_player_view_map;
  widget_class->unmap = sc_player_view_unmap;

  properties[PROP_PLAYER] = g_param_spec_object ("player", NULL, NULL, SC_TYPE_PLAYER, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_FULLSCREENED] = g_param_spec_boolean ("fullscreened", NULL, NULL, FALSE, flags);
  properties[PROP_SHOW_STATISTICS] =
    g_param_spec_boolean ("show-statistics", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  install_actions (widget_class);
  bind_template (widget_class);
}

static void
sc_player_view_init (ScPlayerView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sc_menu_mend (GTK_MENU_BUTTON (self->layout_button));
  sc_left_to_right_set (GTK_WIDGET (self->controls));
}

/**
 * sc_player_view_set_player:
 * @self: a view
 * @player: (nullable): whose picture to show
 */
void
sc_player_view_set_player (ScPlayerView *self, ScPlayer *player)
{
  ScPlayer *before = self->player;
  if (before == player)
    return;
  g_clear_pointer (&self->volume_binding, g_binding_unbind);
  if (before)
    g_signal_handlers_disconnect_by_data (before, self);
  g_set_object (&self->player, player);
  if (player)
    follow_player (self);
  else
    gtk_picture_set_paintable (self->picture, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYER]);
}

/**
 * sc_player_view_set_name:
 * @self: a view
 * @name: (nullable): the channel's name, for those who hear the page
 */
void
sc_player_view_set_name (ScPlayerView *self, const char *name)
{
  if (!g_set_str (&self->name, name))
    return;
  /* Translators: %s is the name of a channel, or the title of a recording */
  g_autofree char *label = g_strdup_printf (_ ("Video of %s"), name ? name : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

/**
 * sc_player_view_set_starving:
 * @self: a view
 * @starving: whether the server says that too little of the live stream arrives there
 */
void
sc_player_view_set_starving (ScPlayerView *self, gboolean starving)
{
  sc_live_notes_set_starving (self->notes, starving);
}

/**
 * sc_player_view_seek_by:
 * @self: a view
 * @step: how far to go from where the player is, microseconds
 *
 * Returns: %FALSE if there is nothing to go elsewhere in
 */
gboolean
sc_player_view_seek_by (ScPlayerView *self, gint64 step)
{
  if (!self->player || sc_player_get_duration (self->player) == 0)
    return FALSE;
  sc_player_seek (self->player, sc_player_get_position (self->player) + step, TRUE);
  show_controls (self);
  return TRUE;
}

/**
 * sc_player_view_get_seek_bar:
 * @self: a view
 *
 * Returns: (transfer none): its seek bar
 */
ScSeekBar *
sc_player_view_get_seek_bar (ScPlayerView *self)
{
  return self->seek_bar;
}

/**
 * sc_player_view_step_speed:
 * @self: a view
 * @steps: how many of the speeds to go on; less than 0 for slower
 *
 * Returns: %FALSE if there is nothing to watch faster or slower
 */
gboolean
sc_player_view_step_speed (ScPlayerView *self, int steps)
{
  if (!sc_speed_button_step (self->speed_button, steps))
    return FALSE;
  show_controls (self);
  return TRUE;
}

/**
 * sc_player_view_offer_layouts:
 * @self: a view, on a page with the actions of a #ScTheatre
 *
 * Shows the menu with them among the controls.
 *
 * Returns: (transfer none): the #GtkRevealer of the controls
 */
GtkWidget *
sc_player_view_offer_layouts (ScPlayerView *self)
{
  gtk_widget_set_visible (self->layout_button, TRUE);
  return GTK_WIDGET (self->controls);
}

/**
 * sc_player_view_get_fullscreened:
 * @self: a view
 *
 * Returns: whether its window fills the screen
 */
gboolean
sc_player_view_get_fullscreened (ScPlayerView *self)
{
  return self->window && gtk_window_is_fullscreen (self->window);
}

/**
 * sc_player_view_set_fullscreened:
 * @self: a view
 * @fullscreened: whether its window should fill the screen
 */
void
sc_player_view_set_fullscreened (ScPlayerView *self, gboolean fullscreened)
{
  if (!self->window || fullscreened == sc_player_view_get_fullscreened (self))
    return;
  if (fullscreened)
    gtk_window_fullscreen (self->window);
  else
    gtk_window_unfullscreen (self->window);
}
