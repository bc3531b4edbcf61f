/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The menu of a live stream's renditions, and of what else there is to see of it. The button says
 * what is shown now.
 */

#include "config.h"

#include "sc-quality-button.h"

#include "sc-live-words.h"
#include "sc-menu.h"

#include <glib/gi18n.h>

/* The choice of none: a menu's target cannot be NULL. */
#define AUTOMATIC ""

struct _ScQualityButton {
  AdwBin parent_instance;

  ScPlayer *player;
  GtkMenuButton *button;
  GMenu *qualities;
  GSimpleAction *choose;
};

typedef enum {
  PROP_PLAYER = 1,
} ScQualityButtonProperty;

static GParamSpec *properties[PROP_PLAYER + 1];

G_DEFINE_FINAL_TYPE (ScQualityButton, sc_quality_button, ADW_TYPE_BIN)

static ScPlayerQuality *
find_quality (GListModel *qualities, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (qualities); i++) {
    g_autoptr (ScPlayerQuality) quality = g_list_model_get_item (qualities, i);
    if (g_strcmp0 (sc_player_quality_get_id (quality), id) == 0)
      return g_steal_pointer (&quality);
  }
  return NULL;
}

static void
append (GMenu *menu, const char *words, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (words, NULL);
  g_menu_item_set_action_and_target (item, "quality.choose", "s", id);
  g_menu_append_item (menu, item);
}

static void
fill_menu (ScQualityButton *self, ScPlayerLive *live, ScPlayerQuality *shown)
{
  GListModel *qualities = sc_player_live_get_qualities (live);
  gboolean automatic = sc_player_live_get_quality (live) == NULL;
  g_autofree char *first = sc_quality_automatic_words (automatic ? shown : NULL);

  g_menu_remove_all (self->qualities);
  append (self->qualities, first, AUTOMATIC);
  for (guint i = 0; i < g_list_model_get_n_items (qualities); i++) {
    g_autoptr (ScPlayerQuality) quality = g_list_model_get_item (qualities, i);
    g_autofree char *words = sc_quality_words (quality);
    append (self->qualities, words, sc_player_quality_get_id (quality));
  }
}

static void
name_button (ScQualityButton *self, ScPlayerQuality *shown)
{
  g_autofree char *name = shown ? sc_quality_name (shown) : g_strdup (_ ("Quality"));
  /* Translators: %s is what is shown now, as "720p30" */
  g_autofree char *words =
    shown ? g_strdup_printf (_ ("Quality: %s"), name) : g_strdup (_ ("Quality"));
  gtk_menu_button_set_label (self->button, name);
  sc_menu_name_button (self->button, words);
}

static void
update (ScQualityButton *self)
{
  if (!self->player)
    return;
  ScPlayerLive *live = sc_player_get_live (self->player);
  GListModel *qualities = sc_player_live_get_qualities (live);
  const char *chosen = sc_player_live_get_quality (live);
  g_autoptr (ScPlayerQuality) shown =
    find_quality (qualities, sc_player_live_get_shown_quality (live));

  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (qualities) > 0);
  g_simple_action_set_state (self->choose, g_variant_new_string (chosen ? chosen : AUTOMATIC));
  fill_menu (self, live, shown);
  name_button (self, shown);
}

static void
on_choose (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ScQualityButton *self = user_data;
  const char *id = g_variant_get_string (parameter, NULL);
  if (self->player)
    sc_player_live_set_quality (sc_player_get_live (self->player), *id ? id : NULL);
}

static void
unfollow (ScQualityButton *self)
{
  ScPlayerLive *live = sc_player_get_live (self->player);
  g_signal_handlers_disconnect_by_data (live, self);
  g_signal_handlers_disconnect_by_data (sc_player_live_get_qualities (live), self);
}

static void
follow (ScQualityButton *self)
{
  static const char *const signals[] = { "notify::quality", "notify::shown-quality" };
  ScPlayerLive *live = sc_player_get_live (self->player);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (live, signals[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sc_player_live_get_qualities (live),
                           "items-changed",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
set_player (ScQualityButton *self, ScPlayer *player)
{
  if (self->player == player)
    return;
  if (self->player)
    unfollow (self);
  g_set_object (&self->player, player);
  if (player)
    follow (self);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYER]);
}

static void
sc_quality_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScQualityButton *self = SC_QUALITY_BUTTON (object);

  switch ((ScQualityButtonProperty) id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_quality_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScQualityButton *self = SC_QUALITY_BUTTON (object);

  switch ((ScQualityButtonProperty) id) {
  case PROP_PLAYER:
    set_player (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_quality_button_dispose (GObject *object)
{
  ScQualityButton *self = SC_QUALITY_BUTTON (object);

  set_player (self, NULL);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_QUALITY_BUTTON);

  G_OBJECT_CLASS (sc_quality_button_parent_class)->dispose (object);
}

static void
sc_quality_button_class_init (ScQualityButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  g_type_ensure (SC_TYPE_PLAYER);

  object_class->dispose = sc_quality_button_dispose;
  object_class->get_property = sc_quality_button_get_property;
  object_class->set_property = sc_quality_button_set_property;

  properties[PROP_PLAYER] = g_param_spec_object ("player", NULL, NULL, SC_TYPE_PLAYER, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/quality-button.ui");
  gtk_widget_class_bind_template_child (widget_class, ScQualityButton, button);
  gtk_widget_class_bind_template_child (widget_class, ScQualityButton, qualities);
}

static void
sc_quality_button_init (ScQualityButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sc_menu_mend (self->button);

  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) choose =
    g_simple_action_new_stateful ("choose",
                                  G_VARIANT_TYPE_STRING,
                                  g_variant_new_string (AUTOMATIC));
  self->choose = choose;
  g_signal_connect_object (choose, "activate", G_CALLBACK (on_choose), self, G_CONNECT_DEFAULT);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (choose));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "quality", G_ACTION_GROUP (group));
}

/**
 * sc_quality_button_open:
 * @self: a button
 *
 * Opens its menu, if there is something to choose.
 */
void
sc_quality_button_open (ScQualityButton *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_menu_button_popup (self->button);
}

/**
 * sc_quality_button_is_open:
 * @self: a button
 *
 * Returns: whether its menu is open
 */
gboolean
sc_quality_button_is_open (ScQualityButton *self)
{
  return gtk_menu_button_get_active (self->button);
}
