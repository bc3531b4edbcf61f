/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-moderation.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sc_moderation_toasts_keep (GtkWidget *widget, ScChatModeration *moderation);

G_END_DECLS
