/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"
#include "sc-ivs-shapes.h"

G_BEGIN_DECLS

/**
 * ScIvsChatTokenWanted:
 * @room_arn: the room
 * @user_id: who they are to others there, at most 128 characters
 * @name: (nullable): the attribute "name" of every line they write
 * @role: (nullable): the attribute "role": what they are in the room
 * @follows: the attribute "follows", "1" or "0"; only sent with a role
 * @capabilities: of SEND_MESSAGE, DELETE_MESSAGE and DISCONNECT_USER; everybody may read
 * @session_minutes: how long the connection lives, 1 to 180
 *
 * The input of CreateChatToken.
 */
typedef struct {
  const char *room_arn;
  const char *user_id;
  const char *name;
  const char *role;
  gboolean follows;
  const char *const *capabilities;
  guint session_minutes;
} ScIvsChatTokenWanted;

ScIvsRoom *sc_ivschat_create_room (ScAws *aws, const ScIvsRoom *wanted, GError **error);
GPtrArray *sc_ivschat_list_rooms (ScAws *aws, const char *name, char **token, GError **error);
gboolean sc_ivschat_update_room (ScAws *aws, const ScIvsRoom *changed, GError **error);
gboolean sc_ivschat_delete_room (ScAws *aws, const char *arn, GError **error);
ScIvsChatToken *
sc_ivschat_create_token (ScAws *aws, const ScIvsChatTokenWanted *wanted, GError **error);
gboolean sc_ivschat_send_event (ScAws *aws,
                                const char *room_arn,
                                const char *name,
                                JsonObject *attributes,
                                GError **error);
gboolean sc_ivschat_delete_message (ScAws *aws,
                                    const char *room_arn,
                                    const char *message_id,
                                    const char *reason,
                                    GError **error);
gboolean sc_ivschat_disconnect_user (ScAws *aws,
                                     const char *room_arn,
                                     const char *user_id,
                                     const char *reason,
                                     GError **error);

G_END_DECLS
