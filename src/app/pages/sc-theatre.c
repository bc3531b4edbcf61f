/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Theatre and fullscreen: the video has the window, or the screen, to itself, and the chat is
 * beside it, over it, or not there. Where it is, is remembered of each of the two. The header bar
 * comes and goes in theatre with the player's controls, since a window without one cannot be moved
 * or closed.
 *
 * Escape takes one step back at a time: out of fullscreen, which is the player's, then out of
 * theatre, then from the page.
 */

#include "config.h"

#include "sc-theatre.h"

#include "sc-player-view.h"
#include "sc-watch-split.h"

#define THEATRE_SETTING "theatre-chat"
#define FULLSCREEN_SETTING "fullscreen-chat"
#define LEAVING_SETTING "mini-player-on-leaving"

/* As the enumeration of the settings has them. */
static const char *const places[] = { "beside", "over", "hidden" };

typedef enum {
  PLACE_BESIDE,
  PLACE_OVER,
  PLACE_HIDDEN,
} Place;

struct _ScTheatre {
  GObject parent_instance;

  AdwToolbarView *toolbar; /* as the following, the page's */
  GtkWidget *header;
  ScPlayerView *player_view;
  ScWatchSplit *split;
  GtkWidget *controls;
  GSettings *settings;
  GSimpleActionGroup *actions;
  gboolean theatre;
  gboolean impossible; /* there is no video to give the window to */
  gboolean bare;
  Place place;
};

typedef enum {
  PROP_TOOLBAR = 1,
  PROP_HEADER,
  PROP_PLAYER_VIEW,
  PROP_SPLIT,
  PROP_THEATRE,
  PROP_BARE,
  PROP_CHAT_HIDDEN,
} ScTheatreProperty;

static GParamSpec *properties[PROP_CHAT_HIDDEN + 1];

G_DEFINE_FINAL_TYPE (ScTheatre, sc_theatre, G_TYPE_OBJECT)

static const char *
get_setting (ScTheatre *self)
{
  return sc_player_view_get_fullscreened (self->player_view) ? FULLSCREEN_SETTING : THEATRE_SETTING;
}

/* Nobody has it go while the pointer or the focus is on it. */
static gboolean
is_header_wanted (ScTheatre *self)
{
  GtkStateFlags flags = gtk_widget_get_state_flags (self->header);
  if (!self->bare)
    return TRUE;
  if (sc_player_view_get_fullscreened (self->player_view))
    return FALSE;
  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->controls)) ||
         (flags & (GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_FOCUS_WITHIN)) != 0;
}

static void
update_header (ScTheatre *self)
{
  adw_toolbar_view_set_reveal_top_bars (self->toolbar, is_header_wanted (self));
}

static void
update_actions (ScTheatre *self)
{
  GActionMap *map = G_ACTION_MAP (self->actions);
  GSimpleAction *theatre = G_SIMPLE_ACTION (g_action_map_lookup_action (map, "theatre"));
  GSimpleAction *chat = G_SIMPLE_ACTION (g_action_map_lookup_action (map, "chat"));
  g_simple_action_set_state (theatre, g_variant_new_boolean (self->theatre));
  g_simple_action_set_enabled (theatre, !self->impossible);
  g_simple_action_set_state (chat, g_variant_new_string (places[self->place]));
  g_simple_action_set_enabled (chat, self->bare);
}

static void
update (ScTheatre *self)
{
  gboolean fullscreened = sc_player_view_get_fullscreened (self->player_view);
  self->bare = !self->impossible && (self->theatre || fullscreened);
  self->place =
    self->bare ? (Place) g_settings_get_enum (self->settings, get_setting (self)) : PLACE_BESIDE;
  adw_toolbar_view_set_extend_content_to_top_edge (self->toolbar, self->bare);
  adw_toolbar_view_set_top_bar_style (self->toolbar,
                                      self->bare ? ADW_TOOLBAR_RAISED : ADW_TOOLBAR_FLAT);
  update_header (self);
  update_actions (self);
  sc_watch_split_set_floating (self->split, self->place == PLACE_OVER);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BARE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHAT_HIDDEN]);
}

static void
set_theatre (ScTheatre *self, gboolean theatre)
{
  if (self->theatre == theatre)
    return;
  self->theatre = theatre;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THEATRE]);
}

/* Actions and keys. */

static void
change_theatre (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  set_theatre (user_data, g_variant_get_boolean (value));
}

static void
change_chat (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  ScTheatre *self = user_data;
  const char *place = g_variant_get_string (value, NULL);
  if (g_strv_contains (places, place))
    g_settings_set_string (self->settings, get_setting (self), place);
}

static gboolean
on_theatre_key (GtkWidget *page, GVariant *arguments, gpointer user_data)
{
  ScTheatre *self = user_data;
  if (self->impossible)
    return FALSE;
  set_theatre (self, !self->theatre);
  return TRUE;
}

static gboolean
on_chat_key (GtkWidget *page, GVariant *arguments, gpointer user_data)
{
  ScTheatre *self = user_data;
  if (!self->bare)
    return FALSE;
  g_settings_set_string (self->settings,
                         get_setting (self),
                         places[(self->place + 1) % G_N_ELEMENTS (places)]);
  return TRUE;
}

