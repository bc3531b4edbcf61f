/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-s3-objects.h"
#include "sct-fuzz.h"

#include <string.h>

/* A page of ListObjectsV2, in XML. */

GByteArray *
sct_fuzz_seed (void)
{
  static const char seed[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>bucket</Name>"
    "<Prefix>ivs/v1/</Prefix><KeyCount>2</KeyCount><IsTruncated>false</IsTruncated>"
    "<Contents><Key>ivs/v1/a&amp;b.ts</Key><ETag>&quot;1&quot;</ETag><Size>3</Size></Contents>"
    "<Contents><Key>ivs/v1/c.ts</Key></Contents></ListBucketResult>";
  GByteArray *bytes = g_byte_array_new ();
  return g_byte_array_append (bytes, (const guint8 *) seed, sizeof seed - 1);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GPtrArray) keys = sc_s3_keys_from_xml (bytes, NULL);
  gsize total = 0;
  for (guint i = 0; keys && i < keys->len; i++)
    total += strlen (keys->pdata[i]);
  g_assert_cmpuint (total, <=, size);
  return 0;
}
