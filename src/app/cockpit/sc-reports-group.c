/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What Amazon IVS reported about the own stream, the newest first. */

#include "config.h"

#include "sc-reports-group.h"

#include "sc-health-words.h"

#include <glib/gi18n.h>

struct _ScReportsGroup {
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* (element-type AdwActionRow): owned by the group */
};

G_DEFINE_FINAL_TYPE (ScReportsGroup, sc_reports_group, ADW_TYPE_PREFERENCES_GROUP)

static char *
say_time (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);
  return g_date_time_format (time, "%x %X");
}

static void
show_report (AdwActionRow *row, const ScStreamReport *report)
{
  g_autofree char *time = say_time (report->at);
  g_autofree char *words = sc_stream_report_words (report);
  /* Translators: when something was reported, and its particulars */
  g_autofree char *both =
    *words ? g_strdup_printf (_ ("%s · %s"), time, words) : g_steal_pointer (&time);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sc_stream_report_title (report));
  adw_action_row_set_subtitle (row, both);
}

static void
add_row (ScReportsGroup *self)
{
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
sc_reports_group_finalize (GObject *object)
{
  g_ptr_array_unref (SC_REPORTS_GROUP (object)->rows);
  G_OBJECT_CLASS (sc_reports_group_parent_class)->finalize (object);
}

static void
sc_reports_group_class_init (ScReportsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_reports_group_finalize;
}

static void
sc_reports_group_init (ScReportsGroup *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Events"));
}

/**
 * sc_reports_group_show:
 * @self: the group
 * @status: (nullable): how the own stream goes
 *
 * Shows what was reported.
 */
void
sc_reports_group_show (ScReportsGroup *self, ScStreamStatus *status)
{
  const GPtrArray *reports = status ? sc_stream_status_get_fields (status)->reports : NULL;
  guint n_reports = reports ? reports->len : 0;
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         n_reports ? NULL : _ ("Nothing was reported."));
  while (self->rows->len < n_reports)
    add_row (self);
  for (guint i = 0; i < self->rows->len; i++) {
    AdwActionRow *row = g_ptr_array_index (self->rows, i);
    gtk_widget_set_visible (GTK_WIDGET (row), i < n_reports);
    if (i < n_reports)
      show_report (row, g_ptr_array_index (reports, i));
  }
}
