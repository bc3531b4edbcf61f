/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The live source as a plugin that GStreamer loads, for gst-launch-1.0 and other programs; our own
 * have it built in. */

#include "config.h"

#include "sc-live-src.h"
#include "sc-tempo.h"

#define PACKAGE "streamcat"

static gboolean
init_plugin (GstPlugin *plugin)
{
  return sc_live_src_register (plugin) && sc_tempo_register (plugin);
}

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR,
                   GST_VERSION_MINOR,
                   streamcat,
                   "Live streams of Amazon IVS",
                   init_plugin,
                   SC_VERSION,
                   "GPL",
                   "StreamCat",
                   "https://streamcat.github.io")
