/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-hardware-decoder.h"

#include <string.h>

/* GStreamer's words for what an element does, as "Codec/Decoder/Video/Hardware". */
static gboolean
is_hardware_decoder (GstElementFactory *factory)
{
  const char *kind = gst_element_factory_get_metadata (factory, GST_ELEMENT_METADATA_KLASS);
  return kind && strstr (kind, "Decoder") && strstr (kind, "Hardware");
}

/**
 * sc_hardware_decoder_retire:
 * @message: an error
 *
 * Where a decoder in hardware has failed (a driver that lacks a profile, a device that is busy),
 * takes it out of what GStreamer chooses from, for the rest of the process.
 *
 * Returns: whether that is what failed, and trying again makes sense
 */
gboolean
sc_hardware_decoder_retire (GstMessage *message)
{
  GstObject *from = GST_MESSAGE_SRC (message);
  GstElementFactory *factory =
    from && GST_IS_ELEMENT (from) ? gst_element_get_factory (GST_ELEMENT (from)) : NULL;
  if (!factory || !is_hardware_decoder (factory))
    return FALSE;
  gst_plugin_feature_set_rank (GST_PLUGIN_FEATURE (factory), GST_RANK_NONE);
  return TRUE;
}
