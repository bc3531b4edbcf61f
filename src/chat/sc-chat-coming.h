/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-line.h"

G_BEGIN_DECLS

/* So many lines may wait for their picture: a minute of a room's fastest rate, 100 a second (Amazon
 * IVS Chat, service quotas). */
#define SC_CHAT_COMING_MAX 6000

/**
 * ScChatComing:
 *
 * Lines that are there and not to be shown yet.
 */
typedef struct _ScChatComing ScChatComing;

/**
 * ScChatComingFunc:
 * @user_data: as given
 *
 * The time of the first line has come.
 */
typedef void (*ScChatComingFunc) (gpointer user_data);

ScChatComing *sc_chat_coming_new (guint batch_ms, ScChatComingFunc due, gpointer user_data);
void sc_chat_coming_free (ScChatComing *self);

GPtrArray *sc_chat_coming_get_lines (ScChatComing *self);
void sc_chat_coming_add (ScChatComing *self, ScChatLine *line);
void sc_chat_coming_plan (ScChatComing *self);
void sc_chat_coming_set_picture_time (ScChatComing *self, gint64 picture_us);
gboolean sc_chat_coming_is_early (ScChatComing *self, ScChatLine *line);
guint sc_chat_coming_count_due (ScChatComing *self);
GPtrArray *sc_chat_coming_take (ScChatComing *self, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatComing, sc_chat_coming_free)

G_END_DECLS
