/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The line under an entry row: what belongs there, or what is wrong with what is there. It marks
 * the row as wrong too, for eyes and for screen readers. */

#include "config.h"

#include "sc-field-hint.h"

struct _ScFieldHint {
  GtkWidget parent_instance;

  GtkLabel *label;
  GtkWidget *row;
  char *hint;
  char *problem;
};

typedef enum {
  PROP_ROW = 1,
  PROP_HINT,
  PROP_PROBLEM,
} ScFieldHintProperty;

static GParamSpec *properties[PROP_PROBLEM + 1];

G_DEFINE_FINAL_TYPE (ScFieldHint, sc_field_hint, GTK_TYPE_WIDGET)

static void
mark_row (ScFieldHint *self)
{
  if (!self->row)
    return;
  GtkAccessible *row = GTK_ACCESSIBLE (self->row);
  if (self->problem) {
    gtk_widget_add_css_class (self->row, "error");
    gtk_accessible_update_state (row,
                                 GTK_ACCESSIBLE_STATE_INVALID,
                                 GTK_ACCESSIBLE_INVALID_TRUE,
                                 -1);
    gtk_accessible_update_relation (row,
                                    GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE,
                                    self->label,
                                    NULL,
                                    -1);
  } else {
    gtk_widget_remove_css_class (self->row, "error");
    gtk_accessible_reset_state (row, GTK_ACCESSIBLE_STATE_INVALID);
    gtk_accessible_reset_relation (row, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
  }
}

static void
update (ScFieldHint *self)
{
  const char *text = self->problem ? self->problem : self->hint;

  gtk_label_set_label (self->label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text && *text);
  if (self->problem) {
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "error");
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "dimmed");
  } else {
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "dimmed");
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "error");
  }
  mark_row (self);
}

static void
sc_field_hint_dispose (GObject *object)
{
  ScFieldHint *self = SC_FIELD_HINT (object);

  g_clear_weak_pointer (&self->row);
  g_clear_pointer (&self->hint, g_free);
  g_clear_pointer (&self->problem, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_FIELD_HINT);

  G_OBJECT_CLASS (sc_field_hint_parent_class)->dispose (object);
}

static void
sc_field_hint_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScFieldHint *self = SC_FIELD_HINT (object);

  switch ((ScFieldHintProperty) id) {
  case PROP_ROW:
    g_value_set_object (value, self->row);
    break;
  case PROP_HINT:
    g_value_set_string (value, self->hint);
    break;
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_field_hint_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScFieldHint *self = SC_FIELD_HINT (object);

  switch ((ScFieldHintProperty) id) {
  case PROP_ROW:
    g_set_weak_pointer (&self->row, g_value_get_object (value));
    update (self);
    break;
  case PROP_HINT:
    if (g_set_str (&self->hint, g_value_get_string (value)))
      update (self);
    break;
  case PROP_PROBLEM:
    sc_field_hint_set_problem (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_field_hint_class_init (ScFieldHintClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sc_field_hint_dispose;
  object_class->get_property = sc_field_hint_get_property;
  object_class->set_property = sc_field_hint_set_property;

  properties[PROP_ROW] = g_param_spec_object ("row", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/field-hint.ui");
  gtk_widget_class_bind_template_child (widget_class, ScFieldHint, label);
}

static void
sc_field_hint_init (ScFieldHint *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_field_hint_set_problem:
 * @self: the hint
 * @problem: (nullable): what is wrong with the row, translated; %NULL if nothing is
 */
void
sc_field_hint_set_problem (ScFieldHint *self, const char *problem)
{
  if (!g_set_str (&self->problem, problem))
    return;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
  if (problem)
    gtk_accessible_announce (GTK_ACCESSIBLE (self->row ? self->row : GTK_WIDGET (self)),
                             problem,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/**
 * sc_field_hint_has_problem:
 * @self: the hint
 *
 * Returns: whether something is wrong with the row
 */
gboolean
sc_field_hint_has_problem (ScFieldHint *self)
{
  return self->problem != NULL;
}
