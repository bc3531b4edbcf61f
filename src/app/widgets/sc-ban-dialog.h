/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-moderation.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sc_ban_dialog_present (GtkWidget *parent,
                            ScChatModeration *moderation,
                            const char *user_id,
                            const char *name);
void sc_ban_dialog_present_timeout (GtkWidget *parent,
                                    ScChatModeration *moderation,
                                    const char *user_id,
                                    const char *name);

G_END_DECLS
