/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One of the streamer's own recordings: how long it is, how often it was watched, whether others
 * see it; and inside, another title, another category, hiding and deleting. */

#include "config.h"

#include "sc-own-recording-row.h"

#include "sc-closures.h"
#include "sc-future.h"
#include "sc-past-streams-dialog.h"
#include "sc-recording-card.h"
#include "sc-thumbnail.h"
#include "sc-time-words.h"
#include "sc-toast.h"
#include "sc-validate.h"

#include <glib/gi18n.h>

struct _ScOwnRecordingRow {
  AdwExpanderRow parent_instance;

  ScClient *client;
  ScRecording *recording;
  ScThumbnail *thumbnail;
  AdwEntryRow *title_row;
  AdwEntryRow *category_row;
  AdwSwitchRow *hidden_row;
  GtkWidget *figures_button;
  char *shown_title; /* in the entry, before anybody typed */
  char *shown_category;
  gboolean showing; /* what the server says is being shown: nobody has switched anything */
  DexFuture *changing;
};

typedef enum {
  SIGNAL_DELETED,
} ScOwnRecordingRowSignal;

static guint signals[SIGNAL_DELETED + 1];

G_DEFINE_FINAL_TYPE (ScOwnRecordingRow, sc_own_recording_row, ADW_TYPE_EXPANDER_ROW)

/**
 * sc_own_recording_words:
 * @recording: an own recording
 * @now: microseconds since the epoch
 * @zone: where the reader is
 *
 * Returns: (transfer full): its length, its age, its views, and whether it is hidden. Pure
 */
char *
sc_own_recording_words (ScRecording *recording, gint64 now, GTimeZone *zone)
{
  const ScRecordingFields *fields = sc_recording_get_fields (recording);
  g_autofree char *length = sc_length_words (fields->duration_ms * 1000);
  g_autofree char *when = sc_recorded_words (fields->started_at, now, zone);
  gulong views = (gulong) MIN (fields->views, G_MAXINT);
  /* Translators: how often a recording was watched */
  g_autofree char *watched = g_strdup_printf (ngettext ("%lu view", "%lu views", views), views);
  if (fields->is_hidden)
    /* Translators: a recording's length, when it was, its views; others do not see it */
    return g_strdup_printf (_ ("%s · %s · %s · Hidden"), length, when, watched);
  /* Translators: a recording's length, when it was, its views */
  return g_strdup_printf (_ ("%s · %s · %s"), length, when, watched);
}

/* What somebody has typed and not applied stays. */
static void
set_entry (AdwEntryRow *row, char **shown, const char *text)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  gboolean is_typed = *shown && !g_str_equal (typed, *shown) && !g_str_equal (typed, text);
  g_set_str (shown, text);
  if (is_typed)
    return;
  /* An apply button that is there already would take this for something typed. */
  adw_entry_row_set_show_apply_button (row, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_show_apply_button (row, TRUE);
}

static void
show_recording (ScOwnRecordingRow *self)
{
  const ScRecordingFields *fields = sc_recording_get_fields (self->recording);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *words = sc_own_recording_words (self->recording, g_get_real_time (), zone);
  self->showing = TRUE;
  gtk_widget_set_visible (self->figures_button, fields->streams != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), fields->title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), words);
  sc_thumbnail_set_url (self->thumbnail, fields->thumbnail_url);
  set_entry (self->title_row, &self->shown_title, fields->title);
  set_entry (self->category_row, &self->shown_category, fields->category ?: "");
  adw_switch_row_set_active (self->hidden_row, fields->is_hidden);
  self->showing = FALSE;
}

static DexFuture *
on_changed (DexFuture *future, gpointer user_data)
{
  ScOwnRecordingRow *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  if (value)
    g_set_object (&self->recording, g_value_get_object (value));
  else if (!sc_error_is_cancelled (error))
    sc_toast_error (GTK_WIDGET (self), _ ("The recording could not be changed."), error);
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  show_recording (self);
  return dex_future_new_true ();
}

static void
change (ScOwnRecordingRow *self, DexFuture *future)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  dex_clear (&self->changing);
  self->changing = dex_future_finally (future, on_changed, self, NULL);
}

static const char *
get_id (ScOwnRecordingRow *self)
{
  return sc_recording_get_fields (self->recording)->id;
}

static void
on_title_applied (ScOwnRecordingRow *self)
{
  g_autofree char *title =
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title_row))));
  g_autofree char *problem = sc_title_problem (title);
  if (problem) {
    sc_toast (GTK_WIDGET (self), problem);
    return;
  }
  change (self, sc_client_set_recording_words (self->client, get_id (self), title, NULL));
}

static void
on_category_applied (ScOwnRecordingRow *self)
{
  const char *category = gtk_editable_get_text (GTK_EDITABLE (self->category_row));
  change (self, sc_client_set_recording_words (self->client, get_id (self), NULL, category));
}

