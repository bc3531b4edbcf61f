/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The streamer's own recordings, hidden ones too, the newest first. */

#include "config.h"

#include "sc-own-recordings-dialog.h"

#include "sc-own-recording-row.h"
#include "sc-paged-view.h"

#include <glib/gi18n.h>

#define CONTENT_WIDTH 640
#define CONTENT_HEIGHT 640

struct _ScOwnRecordingsDialog {
  AdwDialog parent_instance;

  ScClient *client;
  ScPictures *pictures;
  ScPagedList *recordings;
};

G_DEFINE_FINAL_TYPE (ScOwnRecordingsDialog, sc_own_recordings_dialog, ADW_TYPE_DIALOG)

static DexFuture *
ask_page (const char *before, gpointer user_data)
{
  return sc_client_list_own_recordings (SC_OWN_RECORDINGS_DIALOG (user_data)->client, before);
}

static void
on_row_deleted (ScOwnRecordingsDialog *self)
{
  sc_paged_list_reload (self->recordings);
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  ScOwnRecordingsDialog *self = user_data;
  GtkWidget *row = sc_own_recording_row_new (self->client, self->pictures, SC_RECORDING (item));
  g_signal_connect_object (row, "deleted", G_CALLBACK (on_row_deleted), self, G_CONNECT_SWAPPED);
  return row;
}

static void
sc_own_recordings_dialog_dispose (GObject *object)
{
  ScOwnRecordingsDialog *self = SC_OWN_RECORDINGS_DIALOG (object);

  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  g_clear_object (&self->recordings);
  g_clear_object (&self->pictures);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (sc_own_recordings_dialog_parent_class)->dispose (object);
}

static void
sc_own_recordings_dialog_class_init (ScOwnRecordingsDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sc_own_recordings_dialog_dispose;
}

static void
sc_own_recordings_dialog_init (ScOwnRecordingsDialog *self)
{
  adw_dialog_set_title (ADW_DIALOG (self), _ ("My Recordings"));
  adw_dialog_set_content_width (ADW_DIALOG (self), CONTENT_WIDTH);
  adw_dialog_set_content_height (ADW_DIALOG (self), CONTENT_HEIGHT);
}

/**
 * sc_own_recordings_dialog_new:
 * @client: whom to ask, with a token
 *
 * Returns: (transfer floating): a dialog that shows the own recordings
 */
ScOwnRecordingsDialog *
sc_own_recordings_dialog_new (ScClient *client)
{
  ScOwnRecordingsDialog *self = g_object_new (SC_TYPE_OWN_RECORDINGS_DIALOG, NULL);
  self->client = g_object_ref (client);
  self->pictures = sc_pictures_new (sc_client_get_http (client));
  self->recordings = sc_paged_list_new (ask_page, self);

  GtkWidget *list =
    g_object_new (SC_TYPE_PAGED_VIEW,
                  "empty-title",
                  _ ("There are none yet. What you stream can be watched here when it is over."),
                  "empty-icon",
                  "video-x-generic-symbolic",
                  "label",
                  _ ("My Recordings"),
                  NULL);
  sc_paged_view_set_list (SC_PAGED_VIEW (list), self->recordings, make_row, self);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), list);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), overlay);
  adw_dialog_set_child (ADW_DIALOG (self), view);
  return self;
}
