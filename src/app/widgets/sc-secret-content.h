/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-delay.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define SC_TYPE_SECRET_CONTENT (sc_secret_content_get_type ())
G_DECLARE_FINAL_TYPE (ScSecretContent, sc_secret_content, SC, SECRET_CONTENT, GdkContentProvider)

GdkContentProvider *sc_secret_content_new (const char *secret, guint seconds, const ScDelay *delay);

G_END_DECLS
