/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The menu of the speeds that a recording can be watched at. The button says which one it is. What
 * has no end has no speeds either.
 */

#include "config.h"

#include "sc-speed-button.h"

#include "sc-menu.h"
#include "sc-speed-words.h"

#include <glib/gi18n.h>

struct _ScSpeedButton {
  AdwBin parent_instance;

  ScPlayer *player;
  GtkMenuButton *button;
  GMenu *speeds;
  GSimpleAction *choose;
};

typedef enum {
  PROP_PLAYER = 1,
} ScSpeedButtonProperty;

static GParamSpec *properties[PROP_PLAYER + 1];

G_DEFINE_FINAL_TYPE (ScSpeedButton, sc_speed_button, ADW_TYPE_BIN)

static void
fill_menu (ScSpeedButton *self)
{
  for (guint i = 0; i < SC_N_SPEEDS; i++) {
    g_autofree char *words = sc_speed_words (sc_speed_get (i));
    g_autoptr (GMenuItem) item = g_menu_item_new (words, NULL);
    g_menu_item_set_action_and_target (item, "speed.choose", "d", sc_speed_get (i));
    g_menu_append_item (self->speeds, item);
  }
}

static void
update (ScSpeedButton *self)
{
  double rate = self->player ? sc_player_get_rate (self->player) : 1;
  g_autofree char *speed = sc_speed_words (rate);
  /* Translators: %s is how fast a recording is played, as "1.5×" */
  g_autofree char *name = g_strdup_printf (_ ("Speed: %s"), speed);
  gtk_menu_button_set_label (self->button, speed);
  sc_menu_name_button (self->button, name);
  g_simple_action_set_state (self->choose, g_variant_new_double (rate));
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->player && sc_player_get_duration (self->player) > 0);
}

static void
on_choose (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ScSpeedButton *self = user_data;
  if (self->player)
    sc_player_set_rate (self->player, g_variant_get_double (parameter));
}

static void
set_player (ScSpeedButton *self, ScPlayer *player)
{
  static const char *const signals[] = { "notify::rate", "notify::duration" };
  if (self->player == player)
    return;
  if (self->player)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_set_object (&self->player, player);
  for (guint i = 0; player && i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (player, signals[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYER]);
}

static void
sc_speed_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScSpeedButton *self = SC_SPEED_BUTTON (object);

  switch ((ScSpeedButtonProperty) id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_speed_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScSpeedButton *self = SC_SPEED_BUTTON (object);

  switch ((ScSpeedButtonProperty) id) {
  case PROP_PLAYER:
    set_player (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_speed_button_dispose (GObject *object)
{
  ScSpeedButton *self = SC_SPEED_BUTTON (object);

  set_player (self, NULL);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_SPEED_BUTTON);

  G_OBJECT_CLASS (sc_speed_button_parent_class)->dispose (object);
}

static void
sc_speed_button_class_init (ScSpeedButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  g_type_ensure (SC_TYPE_PLAYER);

  object_class->dispose = sc_speed_button_dispose;
  object_class->get_property = sc_speed_button_get_property;
  object_class->set_property = sc_speed_button_set_property;

  properties[PROP_PLAYER] = g_param_spec_object ("player", NULL, NULL, SC_TYPE_PLAYER, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/speed-button.ui");
  gtk_widget_class_bind_template_child (widget_class, ScSpeedButton, button);
  gtk_widget_class_bind_template_child (widget_class, ScSpeedButton, speeds);
}

static void
sc_speed_button_init (ScSpeedButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sc_menu_mend (self->button);
  fill_menu (self);

  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) choose =
    g_simple_action_new_stateful ("choose", G_VARIANT_TYPE_DOUBLE, g_variant_new_double (1));
  self->choose = choose;
  g_signal_connect_object (choose, "activate", G_CALLBACK (on_choose), self, G_CONNECT_DEFAULT);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (choose));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "speed", G_ACTION_GROUP (group));
}

/**
 * sc_speed_button_step:
 * @self: a button
 * @steps: how many speeds to go on; less than 0 for slower
 *
 * Returns: %FALSE if there is nothing to watch faster or slower
 */
gboolean
sc_speed_button_step (ScSpeedButton *self, int steps)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return FALSE;
  sc_player_set_rate (self->player, sc_speed_step (sc_player_get_rate (self->player), steps));
  return TRUE;
}

/**
 * sc_speed_button_is_open:
 * @self: a button
 *
 * Returns: whether its menu is open
 */
gboolean
sc_speed_button_is_open (ScSpeedButton *self)
{
  return gtk_menu_button_get_active (self->button);
}
