/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

void sc_worker_confine (gsize max_memory);
gboolean
sc_worker_init_gstreamer (int *argc, char ***argv, const char *const *plugins, GError **error);
gboolean sc_worker_load (const char *const *plugins, GError **error);

G_END_DECLS
