/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* What the server takes: pixels on each side. */
#define SC_AVATAR_SIDE 256

/* A photo of a telephone has up to 50 million pixels, and in a format without loss 30 MB. */
#define SC_AVATAR_FILE_MAX (64 * 1024 * 1024)
#define SC_AVATAR_PIXELS_MAX (64 * 1000 * 1000)

GBytes *sc_avatar_picture_make (GInputStream *stream, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *sc_avatar_picture_read (GFile *file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
