/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A step on the way to the first stream: its number while it is to be done, marked when that is
 * now, a spinner where it only takes waiting, and a tick once it is done. */

#include "config.h"

#include "sc-set-up-row.h"

struct _ScSetUpRow {
  AdwActionRow parent_instance;

  GtkStack *stack;
  GtkLabel *number;
};

G_DEFINE_FINAL_TYPE (ScSetUpRow, sc_set_up_row, ADW_TYPE_ACTION_ROW)

static void
sc_set_up_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SC_TYPE_SET_UP_ROW);
  G_OBJECT_CLASS (sc_set_up_row_parent_class)->dispose (object);
}

static void
sc_set_up_row_class_init (ScSetUpRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sc_set_up_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/set-up-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ScSetUpRow, stack);
  gtk_widget_class_bind_template_child (widget_class, ScSetUpRow, number);
}

/* A row names itself after its title; that alone does not say which step it is. */
static void
sc_set_up_row_init (ScSetUpRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static const char *
choose_mark (ScSetUpStep step, ScSetUpStep present)
{
  if (sc_set_up_is_done (step, present))
    return "done";
  return step == present && step != SC_SET_UP_ENCODER ? "busy" : "number";
}

/**
 * sc_set_up_row_show:
 * @self: the row
 * @step: which step it is
 * @present: what is to be done now
 *
 * Shows how the step stands; a subtitle that it has is left alone.
 */
void
sc_set_up_row_show (ScSetUpRow *self, ScSetUpStep step, ScSetUpStep present)
{
  g_autofree char *number = g_strdup_printf ("%u", (guint) step + 1);
  g_autofree char *name = sc_set_up_name (step, present);
  GtkWidget *widget = GTK_WIDGET (self);
  gtk_label_set_label (self->number, number);
  gtk_stack_set_visible_child_name (self->stack, choose_mark (step, present));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), sc_set_up_title (step, present));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (step == present)
    gtk_widget_add_css_class (widget, "present");
  else
    gtk_widget_remove_css_class (widget, "present");
}
