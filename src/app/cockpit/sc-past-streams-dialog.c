/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the streams went that a recording is of: who watched and followed, what was said, what Amazon
 * IVS reported. Most recordings are of one stream; one of a connection that broke is of more. */

#include "config.h"

#include "sc-past-streams-dialog.h"

#include "sc-future.h"
#include "sc-load-view.h"
#include "sc-reports-group.h"
#include "sc-stream-charts.h"
#include "sc-time-words.h"

#include <glib/gi18n.h>

#define CONTENT_WIDTH 640
#define CONTENT_HEIGHT 720

/* Nobody looks at more one after the other. */
#define STREAMS_MAX 8

struct _ScPastStreamsDialog {
  AdwDialog parent_instance;

  ScClient *client;
  char **ids;
  ScLoadView *load_view;
  GtkBox *box;
  DexFuture *loading;
};

G_DEFINE_FINAL_TYPE (ScPastStreamsDialog, sc_past_streams_dialog, ADW_TYPE_DIALOG)

static void
add_figure (AdwPreferencesGroup *group, const char *name, gint64 figure)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *text =
    figure < 0 ? g_strdup (_ ("–")) : g_strdup_printf ("%" G_GINT64_FORMAT, figure);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (group, row);
}

static void
add_stream (ScPastStreamsDialog *self, ScStreamStatus *status)
{
  const ScStreamStatusFields *fields = sc_stream_status_get_fields (status);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when = sc_recorded_words (fields->started_at, g_get_real_time (), zone);
  GtkWidget *figures = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (figures), when);
  add_figure (ADW_PREFERENCES_GROUP (figures), _ ("Most Viewers"), fields->peak_viewers);
  add_figure (ADW_PREFERENCES_GROUP (figures), _ ("New Followers"), fields->new_followers);
  GtkWidget *charts = g_object_new (SC_TYPE_STREAM_CHARTS, NULL);
  GtkWidget *reports = g_object_new (SC_TYPE_REPORTS_GROUP, NULL);
  sc_stream_charts_show (SC_STREAM_CHARTS (charts), status, NULL);
  sc_reports_group_show (SC_REPORTS_GROUP (reports), status);
  gtk_box_append (self->box, figures);
  gtk_box_append (self->box, charts);
  gtk_box_append (self->box, reports);
}

static void
remove_streams (ScPastStreamsDialog *self)
{
  GtkWidget *child = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))))
    gtk_box_remove (self->box, child);
}

static DexFuture *
on_loaded (DexFuture *future, gpointer user_data)
{
  ScPastStreamsDialog *self = user_data;
  DexFutureSet *set = DEX_FUTURE_SET (future);
  g_autoptr (GError) error = NULL;
  remove_streams (self);
  for (guint i = 0; i < dex_future_set_get_size (set) && !error; i++) {
    const GValue *value = dex_future_set_get_value_at (set, i, &error);
    if (value)
      add_stream (self, g_value_get_object (value));
  }
  if (error && !sc_error_is_cancelled (error))
    sc_load_view_show_error (self->load_view, error);
  else if (!error)
    sc_load_view_show_content (self->load_view);
  return dex_future_new_true ();
}

static void
load (ScPastStreamsDialog *self)
{
  g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func (dex_unref);
  for (guint i = 0; self->ids[i] && i < STREAMS_MAX; i++)
    g_ptr_array_add (asked, sc_client_get_past_stream (self->client, self->ids[i]));
  sc_load_view_show_loading (self->load_view);
  dex_clear (&self->loading);
  self->loading = dex_future_finally (dex_future_allv ((DexFuture **) asked->pdata, asked->len),
                                      on_loaded,
                                      self,
                                      NULL);
}

static void
sc_past_streams_dialog_dispose (GObject *object)
{
  ScPastStreamsDialog *self = SC_PAST_STREAMS_DIALOG (object);

  dex_clear (&self->loading);
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  g_clear_object (&self->client);
  g_clear_pointer (&self->ids, g_strfreev);

  G_OBJECT_CLASS (sc_past_streams_dialog_parent_class)->dispose (object);
}

static void
sc_past_streams_dialog_class_init (ScPastStreamsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_LOAD_VIEW);
  G_OBJECT_CLASS (klass)->dispose = sc_past_streams_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/past-streams-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ScPastStreamsDialog, load_view);
  gtk_widget_class_bind_template_child (widget_class, ScPastStreamsDialog, box);
  gtk_widget_class_bind_template_callback (widget_class, load);
}

static void
sc_past_streams_dialog_init (ScPastStreamsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_dialog_set_content_width (ADW_DIALOG (self), CONTENT_WIDTH);
  adw_dialog_set_content_height (ADW_DIALOG (self), CONTENT_HEIGHT);
}

/**
 * sc_past_streams_dialog_new:
 * @client: whom to ask, with a token
 * @recording: one of the own, whose streams are known
 *
 * Returns: (transfer floating): a dialog that shows how those went
 */
ScPastStreamsDialog *
sc_past_streams_dialog_new (ScClient *client, ScRecording *recording)
{
  ScPastStreamsDialog *self = g_object_new (SC_TYPE_PAST_STREAMS_DIALOG, NULL);
  self->client = g_object_ref (client);
  self->ids = g_strsplit (sc_recording_get_fields (recording)->streams, " ", -1);
  load (self);
  return self;
}
