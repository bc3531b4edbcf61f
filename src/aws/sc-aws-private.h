/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"

G_BEGIN_DECLS

/* What the clients of single services need besides; nobody else includes this. */

GBytes *sc_aws_fetch (ScAws *self,
                      const ScAwsOperation *operation,
                      const char *url,
                      gsize max_bytes,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *sc_aws_get_endpoint (ScAws *self, ScAwsService service, gboolean *ret_named);

G_END_DECLS
