/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The mini player: it shows the picture that a page's player goes on with, and owns the page
 * meanwhile, so that nothing is opened twice and the way back leads to the very same page. Closed,
 * it stops the player.
 *
 * Whether it stays in front of other windows is not for it to say: Wayland has no such wish. A line
 * says so, until it was read, and where a desktop has the viewer choose it: in the menu of the
 * window, which a right click on the picture opens.
 */

#include "config.h"

#include "sc-mini-player.h"

#include "sc-player-actions.h"
#include "sc-player-closures.h"

#include <glib/gi18n.h>

#define WIDTH 384
#define HINT_SETTING "mini-player-hint"

struct _ScMiniPlayer {
  AdwWindow parent_instance;

  ScPlayingPage *page; /* (nullable): without it, this is about to go */
  ScPlayer *player;
  GtkPicture *picture;
  GtkRevealer *controls;
  GtkWidget *hint;
  GtkWidget *keys; /* has the focus where no button has: a window has a use of its own for Space */
  GtkEventControllerMotion *motion;
  GSettings *settings;
};

typedef enum {
  PROP_PLAYER = 1,
} ScMiniPlayerProperty;

static GParamSpec *properties[PROP_PLAYER + 1];
static guint back_signal;

G_DEFINE_FINAL_TYPE (ScMiniPlayer, sc_mini_player, ADW_TYPE_WINDOW)

/* What the template computes. */

static char *
silence_words (gpointer self, guint state)
{
  if (state == SC_PLAYER_IDLE)
    return g_strdup (_ ("The stream is over."));
  return g_strdup (state == SC_PLAYER_FAILED ? _ ("The video has stopped.") : "");
}

static gboolean
is_silent (gpointer self, guint state)
{
  return state == SC_PLAYER_IDLE || state == SC_PLAYER_FAILED;
}

/* The view. */

/* They stay where the picture does not move, and while somebody uses the keyboard. */
static void
update_controls (ScMiniPlayer *self)
{
  gtk_revealer_set_reveal_child (self->controls,
                                 gtk_event_controller_motion_contains_pointer (self->motion) ||
                                   gtk_window_get_focus_visible (GTK_WINDOW (self)) ||
                                   sc_player_get_paused (self->player) ||
                                   is_silent (self, sc_player_get_state (self->player)) ||
                                   sc_player_get_state (self->player) == SC_PLAYER_ENDED);
}

static void
update_picture (ScMiniPlayer *self)
{
  GObject *paintable = sc_player_get_paintable (self->player);
  gtk_picture_set_paintable (self->picture, paintable ? GDK_PAINTABLE (paintable) : NULL);
}

static void
update_hint (ScMiniPlayer *self)
{
  gtk_widget_set_visible (self->hint, g_settings_get_boolean (self->settings, HINT_SETTING));
}

static void
on_hint_read (ScMiniPlayer *self)
{
  g_settings_set_boolean (self->settings, HINT_SETTING, FALSE);
}

/* Actions. */

static void
toggle_pause (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_player_actions_play_or_pause (SC_MINI_PLAYER (widget)->player);
}

static void
toggle_mute (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_player_actions_mute_or_not (SC_MINI_PLAYER (widget)->player);
}

static void
make_louder (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_player_actions_step_volume (SC_MINI_PLAYER (widget)->player, 1);
}

static void
make_quieter (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_player_actions_step_volume (SC_MINI_PLAYER (widget)->player, -1);
}

static void
go_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, back_signal, 0);
}

static void
sc_mini_player_dispose (GObject *object)
{
  ScMiniPlayer *self = SC_MINI_PLAYER (object);

  if (self->player)
    g_signal_handlers_disconnect_by_data (self->player, self);
  if (self->page)
    sc_playing_page_set_kept (self->page, FALSE);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_MINI_PLAYER);
  g_clear_object (&self->player);
  g_clear_object (&self->page);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (sc_mini_player_parent_class)->dispose (object);
}

static void
sc_mini_player_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((ScMiniPlayerProperty) id) {
  case PROP_PLAYER:
    g_value_set_object (value, SC_MINI_PLAYER (object)->player);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

/* The key that leads here from the page leads back to it. */
static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "player.toggle-pause", NULL, toggle_pause);
  gtk_widget_class_install_action (widget_class, "player.toggle-mute", NULL, toggle_mute);
  gtk_widget_class_install_action (widget_class, "player.louder", NULL, make_louder);
  gtk_widget_class_install_action (widget_class, "player.quieter", NULL, make_quieter);
  gtk_widget_class_install_action (widget_class, "win.mini-player", NULL, go_back);
}

