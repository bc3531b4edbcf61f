/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *sc_codec_package (const char *missing, gboolean in_flatpak);
char *sc_codec_words (const GError *error, gboolean in_flatpak);

G_END_DECLS
