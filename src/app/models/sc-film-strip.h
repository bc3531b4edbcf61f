/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-http.h"
#include "sc-recording.h"

#include <libdex.h>

G_BEGIN_DECLS

#define SC_TYPE_FILM_STRIP (sc_film_strip_get_type ())
G_DECLARE_FINAL_TYPE (ScFilmStrip, sc_film_strip, SC, FILM_STRIP, GObject)

ScFilmStrip *sc_film_strip_new (ScHttp *http, ScRecording *recording);
DexFuture *sc_film_strip_load (ScFilmStrip *self, gint64 place) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
