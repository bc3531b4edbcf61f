/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a view asks a room and tells it. Main thread. */

#include "config.h"

#include "sc-chat-room-private.h"

/**
 * sc_chat_room_set_history:
 * @self: a room
 * @ask: asks for a page of what was said before
 * @user_data: for @ask
 * @free_user_data: (nullable): frees @user_data
 *
 * Says where the room gets from what was said before one comes. Before one starts.
 */
void
sc_chat_room_set_history (ScChatRoom *self,
                          ScChatHistoryFunc ask,
                          gpointer user_data,
                          GDestroyNotify free_user_data)
{
  sc_chat_history_set_source (self->history, ask, user_data, free_user_data);
}

/**
 * sc_chat_room_start:
 * @self: a room
 *
 * Goes in, and comes back by itself from then on. Where it waits to come back, or was removed,
 * banned or refused, it tries now.
 */
void
sc_chat_room_start (ScChatRoom *self)
{
  sc_chat_room_set_reason (self, NULL);
  sc_chat_link_start (self->link);
}

/**
 * sc_chat_room_stop:
 * @self: a room
 *
 * Leaves; the lines stay.
 */
void
sc_chat_room_stop (ScChatRoom *self)
{
  sc_chat_link_leave (self->link, SC_CHAT_IDLE);
}

/**
 * sc_chat_room_change_person:
 * @self: a room
 *
 * Somebody signed in or out: what was not sent yet will not be, and the room is entered anew.
 */
void
sc_chat_room_change_person (ScChatRoom *self)
{
  sc_chat_room_give_up (self, SC_CHAT_ERROR_UNAUTHORIZED, "Somebody else is in the room now");
  sc_chat_room_set_reason (self, NULL);
  sc_chat_link_change_person (self->link);
}

/**
 * sc_chat_room_renew:
 * @self: a room
 *
 * What we may do there has changed, as by following the channel: a fresh token says what.
 */
void
sc_chat_room_renew (ScChatRoom *self)
{
  sc_chat_link_renew (self->link);
}

/**
 * sc_chat_room_get_lines:
 * @self: a room
 *
 * Returns: (transfer none): the #ScChatLine on show, oldest first
 */
GListModel *
sc_chat_room_get_lines (ScChatRoom *self)
{
  return G_LIST_MODEL (self->lines);
}

/**
 * sc_chat_room_get_state:
 * @self: a room
 *
 * Returns: how we stand to it
 */
ScChatState
sc_chat_room_get_state (ScChatRoom *self)
{
  return sc_chat_link_get_state (self->link);
}

/**
 * sc_chat_room_get_error:
 * @self: a room
 *
 * Returns: (transfer none) (nullable): why we are not in there; of any domain
 */
const GError *
sc_chat_room_get_error (ScChatRoom *self)
{
  return sc_chat_link_get_error (self->link);
}

/**
 * sc_chat_room_get_capabilities:
 * @self: a room
 *
 * Returns: what we may do there, as far as is known; it stays known while a connection comes back
 */
ScChatCapabilities
sc_chat_room_get_capabilities (ScChatRoom *self)
{
  const ScChatToken *token = sc_chat_link_get_token (self->link);
  ScChatState state = sc_chat_room_get_state (self);
  gboolean out = state == SC_CHAT_REMOVED || state == SC_CHAT_REFUSED || state == SC_CHAT_BANNED;
  return token && !out ? token->capabilities : SC_CHAT_READ;
}

/**
 * sc_chat_room_get_reason:
 * @self: a room
 *
 * Returns: (transfer none) (nullable): why we were removed or banned, in the words of whoever did
 * it
 */
const char *
sc_chat_room_get_reason (ScChatRoom *self)
{
  if (sc_chat_room_get_state (self) != SC_CHAT_BANNED)
    return self->reason;
  const char *reason = sc_chat_room_get_error (self)->message;
  return *reason ? reason : NULL;
}

/**
 * sc_chat_room_get_banned_until:
 * @self: a room
 *
 * Returns: where we are banned, when that is over, microseconds since the epoch; 0 for never
 */
gint64
sc_chat_room_get_banned_until (ScChatRoom *self)
{
  return sc_chat_error_get_until (sc_chat_room_get_error (self));
}

/**
 * sc_chat_room_get_modes:
 * @self: a room
 *
 * Returns: (transfer none): how it is run at the moment
 */
const ScChatModes *
sc_chat_room_get_modes (ScChatRoom *self)
{
  return &self->modes;
}

