/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A message that waits for a moderator, with what there is to do about it. */

#include "config.h"

#include "sc-held-row.h"

#include "sc-audit-words.h"
#include "sc-chat-line-words.h"
#include "sc-chat-words.h"
#include "sc-time-words.h"

#include <glib/gi18n.h>

struct _ScHeldRow {
  GtkListBoxRow parent_instance;

  ScHeldQueue *queue;
  ScHeldLine *line;
  GtkLabel *name_label;
  GtkLabel *age_label;
  GtkLabel *text_label;
  GtkLabel *rule_label;
};

G_DEFINE_FINAL_TYPE (ScHeldRow, sc_held_row, GTK_TYPE_LIST_BOX_ROW)

/* The list takes the row away, or makes it sensitive again. */
static void
decide (ScHeldRow *self, gboolean approve)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  sc_held_queue_decide (self->queue, self->line, approve);
}

static void
approve (GtkWidget *widget, const char *action, GVariant *parameter)
{
  decide (SC_HELD_ROW (widget), TRUE);
}

static void
reject (GtkWidget *widget, const char *action, GVariant *parameter)
{
  decide (SC_HELD_ROW (widget), FALSE);
}

static void
sc_held_row_dispose (GObject *object)
{
  ScHeldRow *self = SC_HELD_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_HELD_ROW);
  g_clear_object (&self->queue);
  g_clear_object (&self->line);

  G_OBJECT_CLASS (sc_held_row_parent_class)->dispose (object);
}

static void
sc_held_row_class_init (ScHeldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_Return, GDK_CONTROL_MASK, "held.approve" },
    { GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "held.approve" },
    { GDK_KEY_Delete, GDK_NO_MODIFIER_MASK, "held.reject" },
    { GDK_KEY_KP_Delete, GDK_NO_MODIFIER_MASK, "held.reject" },
  };

  object_class->dispose = sc_held_row_dispose;

  gtk_widget_class_install_action (widget_class, "held.approve", NULL, approve);
  gtk_widget_class_install_action (widget_class, "held.reject", NULL, reject);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class,
                                         keys[i].key,
                                         keys[i].modifiers,
                                         keys[i].action,
                                         NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/held-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ScHeldRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, ScHeldRow, age_label);
  gtk_widget_class_bind_template_child (widget_class, ScHeldRow, text_label);
  gtk_widget_class_bind_template_child (widget_class, ScHeldRow, rule_label);
}

static void
sc_held_row_init (ScHeldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_line (ScHeldRow *self)
{
  const ScHeldLineFields *fields = sc_held_line_get_fields (self->line);
  g_autofree char *name = sc_chat_name_words (fields->name);
  g_autofree char *said = sc_chat_line_words (fields->name, fields->text, SC_CHAT_LINE_SHOWN);
  /* Translators: %s is a rule of the chat, as "Link" or "Blocked term" */
  g_autofree char *rule = g_strdup_printf (_ ("Held for: %s"), sc_rule_words (fields->rule));
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->text_label, fields->text);
  gtk_label_set_label (self->rule_label, rule);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  said,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  rule,
                                  -1);
}

/**
 * sc_held_row_new:
 * @queue: where the message waits
 * @line: the message
 *
 * Returns: (transfer floating): its row
 */
ScHeldRow *
sc_held_row_new (ScHeldQueue *queue, ScHeldLine *line)
{
  ScHeldRow *self = g_object_new (SC_TYPE_HELD_ROW, NULL);
  self->queue = g_object_ref (queue);
  self->line = g_object_ref (line);
  show_line (self);
  sc_held_row_show_age (self, g_get_real_time ());
  return self;
}

/**
 * sc_held_row_get_line:
 * @self: a row
 *
 * Returns: (transfer none): the message that it shows
 */
ScHeldLine *
sc_held_row_get_line (ScHeldRow *self)
{
  return self->line;
}

/**
 * sc_held_row_show_age:
 * @self: a row
 * @now: the time now, microseconds since the epoch
 *
 * Says how long the message waits.
 */
void
sc_held_row_show_age (ScHeldRow *self, gint64 now)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *age = sc_recorded_words (sc_held_line_get_fields (self->line)->at, now, zone);
  gtk_label_set_label (self->age_label, age);
}
