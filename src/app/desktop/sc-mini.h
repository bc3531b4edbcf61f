/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-mini-player.h"

G_BEGIN_DECLS

/* Between a window's pages and the mini player, of which there is one at most. Main thread only. */

ScMiniPlayer *sc_mini_find (void);
void sc_mini_follow (ScPlayingPage *page, GSettings *settings);
void sc_mini_toggle (GtkWindow *window, GSettings *settings);
gboolean sc_mini_return (GtkWindow *window, const char *address);
void sc_mini_close (void);

G_END_DECLS
