/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* How much of a page its video takes, and where the chat is meanwhile. A part of the page's
 * template, which names the others in the properties "toolbar", "header", "player-view" and
 * "split". Property "theatre": whether the video has the window to itself. Property "bare", read
 * only: whether it has, in theatre or fullscreen. Property "chat-hidden", read only: whether no
 * chat is wanted then.
 */
#define SC_TYPE_THEATRE (sc_theatre_get_type ())
G_DECLARE_FINAL_TYPE (ScTheatre, sc_theatre, SC, THEATRE, GObject)

void sc_theatre_attach (ScTheatre *self, GtkWidget *page, GSettings *settings);
void sc_theatre_set_possible (ScTheatre *self, gboolean possible);

G_END_DECLS