static gboolean
on_escape (GtkWidget *page, GVariant *arguments, gpointer user_data)
{
  ScTheatre *self = user_data;
  if (!self->bare || sc_player_view_get_fullscreened (self->player_view))
    return FALSE;
  set_theatre (self, FALSE);
  return TRUE;
}

static void
add_keys (ScTheatre *self, GtkWidget *page)
{
  const struct {
    guint key;
    GtkShortcutFunc callback;
  } keys[] = {
    { GDK_KEY_t, on_theatre_key },
    { GDK_KEY_c, on_chat_key },
    { GDK_KEY_Escape, on_escape },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    GtkShortcutTrigger *trigger = gtk_keyval_trigger_new (keys[i].key, GDK_NO_MODIFIER_MASK);
    GtkShortcutAction *action = gtk_callback_action_new (keys[i].callback, self, NULL);
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (trigger, action));
  }
  gtk_widget_add_controller (page, controller);
}

static void
add_actions (ScTheatre *self, GtkWidget *page)
{
  static const GActionEntry entries[] = {
    { .name = "theatre", .state = "false", .change_state = change_theatre },
    { .name = "chat", .parameter_type = "s", .state = "'beside'", .change_state = change_chat },
  };
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
  g_autoptr (GAction) leaving = g_settings_create_action (self->settings, LEAVING_SETTING);
  g_action_map_add_action (G_ACTION_MAP (self->actions), leaving);
  gtk_widget_insert_action_group (page, "view", G_ACTION_GROUP (self->actions));
}

static void
sc_theatre_dispose (GObject *object)
{
  ScTheatre *self = SC_THEATRE (object);

  g_clear_object (&self->actions);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (sc_theatre_parent_class)->dispose (object);
}

static void
sc_theatre_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScTheatre *self = SC_THEATRE (object);

  switch (id) {
  case PROP_THEATRE:
    g_value_set_boolean (value, self->theatre);
    break;
  case PROP_BARE:
    g_value_set_boolean (value, self->bare);
    break;
  case PROP_CHAT_HIDDEN:
    g_value_set_boolean (value, self->place == PLACE_HIDDEN);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_theatre_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScTheatre *self = SC_THEATRE (object);

  switch (id) {
  case PROP_TOOLBAR:
    self->toolbar = g_value_get_object (value);
    break;
  case PROP_HEADER:
    self->header = g_value_get_object (value);
    break;
  case PROP_PLAYER_VIEW:
    self->player_view = g_value_get_object (value);
    break;
  case PROP_SPLIT:
    self->split = g_value_get_object (value);
    break;
  case PROP_THEATRE:
    set_theatre (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_theatre_class_init (ScTheatreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags part = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags seen = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags set = seen | G_PARAM_WRITABLE;

  object_class->dispose = sc_theatre_dispose;
  object_class->get_property = sc_theatre_get_property;
  object_class->set_property = sc_theatre_set_property;

  properties[PROP_TOOLBAR] =
    g_param_spec_object ("toolbar", NULL, NULL, ADW_TYPE_TOOLBAR_VIEW, part);
  properties[PROP_HEADER] = g_param_spec_object ("header", NULL, NULL, GTK_TYPE_WIDGET, part);
  properties[PROP_PLAYER_VIEW] =
    g_param_spec_object ("player-view", NULL, NULL, SC_TYPE_PLAYER_VIEW, part);
  properties[PROP_SPLIT] = g_param_spec_object ("split", NULL, NULL, SC_TYPE_WATCH_SPLIT, part);
  properties[PROP_THEATRE] = g_param_spec_boolean ("theatre", NULL, NULL, FALSE, set);
  properties[PROP_BARE] = g_param_spec_boolean ("bare", NULL, NULL, FALSE, seen);
  properties[PROP_CHAT_HIDDEN] = g_param_spec_boolean ("chat-hidden", NULL, NULL, FALSE, seen);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sc_theatre_init (ScTheatre *self)
{
}

static void
watch (ScTheatre *self, gpointer object, const char *signal, void (*callback) (ScTheatre *))
{
  g_signal_connect_object (object, signal, G_CALLBACK (callback), self, G_CONNECT_SWAPPED);
}

/**
 * sc_theatre_attach:
 * @self: the theatre of a page
 * @page: the page, whose template has made all parts; must live as long
 * @settings: the settings of the application
 *
 * Gives @page the keys and the actions "view.theatre" and "view.chat", and its player the menu with
 * them. Main thread only.
 */
void
sc_theatre_attach (ScTheatre *self, GtkWidget *page, GSettings *settings)
{
  self->settings = g_object_ref (settings);
  self->controls = sc_player_view_offer_layouts (self->player_view);
  add_actions (self, page);
  add_keys (self, page);
  watch (self, self->player_view, "notify::fullscreened", update);
  watch (self, settings, "changed::" THEATRE_SETTING, update);
  watch (self, settings, "changed::" FULLSCREEN_SETTING, update);
  watch (self, self->controls, "notify::reveal-child", update_header);
  watch (self, self->header, "state-flags-changed", update_header);
  update (self);
}

/**
 * sc_theatre_set_possible:
 * @self: the theatre of a page
 * @possible: whether there is a video to give the window to; if not, the page shows all of itself
 *   until there is
 */
void
sc_theatre_set_possible (ScTheatre *self, gboolean possible)
{
  if (self->impossible == !possible)
    return;
  self->impossible = !possible;
  update (self);
}
