/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"

G_BEGIN_DECLS

/* Objects of one page: a request that names them all stays under 64 KiB where keys are those of
 * recordings, some 120 bytes. Amazon S3 allows 1,000. */
#define SC_S3_PAGE_OBJECTS 250

GPtrArray *sc_s3_list_objects (ScAws *aws, const char *bucket, const char *prefix, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean
sc_s3_delete_objects (ScAws *aws, const char *bucket, const GPtrArray *keys, GError **error);
GPtrArray *sc_s3_keys_from_xml (GBytes *document, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
