/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/base/gstpushsrc.h>

G_BEGIN_DECLS

/* What the address of a recording's playlist begins with, to be played by this element. */
#define SC_VOD_SCHEME_PREFIX "ivsvod+"

#define SC_TYPE_VOD_SRC (sc_vod_src_get_type ())
G_DECLARE_FINAL_TYPE (ScVodSrc, sc_vod_src, SC, VOD_SRC, GstPushSrc)

gboolean sc_vod_source_register (GError **error);

G_END_DECLS
