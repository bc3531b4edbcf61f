/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a subscription filter of Amazon CloudWatch Logs invokes a function with: {"awslogs":
 * {"data": base64 (gzip (message))}} ("Real-time processing of log data with subscriptions", Amazon
 * CloudWatch Logs User Guide). */

#include "config.h"

#include "sc-log-batch.h"

#include "sc-error.h"
#include "sc-json.h"

/* AWS Lambda's bound on events ("Lambda quotas"). */
#define EVENT_MAX (6 * 1024 * 1024)

/* A batch of PutLogEvents has at most 1 MB ("CloudWatch Logs quotas"), and its lines are quoted
 * once more in the message. What inflates to more is no log. */
#define MESSAGE_MAX (4 * 1024 * 1024)

#define PIECE (32 * 1024)

static gboolean
fail (GError **error, ScDataError code, const char *words)
{
  g_set_error_literal (error, SC_DATA_ERROR, (int) code, words);
  return FALSE;
}

/* Inflates what comes next; @offset moves on. */
static gboolean
inflate_piece (GConverter *gzip,
               GBytes *compressed,
               gsize *offset,
               GByteArray *plain,
               gboolean *ret_finished,
               GError **error)
{
  gsize size = 0, taken = 0, made = 0;
  const guint8 *data = g_bytes_get_data (compressed, &size);
  guint8 piece[PIECE];
  GConverterResult result = g_converter_convert (gzip,
                                                 data + *offset,
                                                 size - *offset,
                                                 piece,
                                                 sizeof piece,
                                                 G_CONVERTER_INPUT_AT_END,
                                                 &taken,
                                                 &made,
                                                 NULL);
  if (result == G_CONVERTER_ERROR)
    return fail (error, SC_DATA_ERROR_SYNTAX, "The data is not compressed with gzip");
  if (plain->len + made > MESSAGE_MAX)
    return fail (error, SC_DATA_ERROR_TOO_LARGE, "The data inflates to more than a log has");
  g_byte_array_append (plain, piece, made);
  *offset += taken;
  *ret_finished = result == G_CONVERTER_FINISHED;
  return TRUE;
}

static GBytes *
inflate (GBytes *compressed, GError **error)
{
  g_autoptr (GZlibDecompressor) gzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  gboolean finished = FALSE;
  gsize offset = 0;
  while (!finished) {
    if (!inflate_piece (G_CONVERTER (gzip), compressed, &offset, plain, &finished, error))
      return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&plain));
}

/**
 * sc_log_batch_decode:
 * @event: an event of a subscription filter
 * @error: an error of %SC_DATA_ERROR
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the message inside: "messageType", and with "DATA_MESSAGE"
 * the "logStream" and the "logEvents", none of which is checked
 */
JsonObject *
sc_log_batch_decode (GBytes *event, GError **error)
{
  g_autoptr (JsonObject) outer = sc_json_parse (event, EVENT_MAX, error);
  JsonObject *logs = outer ? sc_json_get_object (outer, "awslogs", error) : NULL;
  const char *text = logs ? sc_json_get_string (logs, "data", EVENT_MAX, error) : NULL;
  if (!text)
    return NULL;
  gsize size = 0;
  guchar *data = g_base64_decode (text, &size);
  g_autoptr (GBytes) compressed = g_bytes_new_take (data, size);
  g_autoptr (GBytes) message = inflate (compressed, error);
  return message ? sc_json_parse (message, MESSAGE_MAX, error) : NULL;
}
