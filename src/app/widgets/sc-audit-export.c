/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Writes what was done in a chat to a file that the moderator chooses. All of it is asked for, page
 * by page, and the file is written in one go: one that was there before stays when something fails.
 * Main thread only. */

#include "config.h"

#include "sc-audit-export.h"

#include "sc-audit-csv.h"
#include "sc-future.h"
#include "sc-list-page.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

/* More is for the operator's database, and would not fit into memory at some time: 32 MiB are some
 * hundred thousand actions. */
#define CSV_MAX_BYTES (32 * 1024 * 1024)

typedef struct {
  GWeakRef widget;
  ScClient *client;
  char *channel;
  char *person_id; /* (nullable) */
  GFile *file;
} Export;

static Export *
export_new (GtkWidget *widget, ScClient *client, const char *channel, const char *person_id)
{
  Export *export = g_rc_box_new0 (Export);
  g_weak_ref_init (&export->widget, widget);
  export->client = g_object_ref (client);
  export->channel = g_strdup (channel);
  export->person_id = g_strdup (person_id);
  return export;
}

static void
export_clear (gpointer data)
{
  Export *export = data;
  g_weak_ref_clear (&export->widget);
  g_object_unref (export->client);
  g_free (export->channel);
  g_free (export->person_id);
  g_clear_object (&export->file);
}

static void
export_release (gpointer data)
{
  g_rc_box_release_full (data, export_clear);
}

static void
add_page (GString *csv, const ScListPage *page)
{
  GListModel *items = G_LIST_MODEL (page->items);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (ScModerationAction) action = g_list_model_get_item (items, i);
    sc_audit_csv_add (csv, sc_moderation_action_get_fields (action));
  }
}

/* Returns the table, of all pages that there are. */
static GString *
await_csv (const Export *export, GError **error)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autofree char *before = NULL;
  sc_audit_csv_begin (csv);
  do {
    g_autoptr (ScListPage) page = dex_await_boxed (
      sc_client_list_actions (export->client, export->channel, export->person_id, before),
      error);
    if (!page)
      return NULL;
    add_page (csv, page);
    g_set_str (&before, page->older);
  } while (before && csv->len < CSV_MAX_BYTES);
  return g_steal_pointer (&csv);
}

/* Resolves to %TRUE. */
static DexFuture *
export_fiber (gpointer data)
{
  Export *export = data;
  g_autoptr (GError) error = NULL;
  GString *csv = await_csv (export, &error);
  if (!csv)
    return dex_future_new_for_error (g_steal_pointer (&error));
  g_autoptr (GBytes) bytes = g_string_free_to_bytes (csv);
  if (!dex_await (dex_file_replace_contents_bytes (export->file,
                                                   bytes,
                                                   NULL,
                                                   FALSE,
                                                   G_FILE_CREATE_REPLACE_DESTINATION),
                  &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

static DexFuture *
on_exported (DexFuture *future, gpointer user_data)
{
  Export *export = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&export->widget);
  gboolean done = dex_future_get_value (future, &error) != NULL;
  if (widget && done)
    sc_toast (widget, _ ("The moderation log is saved"));
  else if (widget)
    sc_toast_error (widget, _ ("The moderation log could not be saved."), error);
  return dex_future_new_true ();
}

/* Takes @export. */
static void
start (Export *export)
{
  DexFuture *exporting = sc_spawn (export_fiber, g_rc_box_acquire (export), export_release);
  dex_future_disown (dex_future_finally (exporting, on_exported, export, export_release));
}

/* Whoever chooses no file wants none. */
static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *export = user_data;
  export->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  if (export->file)
    start (export);
  else
    export_release (export);
}

/**
 * sc_audit_export_ask:
 * @widget: a widget of the window, below a toast overlay
 * @client: the client of a moderator
 * @channel: the name of a channel
 * @person_id: (nullable): only what was done about this person
 *
 * Asks for a file, and writes what was done in the chat to it; a toast says what became of it.
 */
void
sc_audit_export_ask (GtkWidget *widget,
                     ScClient *client,
                     const char *channel,
                     const char *person_id)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("moderation-%s-%s.csv", channel, day);
  gtk_file_dialog_set_title (dialog, _ ("Save the Moderation Log"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog,
                        GTK_WINDOW (gtk_widget_get_root (widget)),
                        NULL,
                        on_chosen,
                        export_new (widget, client, channel, person_id));
}

/**
 * sc_audit_export_to:
 * @widget: a widget below a toast overlay
 * @client: the client of a moderator
 * @channel: the name of a channel
 * @person_id: (nullable): only what was done about this person
 * @file: where to
 *
 * Writes what was done in the chat to a file; a toast says what became of it.
 */
void
sc_audit_export_to (GtkWidget *widget,
                    ScClient *client,
                    const char *channel,
                    const char *person_id,
                    GFile *file)
{
  Export *export = export_new (widget, client, channel, person_id);
  export->file = g_object_ref (file);
  start (export);
}
