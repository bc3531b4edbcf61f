/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-record.h"
#include "sct-fuzz.h"

/* What a publisher process tells, as the ingest reads it. */

GByteArray *
sct_fuzz_seed (void)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (GBytes) data = g_bytes_new_static ("segment", 7);
  ScRecord records[] = {
    { .type = SC_RECORD_INFO, .info = { 1920, 1080, 60, 0, "avc1.4D401F", "mp4a.40.2" } },
    { .type = SC_RECORD_SEGMENT_START, .wall_time_us = 1, .discontinuity = TRUE },
    { .type = SC_RECORD_DATA, .data = data },
    { .type = SC_RECORD_SEGMENT_END, .duration_us = 2000000 },
    { .type = SC_RECORD_RENDITION_END, .rendition = 1 },
    { .type = SC_RECORD_ERROR, .message = (char *) "A sentence." },
    { .type = SC_RECORD_EOS },
  };
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    sc_record_write (&records[i], bytes);
  return bytes;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GByteArray) input = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_byte_array_append (input, data, (guint) size);
  for (;;) {
    g_auto (ScRecord) record = { 0 };
    if (!sc_record_read (input, &record, &error))
      return 0;
  }
}
