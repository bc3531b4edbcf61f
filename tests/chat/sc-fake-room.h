/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-room.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * ScFakeRoom:
 *
 * A chat room in this process that behaves as those of Amazon IVS Chat do, and fails as the test
 * says. A token opens one connection.
 */
typedef struct _ScFakeRoom ScFakeRoom;

ScFakeRoom *sc_fake_room_new (void);
void sc_fake_room_free (ScFakeRoom *self);

const char *sc_fake_room_get_url (ScFakeRoom *self);
ScChatToken *sc_fake_room_make_token (ScFakeRoom *self,
                                      const char *user_id,
                                      const char *name,
                                      ScChatCapabilities capabilities,
                                      gint64 lifetime_ms);

void sc_fake_room_say (ScFakeRoom *self, const char *user_id, const char *id, const char *text);
void sc_fake_room_announce (ScFakeRoom *self, const char *event, const char *attributes);
void sc_fake_room_broadcast (ScFakeRoom *self, const char *json);
void sc_fake_room_cut (ScFakeRoom *self);
void sc_fake_room_close (ScFakeRoom *self, gushort code);
void sc_fake_room_set_status (ScFakeRoom *self, guint status);
void sc_fake_room_set_silent (ScFakeRoom *self, gboolean silent);
void sc_fake_room_refuse_next (ScFakeRoom *self, guint code, const char *message);

guint sc_fake_room_count_open (ScFakeRoom *self);
guint sc_fake_room_count_opened (ScFakeRoom *self);
guint sc_fake_room_count_requests (ScFakeRoom *self);
const char *sc_fake_room_get_last_text (ScFakeRoom *self);
const GPtrArray *sc_fake_room_get_texts (ScFakeRoom *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScFakeRoom, sc_fake_room_free)

G_END_DECLS
