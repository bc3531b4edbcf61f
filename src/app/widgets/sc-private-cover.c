/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What only the streamer may see: in streamer mode a row stands in its place, until asked to show
 * it. What is covered is not in the tree of widgets, so that no screen reader says it either. */

#include "config.h"

#include "sc-private-cover.h"

#include "sc-closures.h"

#include <glib/gi18n.h>

struct _ScPrivateCover {
  AdwBin parent_instance;

  ScStreamerMode *mode;
  GtkWidget *content;
  char *what;
  gboolean is_page;
  gboolean is_shown; /* by who asked for it, until it is out of sight */
};

typedef enum {
  PROP_CONTENT = 1,
  PROP_WHAT,
  PROP_IS_PAGE,
} ScPrivateCoverProperty;

static GParamSpec *properties[PROP_IS_PAGE + 1];

G_DEFINE_FINAL_TYPE (ScPrivateCover, sc_private_cover, ADW_TYPE_BIN)

static void update (ScPrivateCover *self);

static void
on_show_clicked (ScPrivateCover *self)
{
  self->is_shown = TRUE;
  update (self);
  gtk_widget_child_focus (self->content, GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
make_row (ScPrivateCover *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Show"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button,
                           "clicked",
                           G_CALLBACK (on_show_clicked),
                           self,
                           G_CONNECT_SWAPPED);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE,
                                  "icon-name",
                                  "view-conceal-symbolic",
                                  "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  NULL);
  /* Translators: the name of a button that shows what is covered; %s is what that is */
  g_autofree char *name = g_strdup_printf (_ ("Show: %s"), self->what);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  /* The row has made its title the button's label, which would go before the name. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), self->what);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Hidden in streamer mode"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

/* What fills a dialog has the room around it that a page of rows has. */
static GtkWidget *
make_page (ScPrivateCover *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (self));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return page;
}

static void
update (ScPrivateCover *self)
{
  AdwBin *bin = ADW_BIN (self);
  gboolean is_covered = self->mode && sc_streamer_mode_get_on (self->mode) && !self->is_shown;
  gboolean was_covered = adw_bin_get_child (bin) && adw_bin_get_child (bin) != self->content;
  if (is_covered && !was_covered)
    adw_bin_set_child (bin, self->is_page ? make_page (self) : make_row (self));
  else if (!is_covered)
    adw_bin_set_child (bin, self->content);
}

/* What was shown for once is covered again, when a stream begins and when it was out of sight. */
static void
cover_again (ScPrivateCover *self)
{
  self->is_shown = FALSE;
  update (self);
}

static void
sc_private_cover_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sc_private_cover_parent_class)->unmap (widget);
  cover_again (SC_PRIVATE_COVER (widget));
}

static void
sc_private_cover_dispose (GObject *object)
{
  ScPrivateCover *self = SC_PRIVATE_COVER (object);

  g_clear_object (&self->mode);
  g_clear_object (&self->content);
  g_clear_pointer (&self->what, g_free);

  G_OBJECT_CLASS (sc_private_cover_parent_class)->dispose (object);
}

static void
sc_private_cover_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScPrivateCover *self = SC_PRIVATE_COVER (object);

  switch ((ScPrivateCoverProperty) id) {
  case PROP_CONTENT:
    g_value_set_object (value, self->content);
    break;
  case PROP_WHAT:
    g_value_set_string (value, self->what);
    break;
  case PROP_IS_PAGE:
    g_value_set_boolean (value, self->is_page);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_private_cover_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScPrivateCover *self = SC_PRIVATE_COVER (object);

  switch ((ScPrivateCoverProperty) id) {
  case PROP_CONTENT:
    g_set_object (&self->content, g_value_get_object (value));
    update (self);
    break;
  case PROP_WHAT:
    g_set_str (&self->what, g_value_get_string (value));
    break;
  case PROP_IS_PAGE:
    self->is_page = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_private_cover_class_init (ScPrivateCoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = sc_private_cover_dispose;
  object_class->get_property = sc_private_cover_get_property;
  object_class->set_property = sc_private_cover_set_property;
  GTK_WIDGET_CLASS (klass)->unmap = sc_private_cover_unmap;

  /**
   * ScPrivateCover:content:
   *
   * What is covered.
   */
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  /**
   * ScPrivateCover:what:
   *
   * What that is, in words for the row that stands in its place.
   */
  properties[PROP_WHAT] = g_param_spec_string ("what", NULL, NULL, NULL, flags);
  /**
   * ScPrivateCover:is-page:
   *
   * Whether it is all that is on a page, instead of one group of many.
   */
  properties[PROP_IS_PAGE] = g_param_spec_boolean ("is-page", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sc_private_cover_init (ScPrivateCover *self)
{
}

/**
 * sc_private_cover_set_mode:
 * @self: the cover
 * @mode: (nullable): when to cover
 *
 * To be called once.
 */
void
sc_private_cover_set_mode (ScPrivateCover *self, ScStreamerMode *mode)
{
  if (!mode)
    return;
  self->mode = g_object_ref (mode);
  g_signal_connect_object (mode, "notify::on", G_CALLBACK (cover_again), self, G_CONNECT_SWAPPED);
  update (self);
}
