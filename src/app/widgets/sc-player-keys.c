/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The player's keys. They work wherever on the page the focus is, after the focused widget had its
 * chance: Space presses a button that has the focus. */

#include "config.h"

#include "sc-player-keys.h"

/* As far as the arrows go. */
#define SEEK_STEP (5 * G_USEC_PER_SEC)

/* Where no picture is on show, the key is somebody else's. A page that changes its layout unmaps
 * all of it for a moment, in which its keys go on. */
static gboolean
on_key (GtkWidget *page, GVariant *action, gpointer user_data)
{
  if (!gtk_widget_is_visible (GTK_WIDGET (user_data)))
    return FALSE;
  return gtk_widget_activate_action_variant (GTK_WIDGET (user_data),
                                             g_variant_get_string (action, NULL),
                                             NULL);
}

/* Escape goes back a page where there is no fullscreen to leave. */
static gboolean
on_escape (GtkWidget *page, GVariant *arguments, gpointer user_data)
{
  ScPlayerView *view = user_data;
  gboolean fullscreened = sc_player_view_get_fullscreened (view);
  sc_player_view_set_fullscreened (view, FALSE);
  return fullscreened;
}

static void
add_key (GtkShortcutController *controller,
         guint key,
         GdkModifierType modifiers,
         GtkShortcutAction *action,
         const char *name)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers), action);
  gtk_shortcut_set_arguments (shortcut, g_variant_new_string (name));
  gtk_shortcut_controller_add_shortcut (controller, shortcut);
}

/**
 * sc_player_keys_add:
 * @page: the page that @view is on
 * @view: whose actions the keys are for; a descendant of @page
 *
 * Gives @page the player's keys.
 */
void
sc_player_keys_add (GtkWidget *page, ScPlayerView *view)
{
  static const struct {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_space, "player.toggle-pause" },    { GDK_KEY_k, "player.toggle-pause" },
    { GDK_KEY_m, "player.toggle-mute" },         { GDK_KEY_f, "player.toggle-fullscreen" },
    { GDK_KEY_F11, "player.toggle-fullscreen" }, { GDK_KEY_Up, "player.louder" },
    { GDK_KEY_Down, "player.quieter" },
  };

  GtkEventController *events = gtk_shortcut_controller_new ();
  GtkShortcutController *controller = GTK_SHORTCUT_CONTROLLER (events);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    add_key (controller,
             keys[i].key,
             GDK_NO_MODIFIER_MASK,
             gtk_callback_action_new (on_key, view, NULL),
             keys[i].action);
  add_key (controller,
           GDK_KEY_Escape,
           GDK_NO_MODIFIER_MASK,
           gtk_callback_action_new (on_escape, view, NULL),
           "");
  gtk_widget_add_controller (page, events);
}

/**
 * sc_player_keys_add_live:
 * @page: the page that @view is on
 * @view: whose live stream the keys are for; a descendant of @page
 *
 * Gives @page the keys of a live stream.
 */
void
sc_player_keys_add_live (GtkWidget *page, ScPlayerView *view)
{
  static const struct {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_End, GDK_NO_MODIFIER_MASK, "player.return-to-live" },
    { GDK_KEY_q, GDK_NO_MODIFIER_MASK, "player.choose-quality" },
    { GDK_KEY_i, GDK_CONTROL_MASK, "player.show-statistics" },
  };

  GtkEventController *events = gtk_shortcut_controller_new ();
  GtkShortcutController *controller = GTK_SHORTCUT_CONTROLLER (events);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    add_key (controller,
             keys[i].key,
             keys[i].modifiers,
             gtk_callback_action_new (on_key, view, NULL),
             keys[i].action);
  gtk_widget_add_controller (page, events);
}

/* Where there is nothing to seek in, the key is somebody else's. */
static gboolean
on_seek_key (GtkWidget *page, GVariant *step, gpointer user_data)
{
  return sc_player_view_seek_by (user_data, g_variant_get_int64 (step));
}

/* Likewise where nothing can be faster or slower. */
static gboolean
on_speed_key (GtkWidget *page, GVariant *steps, gpointer user_data)
{
  return sc_player_view_step_speed (user_data, g_variant_get_int32 (steps));
}

static void
add_speed_key (GtkShortcutController *controller, guint key, int steps, ScPlayerView *view)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, GDK_NO_MODIFIER_MASK),
                                            gtk_callback_action_new (on_speed_key, view, NULL));
  gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (steps));
  gtk_shortcut_controller_add_shortcut (controller, shortcut);
}

/**
 * sc_player_keys_add_seeking:
 * @page: the page that @view is on
 * @view: whose recording the keys move in; a descendant of @page
 *
 * Gives @page the keys that go elsewhere in a recording, and that make it faster or slower.
 */
void
sc_player_keys_add_seeking (GtkWidget *page, ScPlayerView *view)
{
  static const struct {
    guint key;
    gint64 step;
  } keys[] = {
    { GDK_KEY_Left, -SEEK_STEP },
    { GDK_KEY_Right, SEEK_STEP },
    { GDK_KEY_Home, SC_PLAYER_VIEW_TO_START },
    { GDK_KEY_End, SC_PLAYER_VIEW_TO_END },
  };

  GtkEventController *events = gtk_shortcut_controller_new ();
  GtkShortcutController *controller = GTK_SHORTCUT_CONTROLLER (events);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    GtkShortcutTrigger *trigger = gtk_keyval_trigger_new (keys[i].key, GDK_NO_MODIFIER_MASK);
    GtkShortcutAction *action = gtk_callback_action_new (on_seek_key, view, NULL);
    GtkShortcut *shortcut = gtk_shortcut_new (trigger, action);
    gtk_shortcut_set_arguments (shortcut, g_variant_new_int64 (keys[i].step));
    gtk_shortcut_controller_add_shortcut (controller, shortcut);
  }
  add_speed_key (controller, GDK_KEY_less, -1, view);
  add_speed_key (controller, GDK_KEY_greater, 1, view);
  gtk_widget_add_controller (page, events);
}
