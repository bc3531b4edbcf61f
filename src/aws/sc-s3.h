/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"

G_BEGIN_DECLS

/* Of what is written: documents in JSON, held in memory and sent in one piece. The local cloud
 * takes no larger body. */
#define SC_S3_PUT_MAX_BYTES (512 * 1024)

char *sc_s3_object_url (ScAws *aws, const char *bucket, const char *key);
char *
sc_s3_bucket_url (ScAws *aws, const ScAwsOperation *operation, const char *bucket, GError **error);
GBytes *
sc_s3_get_object (ScAws *aws, const char *bucket, const char *key, gsize max_bytes, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean sc_s3_put_object (ScAws *aws,
                           const char *bucket,
                           const char *key,
                           const char *content_type,
                           GBytes *object,
                           GError **error);

G_END_DECLS