static void
sc_mini_player_class_init (ScMiniPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_PLAYER);
  object_class->dispose = sc_mini_player_dispose;
  object_class->get_property = sc_mini_player_get_property;

  properties[PROP_PLAYER] =
    g_param_spec_object ("player",
                         NULL,
                         NULL,
                         SC_TYPE_PLAYER,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  back_signal = g_signal_new ("back",
                              SC_TYPE_MINI_PLAYER,
                              G_SIGNAL_RUN_LAST,
                              0,
                              NULL,
                              NULL,
                              NULL,
                              G_TYPE_NONE,
                              0);

  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/mini-player.ui");
  gtk_widget_class_bind_template_child (widget_class, ScMiniPlayer, picture);
  gtk_widget_class_bind_template_child (widget_class, ScMiniPlayer, controls);
  gtk_widget_class_bind_template_child (widget_class, ScMiniPlayer, hint);
  gtk_widget_class_bind_template_child (widget_class, ScMiniPlayer, keys);
  gtk_widget_class_bind_template_child (widget_class, ScMiniPlayer, motion);
  gtk_widget_class_bind_template_callback (widget_class, sc_player_view_is_waiting);
  gtk_widget_class_bind_template_callback (widget_class, sc_player_view_pause_icon);
  gtk_widget_class_bind_template_callback (widget_class, sc_player_view_pause_label);
  gtk_widget_class_bind_template_callback (widget_class, sc_player_view_volume_icon);
  gtk_widget_class_bind_template_callback (widget_class, sc_player_view_mute_label);
  gtk_widget_class_bind_template_callback (widget_class, silence_words);
  gtk_widget_class_bind_template_callback (widget_class, is_silent);
  gtk_widget_class_bind_template_callback (widget_class, update_controls);
  gtk_widget_class_bind_template_callback (widget_class, on_hint_read);
}

static void
sc_mini_player_init (ScMiniPlayer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
follow_player (ScMiniPlayer *self)
{
  static const struct {
    const char *signal;
    void (*callback) (ScMiniPlayer *self);
  } watched[] = {
    { "notify::paintable", update_picture },
    { "notify::paused", update_controls },
    { "notify::state", update_controls },
  };
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (self->player,
                             watched[i].signal,
                             G_CALLBACK (watched[i].callback),
                             self,
                             G_CONNECT_SWAPPED);
  update_picture (self);
  update_controls (self);
}

/* The window takes the picture's shape. */
static void
set_size (ScMiniPlayer *self)
{
  guint width = sc_player_get_width (self->player);
  guint height = sc_player_get_height (self->player);
  if (width == 0 || height == 0) {
    width = 16;
    height = 9;
  }
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, (int) (WIDTH * height / width));
}

static void
name_picture (ScMiniPlayer *self)
{
  g_autofree char *name =
    g_strdup_printf (_ ("Video of %s"), gtk_window_get_title (GTK_WINDOW (self)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  -1);
}

/**
 * sc_mini_player_new:
 * @page: whose player goes on; kept until the window is closed, or the page is taken
 * @settings: the settings of the application
 *
 * Returns: (transfer none): a window, owned by GTK, not yet on show
 */
ScMiniPlayer *
sc_mini_player_new (ScPlayingPage *page, GSettings *settings)
{
  const char *title = adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (page));
  ScMiniPlayer *self = g_object_new (SC_TYPE_MINI_PLAYER, "title", title, NULL);
  self->page = g_object_ref (page);
  self->player = g_object_ref (sc_playing_page_get_player (page));
  self->settings = g_object_ref (settings);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYER]);
  g_signal_connect_object (settings,
                           "changed::" HINT_SETTING,
                           G_CALLBACK (update_hint),
                           self,
                           G_CONNECT_SWAPPED);
  set_size (self);
  name_picture (self);
  update_hint (self);
  follow_player (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->keys);
  return self;
}

/**
 * sc_mini_player_get_page:
 * @self: the window
 *
 * Returns: (transfer none) (nullable): the page whose picture it shows; %NULL if it was taken
 */
ScPlayingPage *
sc_mini_player_get_page (ScMiniPlayer *self)
{
  return self->page;
}

/**
 * sc_mini_player_take_page:
 * @self: the window
 *
 * Closes the window, while the player goes on.
 *
 * Returns: (transfer full) (nullable): the page, to be shown or stopped
 */
ScPlayingPage *
sc_mini_player_take_page (ScMiniPlayer *self)
{
  ScPlayingPage *page = g_steal_pointer (&self->page);
  gtk_window_destroy (GTK_WINDOW (self));
  return page;
}
