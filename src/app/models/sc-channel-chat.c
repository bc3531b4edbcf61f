/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The chat of a channel for whoever is signed in: the room gets its tokens from our API, and is
 * entered anew when somebody signs in or out. Main thread only. */

#include "config.h"

#include "sc-channel-chat.h"

#include "sc-client-error.h"

typedef struct {
  ScClient *client;
  char *name;
} Door;

static void
door_free (gpointer data)
{
  Door *door = data;
  g_object_unref (door->client);
  g_free (door->name);
  g_free (door);
}

/* A channel that does not exist does not come to exist by asking again; a ban ends by itself, or
 * when somebody ends it. */
static DexFuture *
judge_refusal (DexFuture *future, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  if (dex_future_get_value (future, &error))
    return dex_ref (future);
  if (g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_BANNED))
    return dex_future_new_for_error (
      sc_chat_error_new_banned (error->message, sc_client_error_get_until (error)));
  if (!g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_NOT_FOUND))
    return dex_ref (future);
  return dex_future_new_reject (SC_CHAT_ERROR, SC_CHAT_ERROR_REFUSED, "%s", error->message);
}

static DexFuture *
ask_for_token (gpointer user_data)
{
  Door *door = user_data;
  return dex_future_finally (sc_client_create_chat_token (door->client, door->name),
                             judge_refusal,
                             NULL,
                             NULL);
}

static DexFuture *
ask_for_history (const char *before, const char *after, guint limit, gpointer user_data)
{
  Door *door = user_data;
  return sc_client_chat_lines (door->client, door->name, before, after, limit);
}

static Door *
door_new (ScSession *session, const char *name)
{
  Door *door = g_new0 (Door, 1);
  door->client = g_object_ref (sc_session_get_client (session));
  door->name = g_strdup (name);
  return door;
}

/**
 * sc_channel_chat_new:
 * @session: who is signed in
 * @name: the name of a channel
 *
 * Returns: (transfer full): the channel's chat room, not entered yet
 */
ScChatRoom *
sc_channel_chat_new (ScSession *session, const char *name)
{
  ScChatRoom *room =
    sc_chat_room_new (ask_for_token, door_new (session, name), door_free, &sc_chat_timing);
  sc_chat_room_set_history (room, ask_for_history, door_new (session, name), door_free);
  g_signal_connect_object (session,
                           "notify::name",
                           G_CALLBACK (sc_chat_room_change_person),
                           room,
                           G_CONNECT_SWAPPED);
  return room;
}
