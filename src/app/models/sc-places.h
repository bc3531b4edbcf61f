/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* More than somebody goes on with; a file of them has 40 KiB. */
#define SC_PLACES_MAX 500

/* Who stopped so shortly after the start or before the end, microseconds, does not go on there. */
#define SC_PLACES_MARGIN_US (10 * G_TIME_SPAN_SECOND)

#define SC_TYPE_PLACES (sc_places_get_type ())
G_DECLARE_FINAL_TYPE (ScPlaces, sc_places, SC, PLACES, GObject)

char *sc_places_dup_path (void);
ScPlaces *sc_places_new (const char *path);
ScPlaces *sc_places_new_of_user (void);
gint64 sc_places_get (ScPlaces *self, const char *recording);
void sc_places_keep (ScPlaces *self, const char *recording, gint64 place, gint64 length);
void sc_places_flush (ScPlaces *self);

G_END_DECLS
