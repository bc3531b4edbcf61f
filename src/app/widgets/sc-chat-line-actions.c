/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What can be done with a line of chat: the actions of its row, and its menu. */

#include "config.h"

#include "sc-chat-line-actions.h"

#include "sc-ban-dialog.h"
#include "sc-chat-menu.h"
#include "sc-chat-row.h"
#include "sc-chat-view.h"
#include "sc-chat-words.h"
#include "sc-toast.h"

static ScChatView *
get_view (GtkWidget *row)
{
  return SC_CHAT_VIEW (gtk_widget_get_ancestor (row, SC_TYPE_CHAT_VIEW));
}

static ScChatRoom *
get_room (GtkWidget *row)
{
  return sc_chat_view_get_room (get_view (row));
}

static ScChatModeration *
get_moderation (GtkWidget *row)
{
  return sc_chat_view_get_moderation (get_view (row));
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

/* A line that the row shows another of when the answer comes has been named by then. */
static void
give_order (GtkWidget *row, ScModerationKind kind, guint seconds)
{
  ScChatModeration *moderation = get_moderation (row);
  ScChatLine *line = sc_chat_row_get_line (SC_CHAT_ROW (row));
  if (!moderation || !line)
    return;
  const ScModerationOrder order = {
    .kind = kind,
    .line_id = sc_chat_line_get_id (line),
    .line_text = sc_chat_line_get_text (line),
    .user_id = sc_chat_line_get_user_id (line),
    .user_name = sc_chat_line_get_name (line),
    .seconds = seconds,
  };
  sc_chat_moderation_act (moderation, &order);
}

static void
delete_message (GtkWidget *row, const char *action, GVariant *parameter)
{
  give_order (row, SC_MODERATION_DELETE, 0);
}

static void
time_out (GtkWidget *row, const char *action, GVariant *parameter)
{
  give_order (row, SC_MODERATION_TIMEOUT, g_variant_get_uint32 (parameter));
}

static void
time_out_for_reason (GtkWidget *row, const char *action, GVariant *parameter)
{
  ScChatModeration *moderation = get_moderation (row);
  ScChatLine *line = sc_chat_row_get_line (SC_CHAT_ROW (row));
  if (moderation && line)
    sc_ban_dialog_present_timeout (row,
                                   moderation,
                                   sc_chat_line_get_user_id (line),
                                   sc_chat_line_get_name (line));
}

static void
ban (GtkWidget *row, const char *action, GVariant *parameter)
{
  ScChatModeration *moderation = get_moderation (row);
  ScChatLine *line = sc_chat_row_get_line (SC_CHAT_ROW (row));
  if (moderation && line)
    sc_ban_dialog_present (row,
                           moderation,
                           sc_chat_line_get_user_id (line),
                           sc_chat_line_get_name (line));
}

static void
reply (GtkWidget *row, const char *action, GVariant *parameter)
{
  ScChatLine *line = sc_chat_row_get_line (SC_CHAT_ROW (row));
  const char *name = line ? sc_chat_line_get_name (line) : NULL;
  if (name)
    gtk_widget_activate_action (row, "chat.mention", "s", name);
}

static void
block (GtkWidget *row, const char *action, GVariant *parameter)
{
  ScChatLine *line = sc_chat_row_get_line (SC_CHAT_ROW (row));
  const char *name = line ? sc_chat_line_get_name (line) : NULL;
  if (line)
    gtk_widget_activate_action (row,
                                "chat.block",
                                "(ss)",
                                sc_chat_line_get_user_id (line),
                                name ? name : "");
}

static void
report (GtkWidget *row, const char *action, GVariant *parameter)
{
  sc_chat_view_request_report (get_view (row), sc_chat_row_get_line (SC_CHAT_ROW (row)));
}

static void
show_person (GtkWidget *row, const char *action, GVariant *parameter)
{
  sc_chat_view_request_person (get_view (row), sc_chat_row_get_line (SC_CHAT_ROW (row)));
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
  gtk_widget_class_install_action (row_class, "line.time-out", "u", time_out);
  gtk_widget_class_install_action (row_class,
                                   "line.time-out-for-reason",
                                   NULL,
                                   time_out_for_reason);
  gtk_widget_class_install_action (row_class, "line.ban", NULL, ban);
  gtk_widget_class_install_action (row_class, "line.reply", NULL, reply);
  gtk_widget_class_install_action (row_class, "line.block", NULL, block);
  gtk_widget_class_install_action (row_class, "line.report", NULL, report);
  gtk_widget_class_install_action (row_class, "line.person", NULL, show_person);
}

/**
 * sc_chat_line_actions_make_menu:
 * @row: a row in a view
 * @line: its line
 *
 * Returns: (transfer full) (nullable): what can be done with the line; %NULL for nothing
 */
GMenuModel *
sc_chat_line_actions_make_menu (GtkWidget *row, ScChatLine *line)
{
  ScChatView *view = get_view (row);
  ScChatRoom *room = get_room (row);
  ScChatRole role = room ? sc_chat_room_get_role (room) : SC_CHAT_GUEST;
  const ScChatMenuFacts facts = {
    .state = sc_chat_line_get_state (line),
    .own = sc_chat_line_get_own (line),
    .may_write =
      sc_chat_line_get_name (line) && room && (sc_chat_room_get_capabilities (room) & SC_CHAT_SEND),
    .moderates = get_moderation (row) && role >= SC_CHAT_MODERATOR,
    .outranks = sc_chat_line_get_role (line) < role && role >= SC_CHAT_MODERATOR,
    .has_card = sc_chat_view_has_cards (view),
    .may_report = role >= SC_CHAT_VIEWER && sc_chat_view_takes_reports (view),
  };
  return sc_chat_menu_new (&facts);
}
