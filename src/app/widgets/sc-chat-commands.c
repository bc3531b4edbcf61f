/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Does what a command says that somebody typed. */

#include "config.h"

#include "sc-chat-commands.h"

#include <glib/gi18n.h>

static void
act (ScChatModeration *moderation, ScModerationKind kind, const ScChatCommand *command)
{
  const ScModerationOrder order = {
    .kind = kind,
    .user_name = command->name,
    .seconds = command->seconds,
    .reason = command->text,
  };
  sc_chat_moderation_act (moderation, &order);
}

/* One change begins where the one before ended, which the room may not have told of yet. */
static void
set_mode (ScChatModeration *moderation, ScChatRoom *room, const ScChatCommand *command)
{
  const ScChatModes *known = sc_chat_room_get_modes (room);
  ScChatModes modes = *sc_chat_moderation_get_modes (moderation, known);
  if (command->kind == SC_CHAT_COMMAND_SLOW)
    modes.slow_seconds = command->seconds;
  else if (command->kind == SC_CHAT_COMMAND_FOLLOWERS)
    modes.followers_only = command->on;
  else if (command->kind == SC_CHAT_COMMAND_READ_ONLY)
    modes.read_only = command->on;
  else
    modes.emoji_only = command->on;
  sc_chat_moderation_set_modes (moderation, known, &modes);
}

static char *
block (GtkWidget *widget, ScChatRoom *room, const char *name)
{
  const char *user_id = sc_chat_room_find_person (room, name);
  if (!user_id)
    /* Translators: %s is a name */
    return g_strdup_printf (_ ("Nobody called %s wrote here lately."), name);
  gtk_widget_activate_action (widget, "chat.block", "(ss)", user_id, name);
  return NULL;
}

static void
moderate (ScChatModeration *moderation, ScChatRoom *room, const ScChatCommand *command)
{
  switch (command->kind) {
  case SC_CHAT_COMMAND_TIMEOUT:
    act (moderation, SC_MODERATION_TIMEOUT, command);
    break;
  case SC_CHAT_COMMAND_BAN:
    act (moderation, SC_MODERATION_BAN, command);
    break;
  case SC_CHAT_COMMAND_UNBAN:
    act (moderation, SC_MODERATION_UNBAN, command);
    break;
  case SC_CHAT_COMMAND_MOD:
    sc_chat_moderation_set_moderator (moderation, command->name, TRUE);
    break;
  case SC_CHAT_COMMAND_UNMOD:
    sc_chat_moderation_set_moderator (moderation, command->name, FALSE);
    break;
  case SC_CHAT_COMMAND_SLOW:
  case SC_CHAT_COMMAND_FOLLOWERS:
  case SC_CHAT_COMMAND_READ_ONLY:
  case SC_CHAT_COMMAND_EMOJI_ONLY:
    set_mode (moderation, room, command);
    break;
  case SC_CHAT_COMMAND_SAY:
  case SC_CHAT_COMMAND_HELP:
  case SC_CHAT_COMMAND_BLOCK:
  case SC_CHAT_COMMAND_UNBLOCK:
  default:
    g_assert_not_reached ();
  }
}

/**
 * sc_chat_commands_run:
 * @widget: a widget of the chat's panel
 * @room: the room
 * @moderation: (nullable): what moderators do there
 * @command: what was typed, neither a line nor for help
 *
 * Begins to do it; toasts say what became of it.
 *
 * Returns: (transfer full) (nullable): why it cannot be done, a translated sentence
 */
char *
sc_chat_commands_run (GtkWidget *widget,
                      ScChatRoom *room,
                      ScChatModeration *moderation,
                      const ScChatCommand *command)
{
  if (command->kind == SC_CHAT_COMMAND_BLOCK)
    return block (widget, room, command->name);
  if (command->kind == SC_CHAT_COMMAND_UNBLOCK)
    gtk_widget_activate_action (widget, "chat.unblock", "s", command->name);
  else if (moderation)
    moderate (moderation, room, command);
  return NULL;
}
