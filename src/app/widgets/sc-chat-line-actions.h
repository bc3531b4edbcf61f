/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-line.h"

#include <adwaita.h>

G_BEGIN_DECLS

void sc_chat_line_actions_install (GtkWidgetClass *row_class);
GMenuModel *sc_chat_line_actions_make_menu (GtkWidget *row, ScChatLine *line);

G_END_DECLS