static void
on_hidden_switched (ScOwnRecordingRow *self)
{
  if (self->showing)
    return;
  gboolean hidden = adw_switch_row_get_active (self->hidden_row);
  change (self, sc_client_set_recording_hidden (self->client, get_id (self), hidden));
}

static DexFuture *
on_deleted (DexFuture *future, gpointer user_data)
{
  ScOwnRecordingRow *self = user_data;
  g_autoptr (GError) error = NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (dex_future_get_value (future, &error)) {
    sc_toast (GTK_WIDGET (self), _ ("Recording deleted"));
    g_signal_emit (self, signals[SIGNAL_DELETED], 0);
  } else if (!sc_error_is_cancelled (error)) {
    sc_toast_error (GTK_WIDGET (self), _ ("The recording could not be deleted."), error);
  }
  return dex_future_new_true ();
}

static void
on_delete_response (ScOwnRecordingRow *self, const char *response)
{
  if (!g_str_equal (response, "delete"))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  dex_clear (&self->changing);
  DexFuture *asked = sc_client_delete_recording (self->client, get_id (self));
  /* What was confirmed goes on when nobody waits for it any more. */
  dex_future_disown (dex_ref (asked));
  self->changing = dex_future_finally (asked, on_deleted, self, NULL);
}

static void
on_delete_clicked (ScOwnRecordingRow *self)
{
  /* Translators: %s is the title of a recording */
  g_autofree char *heading =
    g_strdup_printf (_ ("Delete “%s”?"), sc_recording_get_fields (self->recording)->title);
  AdwDialog *dialog = adw_alert_dialog_new (
    heading,
    _ ("The recording and its chat go for everybody, and cannot be had back."));
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);
  adw_alert_dialog_add_responses (alert,
                                  "cancel",
                                  _ ("_Cancel"),
                                  "delete",
                                  _ ("_Delete for Good"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (alert, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_signal_connect_object (dialog,
                           "response",
                           G_CALLBACK (on_delete_response),
                           self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_figures_clicked (ScOwnRecordingRow *self)
{
  adw_dialog_present (ADW_DIALOG (sc_past_streams_dialog_new (self->client, self->recording)),
                      GTK_WIDGET (self));
}

static void
on_watch_clicked (ScOwnRecordingRow *self)
{
  AdwDialog *dialog = ADW_DIALOG (gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_DIALOG));
  sc_recording_card_open (GTK_WIDGET (self), self->recording);
  if (dialog)
    adw_dialog_close (dialog);
}

static void
sc_own_recording_row_dispose (GObject *object)
{
  ScOwnRecordingRow *self = SC_OWN_RECORDING_ROW (object);

  dex_clear (&self->changing);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_OWN_RECORDING_ROW);
  g_clear_object (&self->client);
  g_clear_object (&self->recording);
  g_clear_pointer (&self->shown_title, g_free);
  g_clear_pointer (&self->shown_category, g_free);

  G_OBJECT_CLASS (sc_own_recording_row_parent_class)->dispose (object);
}

static void
sc_own_recording_row_class_init (ScOwnRecordingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_THUMBNAIL);

  G_OBJECT_CLASS (klass)->dispose = sc_own_recording_row_dispose;

  /**
   * ScOwnRecordingRow::deleted:
   *
   * The recording is no more.
   */
  signals[SIGNAL_DELETED] = g_signal_new ("deleted",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/own-recording-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ScOwnRecordingRow, thumbnail);
  gtk_widget_class_bind_template_child (widget_class, ScOwnRecordingRow, title_row);
  gtk_widget_class_bind_template_child (widget_class, ScOwnRecordingRow, category_row);
  gtk_widget_class_bind_template_child (widget_class, ScOwnRecordingRow, hidden_row);
  gtk_widget_class_bind_template_child (widget_class, ScOwnRecordingRow, figures_button);
  gtk_widget_class_bind_template_callback (widget_class, on_title_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_category_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_hidden_switched);
  gtk_widget_class_bind_template_callback (widget_class, on_figures_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_watch_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_delete_clicked);
}

static void
sc_own_recording_row_init (ScOwnRecordingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_entry_row_set_max_length (self->title_row, SC_TITLE_MAX);
  adw_entry_row_set_max_length (self->category_row, SC_CATEGORY_MAX);
}

/**
 * sc_own_recording_row_new:
 * @client: whom to tell, with a token
 * @pictures: what fetches its picture
 * @recording: an own recording
 *
 * Returns: (transfer floating): a row that shows it
 */
GtkWidget *
sc_own_recording_row_new (ScClient *client, ScPictures *pictures, ScRecording *recording)
{
  ScOwnRecordingRow *self = g_object_new (SC_TYPE_OWN_RECORDING_ROW, NULL);
  self->client = g_object_ref (client);
  self->recording = g_object_ref (recording);
  sc_thumbnail_set_pictures (self->thumbnail, pictures);
  show_recording (self);
  return GTK_WIDGET (self);
}
