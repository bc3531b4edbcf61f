/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScChatPlace:
 * @start: where it begins in the text, bytes
 * @end: where it is over, bytes
 *
 * A place in a text that is a link.
 */
typedef struct {
  guint start;
  guint end;
} ScChatPlace;

GArray *sc_chat_links_find (const char *text);
char *sc_chat_link_words (const char *link);

G_END_DECLS
