/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the live source says of itself on the bus, as element messages. */

#include "config.h"

#include "sc-live-messages.h"

#include <libsoup/soup.h>

/**
 * sc_live_message_of_qualities:
 * @master: the renditions that there are
 *
 * Returns: (transfer full): "sc-live-qualities" with a "list" of "quality" structures
 */
GstStructure *
sc_live_message_of_qualities (const ScHlsPlaylist *master)
{
  GValue list = G_VALUE_INIT;
  g_value_init (&list, GST_TYPE_LIST);
  for (guint i = 0; i < master->variants->len; i++) {
    const ScHlsVariant *variant = sc_hls_playlist_get_variant (master, i);
    GValue value = G_VALUE_INIT;
    g_value_init (&value, GST_TYPE_STRUCTURE);
    g_value_take_boxed (&value,
                        gst_structure_new ("quality",
                                           "id",
                                           G_TYPE_STRING,
                                           variant->name,
                                           "height",
                                           G_TYPE_INT,
                                           variant->height,
                                           "frame-rate",
                                           G_TYPE_DOUBLE,
                                           variant->frame_rate,
                                           "bandwidth",
                                           G_TYPE_UINT,
                                           variant->bandwidth,
                                           "is-source",
                                           G_TYPE_BOOLEAN,
                                           variant->is_source,
                                           NULL));
    gst_value_list_append_and_take_value (&list, &value);
  }
  GstStructure *structure = gst_structure_new_empty ("sc-live-qualities");
  gst_structure_take_value (structure, "list", &list);
  return structure;
}

/**
 * sc_live_message_of_report:
 * @report: how it goes
 *
 * Returns: (transfer full): "sc-live-stats"
 */
GstStructure *
sc_live_message_of_report (const ScLiveReport *report)
{
  return gst_structure_new ("sc-live-stats",
                            "latency",
                            G_TYPE_INT64,
                            report->latency,
                            "server-offset",
                            G_TYPE_INT64,
                            report->server_offset,
                            "target",
                            G_TYPE_INT64,
                            report->target,
                            "buffer",
                            G_TYPE_INT64,
                            report->buffer,
                            "behind",
                            G_TYPE_INT64,
                            report->behind,
                            "bitrate",
                            G_TYPE_UINT,
                            report->bitrate,
                            "bandwidth",
                            G_TYPE_UINT,
                            report->bandwidth,
                            "rate",
                            G_TYPE_DOUBLE,
                            report->rate,
                            "stalls",
                            G_TYPE_UINT,
                            report->n_stalls,
                            "quality",
                            G_TYPE_STRING,
                            report->quality,
                            "trouble",
                            G_TYPE_UINT,
                            report->trouble,
                            NULL);
}

/**
 * sc_live_message_of_text:
 * @owner: who put timed metadata there
 * @text: what it is
 *
 * Returns: (transfer full): "sc-live-metadata"
 */
GstStructure *
sc_live_message_of_text (const char *owner, const char *text)
{
  return gst_structure_new ("sc-live-metadata",
                            "owner",
                            G_TYPE_STRING,
                            owner,
                            "text",
                            G_TYPE_STRING,
                            text,
                            NULL);
}

/* Says what it is to the pipeline: what came and cannot be read is no trouble of the network. */
static GQuark
classify (const GError *error, guint status, int *ret_code)
{
  if (error->domain == GST_STREAM_ERROR || error->domain == GST_CORE_ERROR) {
    *ret_code = error->code;
    return error->domain;
  }
  if (error->domain == SC_HLS_ERROR) {
    *ret_code = GST_STREAM_ERROR_DEMUX;
    return GST_STREAM_ERROR;
  }
  *ret_code =
    status == SOUP_STATUS_NOT_FOUND ? GST_RESOURCE_ERROR_NOT_FOUND : GST_RESOURCE_ERROR_READ;
  return GST_RESOURCE_ERROR;
}

/**
 * sc_live_message_post_failure:
 * @element: that failed
 * @error: why
 * @status: the HTTP status, or 0
 *
 * Posts an error, with the status in its details. The address is left out: it can hold a token.
 */
void
sc_live_message_post_failure (GstElement *element, const GError *error, guint status)
{
  int code = 0;
  GQuark domain = classify (error, status, &code);
  GstStructure *details =
    status > 0 ? gst_structure_new ("details", "http-status-code", G_TYPE_UINT, status, NULL)
               : NULL;
  gst_element_message_full_with_details (element,
                                         GST_MESSAGE_ERROR,
                                         domain,
                                         code,
                                         g_strdup (error->message),
                                         NULL,
                                         __FILE__,
                                         G_STRFUNC,
                                         __LINE__,
                                         details);
}