/**
 * sc_chat_room_get_role:
 * @self: a room
 *
 * Returns: what we are there, as far as is known
 */
ScChatRole
sc_chat_room_get_role (ScChatRoom *self)
{
  const ScChatToken *token = sc_chat_link_get_token (self->link);
  return token ? token->role : SC_CHAT_GUEST;
}

/**
 * sc_chat_room_get_follows:
 * @self: a room
 *
 * Returns: whether we followed the channel when we came in
 */
gboolean
sc_chat_room_get_follows (ScChatRoom *self)
{
  const ScChatToken *token = sc_chat_link_get_token (self->link);
  return token && token->follows;
}

/**
 * sc_chat_room_get_name:
 * @self: a room
 *
 * Returns: (transfer none) (nullable): what we are called there, as far as is known
 */
const char *
sc_chat_room_get_name (ScChatRoom *self)
{
  const ScChatToken *token = sc_chat_link_get_token (self->link);
  return token ? token->name : NULL;
}

/**
 * sc_chat_room_get_bar:
 * @self: a room
 *
 * Returns: what keeps us from speaking there
 */
ScChatBar
sc_chat_room_get_bar (ScChatRoom *self)
{
  return sc_chat_bar_judge (sc_chat_room_get_state (self),
                            sc_chat_link_get_token (self->link),
                            &self->modes);
}

/**
 * sc_chat_room_get_slow_until:
 * @self: a room
 *
 * Returns: when we may speak next, by g_get_monotonic_time(); 0 or a time that has passed for now
 */
gint64
sc_chat_room_get_slow_until (ScChatRoom *self)
{
  return self->slow_until;
}

/**
 * sc_chat_room_load_older:
 * @self: a room
 *
 * Gets lines from before all that are there. sc_chat_room_set_reading_back() first: else they go
 * again, by the cap.
 *
 * Returns: (transfer full): a future that resolves to whether there are still older ones, or
 * rejects with %SC_CHAT_ERROR_FULL where there are too many already, or as the source does
 */
DexFuture *
sc_chat_room_load_older (ScChatRoom *self)
{
  if (sc_chat_list_is_full (self->lines))
    return dex_future_new_reject (SC_CHAT_ERROR,
                                  SC_CHAT_ERROR_FULL,
                                  "There are many lines already");
  return sc_chat_history_load_older (self->history, sc_chat_list_get_first_order (self->lines));
}

/**
 * sc_chat_room_set_reading_back:
 * @self: a room
 * @reading_back: whether somebody reads further up, and not the newest lines
 *
 * Meanwhile, no lines go from above.
 */
void
sc_chat_room_set_reading_back (ScChatRoom *self, gboolean reading_back)
{
  sc_chat_list_set_reading_back (self->lines, reading_back);
}

/**
 * sc_chat_room_set_picture_time:
 * @self: a room
 * @picture_us: when what is on screen now was before the camera, microseconds since the epoch by
 * the server's clock; -1 if chat is not to wait for the picture
 *
 * What others say is shown with the picture of its moment. To be called a few times a second while
 * that picture moves; it is taken to go on in between.
 */
void
sc_chat_room_set_picture_time (ScChatRoom *self, gint64 picture_us)
{
  sc_chat_list_set_picture_time (self->lines, picture_us);
}

/**
 * sc_chat_room_set_blocked:
 * @self: a room
 * @user_ids: (nullable): whose lines are not to be on show here
 */
void
sc_chat_room_set_blocked (ScChatRoom *self, const char *const *user_ids)
{
  sc_chat_sieve_set_blocked (sc_chat_list_get_sieve (self->lines), user_ids);
  sc_chat_list_sift (self->lines);
}

/**
 * sc_chat_room_complete_name:
 * @self: a room
 * @prefix: how a name begins, in any case, with or without its "@"
 * @max: how many at most
 *
 * Returns: (transfer full): names of people who spoke that begin so, who spoke last first
 */
char **
sc_chat_room_complete_name (ScChatRoom *self, const char *prefix, guint max)
{
  return sc_chat_names_complete (self->names, prefix, max);
}

/**
 * sc_chat_room_find_person:
 * @self: a room
 * @name: somebody's name, in any case
 *
 * Returns: (transfer none) (nullable): who they are, if they said one of the lines that are there
 */
const char *
sc_chat_room_find_person (ScChatRoom *self, const char *name)
{
  return sc_chat_list_find_person (self->lines, name);
}
