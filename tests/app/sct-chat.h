/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-line.h"
#include "sc-chat-token.h"
#include "sc-fake-api.h"
#include "sc-fake-room.h"
#include "sc-session.h"
#include "sct-window.h"

G_BEGIN_DECLS

/* The chat beside the channel of ada, on a real window over a server and a room in this process. */

#define SCT_CHAT_MODERATOR (SC_CHAT_SEND | SC_CHAT_DELETE)

/* So many frames after a change a list is where it stays. */
#define SCT_CHAT_SETTLED 6

/* Without a compositor a window has a frame of 5 pixels on each side. */
#define SCT_CHAT_FRAME 10

typedef struct {
  ScFakeApi *api;
  ScFakeRoom *room;
  GSettings *settings;
  ScSession *session;
  GtkWidget *window;
  GType type; /* what is waited for */
  const char *text;
} SctChat;

void sct_chat_init (int *argc, char ***argv);

void sct_chat_set_up (SctChat *fixture, gconstpointer data);
void sct_chat_tear_down (SctChat *fixture, gconstpointer data);
void sct_chat_give_tokens (SctChat *fixture, const char *user_id, ScChatCapabilities capabilities);
void sct_chat_sign_in (SctChat *fixture);
void sct_chat_enter_as (SctChat *fixture, const char *user_id, ScChatCapabilities capabilities);
GtkWidget *sct_chat_wait_for (SctChat *fixture, GType type, const char *text);
void sct_chat_wait_gone (SctChat *fixture, GType type, const char *text);
GtkWidget *sct_chat_wait_row (SctChat *fixture, const char *text);
ScChatLine *sct_chat_wait_line (SctChat *fixture, const char *text);
GtkWidget *sct_chat_get_entry (SctChat *fixture);
GtkWidget *sct_chat_get_send_button (SctChat *fixture);
void sct_chat_type_and_send (SctChat *fixture, const char *text);
void sct_chat_wait_may_send (SctChat *fixture);
void sct_chat_wait_said (SctChat *fixture, const char *text);
void sct_chat_click (GtkWidget *button);
gboolean sct_chat_is_composing (gpointer data);
void sct_chat_delete_line (SctChat *fixture, const char *id);

G_END_DECLS
