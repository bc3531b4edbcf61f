/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A picture and the chat that belongs to it: three children, what is watched, a separator, and the
 * chat. They share the place one after the other, or the chat floats over what is watched.
 * Property "orientation": a #GtkOrientation, in which they share the place.
 * Property "floating": whether the chat floats.
 */
#define SC_TYPE_WATCH_SPLIT (sc_watch_split_get_type ())
G_DECLARE_FINAL_TYPE (ScWatchSplit, sc_watch_split, SC, WATCH_SPLIT, GtkWidget)

void sc_watch_split_set_floating (ScWatchSplit *self, gboolean floating);

G_END_DECLS
