/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-pictures.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_THUMBNAIL (sc_thumbnail_get_type ())
G_DECLARE_FINAL_TYPE (ScThumbnail, sc_thumbnail, SC, THUMBNAIL, AdwBin)

void sc_thumbnail_set_pictures (ScThumbnail *self, ScPictures *pictures);
void sc_thumbnail_set_url (ScThumbnail *self, const char *url);
gboolean sc_thumbnail_get_loaded (ScThumbnail *self);

G_END_DECLS
