/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the own stream goes: the one thing to know first, in words, and the figures under it. */

#include "config.h"

#include "sc-health-group.h"

#include "sc-health-words.h"

#include <glib/gi18n.h>

struct _ScHealthGroup {
  AdwPreferencesGroup parent_instance;

  AdwActionRow *row;
  GtkImage *icon;
  GArray *fact_rows; /* (element-type FactRow) */
};

/* The group owns both. */
typedef struct {
  AdwActionRow *row;
  GtkLabel *limit;
} FactRow;

G_DEFINE_FINAL_TYPE (ScHealthGroup, sc_health_group, ADW_TYPE_PREFERENCES_GROUP)

static const char *
choose_icon (ScHealth health)
{
  if (sc_health_is_trouble (health))
    return "dialog-warning-symbolic";
  return health == SC_HEALTH_GOOD ? "object-select-symbolic" : "content-loading-symbolic";
}

static void
show_health (ScHealthGroup *self, ScHealth health, const char *words)
{
  AdwPreferencesRow *row = ADW_PREFERENCES_ROW (self->row);
  const char *title = sc_health_title (health);
  if (g_strcmp0 (title, adw_preferences_row_get_title (row)) != 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (self),
                             title,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  adw_preferences_row_set_title (row, title);
  adw_action_row_set_subtitle (self->row, words);
  gtk_image_set_from_icon_name (self->icon, choose_icon (health));
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "warning");
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "success");
  if (sc_health_is_trouble (health))
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "warning");
  else if (health == SC_HEALTH_GOOD)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "success");
}

static void
add_fact_row (ScHealthGroup *self)
{
  const FactRow made = { ADW_ACTION_ROW (adw_action_row_new ()), GTK_LABEL (gtk_label_new (NULL)) };
  gtk_label_set_wrap (made.limit, TRUE);
  gtk_label_set_natural_wrap_mode (made.limit, GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (made.limit, 1);
  gtk_widget_set_valign (GTK_WIDGET (made.limit), GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (made.row), FALSE);
  adw_action_row_set_subtitle_lines (made.row, 0);
  gtk_widget_add_css_class (GTK_WIDGET (made.row), "property");
  adw_action_row_add_suffix (made.row, GTK_WIDGET (made.limit));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (made.row));
  g_array_append_val (self->fact_rows, made);
}

static void
show_fact (const FactRow *shown, const ScHealthFact *fact)
{
  GtkWidget *limit = GTK_WIDGET (shown->limit);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (shown->row), fact->name);
  adw_action_row_set_subtitle (shown->row, fact->value);
  const char *limit_words = fact->limit ? fact->limit : "";
  gtk_label_set_text (shown->limit, limit_words);
  /* A colour says it to eyes alone. */
  /* Translators: %s is as "At most 3.5 Mb/s" */
  g_autofree char *words =
    g_strdup_printf (fact->is_beyond ? _ ("Exceeded: %s") : "%s", limit_words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (shown->row),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words,
                                  -1);
  gtk_widget_remove_css_class (limit, fact->is_beyond ? "dimmed" : "warning");
  gtk_widget_add_css_class (limit, fact->is_beyond ? "warning" : "dimmed");
}

static void
show_facts (ScHealthGroup *self, const GPtrArray *facts)
{
  while (self->fact_rows->len < facts->len)
    add_fact_row (self);
  for (guint i = 0; i < self->fact_rows->len; i++) {
    const FactRow *shown = &g_array_index (self->fact_rows, FactRow, i);
    gtk_widget_set_visible (GTK_WIDGET (shown->row), i < facts->len);
    if (i < facts->len)
      show_fact (shown, g_ptr_array_index (facts, i));
  }
}

static void
sc_health_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SC_TYPE_HEALTH_GROUP);
  G_OBJECT_CLASS (sc_health_group_parent_class)->dispose (object);
}

static void
sc_health_group_finalize (GObject *object)
{
  g_array_unref (SC_HEALTH_GROUP (object)->fact_rows);
  G_OBJECT_CLASS (sc_health_group_parent_class)->finalize (object);
}

static void
sc_health_group_class_init (ScHealthGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sc_health_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = sc_health_group_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/health-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ScHealthGroup, row);
  gtk_widget_class_bind_template_child (widget_class, ScHealthGroup, icon);
}

static void
sc_health_group_init (ScHealthGroup *self)
{
  self->fact_rows = g_array_new (FALSE, FALSE, sizeof (FactRow));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_health_group_show:
 * @self: the group
 * @status: (nullable): how the own stream goes
 * @channel_type: (nullable): of the channel
 * @now: microseconds since the epoch
 *
 * Shows it, and tells assistive technologies when it became another.
 */
void
sc_health_group_show (ScHealthGroup *self,
                      ScStreamStatus *status,
                      const char *channel_type,
                      gint64 now)
{
  ScHealth health = sc_health_judge (status, channel_type, now);
  g_autofree char *words = sc_health_words (health, status, channel_type);
  g_autoptr (GPtrArray) facts = sc_health_list_facts (status, channel_type);
  show_health (self, health, words);
  show_facts (self, facts);
}
