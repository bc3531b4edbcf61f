/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-http.h"

#include <gdk/gdk.h>
#include <libdex.h>

G_BEGIN_DECLS

#define SC_TYPE_PICTURES (sc_pictures_get_type ())
G_DECLARE_FINAL_TYPE (ScPictures, sc_pictures, SC, PICTURES, GObject)

ScPictures *sc_pictures_new (ScHttp *http);
guint sc_pictures_get_width (guint width);
GdkTexture *sc_pictures_get_kept (ScPictures *self, const char *url, guint width);
DexFuture *
sc_pictures_load (ScPictures *self, const char *url, guint width) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *
sc_pictures_load_anew (ScPictures *self, const char *url, guint width) G_GNUC_WARN_UNUSED_RESULT;

GdkTexture *sc_picture_decode (GBytes *bytes, guint width, GError **error);

G_END_DECLS
