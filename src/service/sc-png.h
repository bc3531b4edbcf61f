/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most bytes of a picture that is sent: one of 256 by 256 pixels has 20 to 120 KiB. */
#define SC_PNG_MAX_BYTES (256 * 1024)

/* Its most pixels on each side: as large as the app shows one on a screen with two pixels where
 * others have one. */
#define SC_PNG_MAX_SIDE 256

GBytes *sc_png_clean (GBytes *png, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
