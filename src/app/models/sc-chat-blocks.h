/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whoever blocks more people than that loses who was blocked first: settings are no database. */
#define SC_CHAT_BLOCKS_MAX 500

/**
 * ScChatBlock:
 * @user_id: who is blocked
 * @name: what they were called then
 *
 * Somebody whose lines a viewer does not want to see.
 */
typedef struct {
  char *user_id;
  char *name;
} ScChatBlock;

GPtrArray *sc_chat_blocks_list (GSettings *settings);
char **sc_chat_blocks_list_ids (GSettings *settings);
void sc_chat_blocks_add (GSettings *settings, const char *user_id, const char *name);
char *sc_chat_blocks_find (GSettings *settings, const char *name);
void sc_chat_blocks_remove (GSettings *settings, const char *user_id);

G_END_DECLS
