/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-line.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScChatMenuFacts:
 * @state: how the line stands
 * @own: whether it is the reader's
 * @may_write: whether the reader can answer
 * @moderates: whether the reader may delete lines and shut people out
 * @outranks: whether who said it is one whom the reader may shut out
 * @has_card: whether there is a card of the person to show
 * @may_report: whether the reader can report the line
 *
 * What decides about the menu of a line.
 */
typedef struct {
  ScChatLineState state;
  gboolean own;
  gboolean may_write;
  gboolean moderates;
  gboolean outranks;
  gboolean has_card;
  gboolean may_report;
} ScChatMenuFacts;

GMenuModel *sc_chat_menu_new (const ScChatMenuFacts *facts);

G_END_DECLS
