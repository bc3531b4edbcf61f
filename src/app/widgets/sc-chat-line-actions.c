/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What can be done with a line of chat: the actions of its row, and its menu. */

#include "config.h"

#include "sc-chat-line-actions.h"

#include "sc-chat-row.h"
#include "sc-chat-view.h"
#include "sc-chat-words.h"
#include "sc-error-dialog.h"

#include <glib/gi18n.h>

static ScChatRoom *
get_room (GtkWidget *row)
{
  GtkWidget *view = gtk_widget_get_ancestor (row, SC_TYPE_CHAT_VIEW);
  return view ? sc_chat_view_get_room (SC_CHAT_VIEW (view)) : NULL;
}

static void
say_refusal (GtkWidget *row, const GError *error)
{
  g_autofree char *words = sc_chat_refusal_words (error);
  sc_toast_error (row, words, error);
}

static void
send_again (GtkWidget *row, const char *action, GVariant *parameter)
{
  ScChatRoom *room = get_room (row);
  ScChatLine *line = sc_chat_row_get_line (SC_CHAT_ROW (row));
  g_autoptr (GError) error = NULL;
  if (room && line && !sc_chat_room_send_again (room, line, &error))
    say_refusal (row, error);
}

static void
discard (GtkWidget *row, const char *action, GVariant *parameter)
{
  ScChatRoom *room = get_room (row);
  ScChatLine *line = sc_chat_row_get_line (SC_CHAT_ROW (row));
  if (room && line)
    sc_chat_room_discard (room, line);
}

static void
copy (GtkWidget *row, const char *action, GVariant *parameter)
{
  ScChatLine *line = sc_chat_row_get_line (SC_CHAT_ROW (row));
  if (line)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (row), sc_chat_line_get_text (line));
}

/* The row may show another line when the answer comes, or be gone: what it says does not depend on
 * that. */
static DexFuture *
on_order_done (DexFuture *future, gpointer user_data)
{
  GWeakRef *reference = user_data;
  g_autoptr (GtkWidget) row = g_weak_ref_get (reference);
  g_autoptr (GError) error = NULL;
  if (!dex_future_get_value (future, &error) && row)
    say_refusal (row, error);
  return dex_future_new_true ();
}

static void
free_reference (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
watch_order (GtkWidget *row, DexFuture *order)
{
  GWeakRef *reference = g_new0 (GWeakRef, 1);
  g_weak_ref_init (reference, row);
  dex_future_disown (dex_future_finally (order, on_order_done, reference, free_reference));
}

static void
delete_message (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatLine *line = sc_chat_row_get_line (SC_CHAT_ROW (widget));
  if (line && get_room (widget))
    watch_order (widget, sc_chat_room_delete_line (get_room (widget), line));
}

typedef struct {
  GWeakRef row;
  ScChatRoom *room;
  ScChatLine *line;
} Removal;

static void
removal_free (gpointer data, GClosure *closure)
{
  Removal *removal = data;
  g_weak_ref_clear (&removal->row);
  g_object_unref (removal->room);
  g_object_unref (removal->line);
  g_free (removal);
}

static void
on_removal_response (AdwAlertDialog *dialog, const char *response, gpointer user_data)
{
  Removal *removal = user_data;
  g_autoptr (GtkWidget) row = g_weak_ref_get (&removal->row);
  if (row && g_str_equal (response, "remove"))
    watch_order (row, sc_chat_room_remove_person (removal->room, removal->line));
}

static void
ask_about_removal (GtkWidget *row, ScChatLine *line)
{
  g_autofree char *name = sc_chat_name_words (sc_chat_line_get_name (line));
  /* Translators: %s is a name */
  g_autofree char *heading = g_strdup_printf (_ ("Remove %s From the Chat?"), name);
  AdwDialog *dialog =
    adw_alert_dialog_new (heading,
                          _ ("They are disconnected at once. They can come back, though."));
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);
  adw_alert_dialog_add_responses (alert, "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");

  Removal *removal = g_new0 (Removal, 1);
  g_weak_ref_init (&removal->row, row);
  removal->room = g_object_ref (get_room (row));
  removal->line = g_object_ref (line);
  g_signal_connect_data (dialog,
                         "response",
                         G_CALLBACK (on_removal_response),
                         removal,
                         removal_free,
                         G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, row);
}

static void
remove_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatLine *line = sc_chat_row_get_line (SC_CHAT_ROW (widget));
  if (line && get_room (widget))
    ask_about_removal (widget, line);
}

static void
append_item (GMenu *menu, gboolean offered, const char *label, const char *action)
{
  if (offered)
    g_menu_append (menu, label, action);
}

static void
append_section (GMenu *menu, GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/**
 * sc_chat_line_actions_install:
 * @row_class: the class of a chat's rows
 *
 * Gives rows the actions for their line.
 */
void
sc_chat_line_actions_install (GtkWidgetClass *row_class)
{
  gtk_widget_class_install_action (row_class, "line.send-again", NULL, send_again);
  gtk_widget_class_install_action (row_class, "line.discard", NULL, discard);
  gtk_widget_class_install_action (row_class, "line.copy", NULL, copy);
  gtk_widget_class_install_action (row_class, "line.delete", NULL, delete_message);
  gtk_widget_class_install_action (row_class, "line.remove-person", NULL, remove_person);
}

/**
 * sc_chat_line_actions_make_menu:
 * @row: a row in a view
 * @line: its line
 *
 * Returns: (transfer full): what can be done with the line
 */
GMenuModel *
sc_chat_line_actions_make_menu (GtkWidget *row, ScChatLine *line)
{
  ScChatRoom *room = get_room (row);
  guint capabilities = room ? sc_chat_room_get_capabilities (room) : SC_CHAT_READ;
  gboolean shown = sc_chat_line_get_state (line) == SC_CHAT_LINE_SHOWN;
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) reading = g_menu_new ();
  g_autoptr (GMenu) moderating = g_menu_new ();
  append_item (reading, shown, _ ("_Copy"), "line.copy");
  append_item (moderating,
               shown && (capabilities & SC_CHAT_DELETE),
               _ ("_Delete Message"),
               "line.delete");
  append_item (moderating,
               !sc_chat_line_get_own (line) && (capabilities & SC_CHAT_DISCONNECT),
               _ ("_Remove Person…"),
               "line.remove-person");
  append_section (menu, reading);
  append_section (menu, moderating);
  return G_MENU_MODEL (menu);
}
