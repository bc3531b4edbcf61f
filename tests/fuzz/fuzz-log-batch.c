/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-log-batch.h"
#include "sct-fuzz.h"

#include <string.h>

/* What a log's subscription delivers: compressed bytes of whoever wrote to the log. */

GByteArray *
sct_fuzz_seed (void)
{
  static const char message[] = "{\"messageType\":\"DATA_MESSAGE\",\"logStream\":\"aws/IVSChatLogs/"
                                "1.0/room_x\",\"logEvents\":[{\"message\":\"{}\"}]}";
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  g_autoptr (GBytes) plain = g_bytes_new_static (message, sizeof message - 1);
  GBytes *compressed = g_converter_convert_bytes (G_CONVERTER (gzip), plain, NULL);
  return g_bytes_unref_to_array (compressed);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base64 = g_base64_encode (data, size);
  char *text = g_strdup_printf ("{\"awslogs\":{\"data\":\"%s\"}}", base64);
  g_autoptr (GBytes) event = g_bytes_new_take (text, strlen (text));
  g_autoptr (JsonObject) message = sc_log_batch_decode (event, &error);
  g_assert_true (!message == !!error);
  return 0;
}
