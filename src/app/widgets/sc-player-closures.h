/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean sc_player_view_is_over (guint state, gint64 duration);
gboolean sc_player_view_is_waiting (gpointer view, guint state, gint64 duration);
gboolean sc_player_view_has_spinner (gpointer view,
                                     guint state,
                                     gint64 duration,
                                     guint trouble,
                                     gboolean starving);
char *sc_player_view_pause_icon (gpointer view, gboolean paused, guint state, gint64 duration);
char *sc_player_view_pause_label (gpointer view, gboolean paused, guint state, gint64 duration);
char *sc_player_view_volume_icon (gpointer view, double volume, gboolean muted);
char *sc_player_view_mute_label (gpointer view, gboolean muted);
char *sc_player_view_fullscreen_icon (gpointer view, gboolean fullscreened);
char *sc_player_view_fullscreen_label (gpointer view, gboolean fullscreened);

G_END_DECLS
