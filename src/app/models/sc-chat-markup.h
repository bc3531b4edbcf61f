/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScChatMarkup:
 * @time: when it was said
 * @name: who said it
 * @colour: (nullable): the colour of the name, as "#a8123f"
 * @text: what is on show of what was said
 * @badge: whether there is to be room for a badge in front of the name
 * @dimmed: whether the text is not quite said, or said no more
 * @deleted: whether @text stands in place of what was said
 *
 * A line of chat, to be painted.
 */
typedef struct {
  const char *time;
  const char *name;
  const char *colour;
  const char *text;
  gboolean badge;
  gboolean dimmed;
  gboolean deleted;
} ScChatMarkup;

char *sc_chat_markup (const ScChatMarkup *line);
int sc_chat_markup_get_badge_index (const ScChatMarkup *line);

G_END_DECLS
