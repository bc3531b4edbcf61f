/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"

G_BEGIN_DECLS

char *sc_s3_object_url (ScAws *aws, const char *bucket, const char *key);
GBytes *
sc_s3_get_object (ScAws *aws, const char *bucket, const char *key, gsize max_bytes, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
