/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScChatMention:
 * @start: where it begins in the text, at the "@", bytes
 * @end: where it is over, bytes
 *
 * A place in a text where somebody is addressed.
 */
typedef struct {
  guint start;
  guint end;
} ScChatMention;

GArray *sc_chat_mentions_find (const char *text);
gboolean sc_chat_mentions_include (const char *text, const char *name);

/* Names that are remembered for completion; more than that have not spoken recently. */
#define SC_CHAT_NAMES_MAX 500

/**
 * ScChatNames:
 *
 * Who spoke, the last first.
 */
typedef struct _ScChatNames ScChatNames;

ScChatNames *sc_chat_names_new (void);
void sc_chat_names_free (ScChatNames *self);
void sc_chat_names_note (ScChatNames *self, const char *name);
char **sc_chat_names_complete (ScChatNames *self, const char *prefix, guint max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChatNames, sc_chat_names_free)

G_END_DECLS
