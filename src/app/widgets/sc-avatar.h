/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-pictures.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_AVATAR (sc_avatar_get_type ())
G_DECLARE_FINAL_TYPE (ScAvatar, sc_avatar, SC, AVATAR, AdwBin)

void sc_avatar_set_pictures (ScAvatar *self, ScPictures *pictures);
void sc_avatar_set_http (ScAvatar *self, ScHttp *http);
void sc_avatar_set_url (ScAvatar *self, const char *url);
void sc_avatar_set_text (ScAvatar *self, const char *text);

G_END_DECLS
