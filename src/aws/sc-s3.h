/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"

G_BEGIN_DECLS

/* Of what is written: documents in JSON, held in memory and sent in one piece. The local cloud
 * takes no larger body. */
#define SC_S3_PUT_MAX_BYTES (512 * 1024)

/**
 * ScS3Put:
 * @bucket: a bucket's name
 * @key: the object's key
 * @content_type: what it is, as "application/json"
 * @cache_control: (nullable): what whoever fetches it is told about keeping it
 * @object: the object, at most %SC_S3_PUT_MAX_BYTES
 *
 * An object that is to be written.
 */
typedef struct {
  const char *bucket;
  const char *key;
  const char *content_type;
  const char *cache_control;
  GBytes *object;
} ScS3Put;

char *sc_s3_object_url (ScAws *aws, const char *bucket, const char *key);
char *
sc_s3_bucket_url (ScAws *aws, const ScAwsOperation *operation, const char *bucket, GError **error);
GBytes *
sc_s3_get_object (ScAws *aws, const char *bucket, const char *key, gsize max_bytes, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean sc_s3_put_object (ScAws *aws, const ScS3Put *put, GError **error);

G_END_DECLS
