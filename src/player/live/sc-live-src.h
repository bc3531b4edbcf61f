/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define SC_TYPE_LIVE_SRC (sc_live_src_get_type ())
G_DECLARE_FINAL_TYPE (ScLiveSrc, sc_live_src, SC, LIVE_SRC, GstElement)

gboolean sc_live_src_register (GstPlugin *plugin);

G_END_DECLS
