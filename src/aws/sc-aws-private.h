/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"

G_BEGIN_DECLS

/* What the clients of single services need besides; nobody else includes this. */

/**
 * ScAwsRequest:
 * @method: "GET", "PUT", "POST"
 * @url: where, with a path that is percent-encoded
 * @content_type: (nullable): what @body is
 * @body: (nullable): what to send
 * @headers: (nullable): more headers, which are signed: name, value, ..., %NULL
 * @max_answer_bytes: the most bytes that the answer may have
 *
 * A request, borrowed for the time of the call that it is given to.
 */
typedef struct {
  const char *method;
  const char *url;
  const char *content_type;
  GBytes *body;
  const char *const *headers;
  gsize max_answer_bytes;
} ScAwsRequest;

GBytes *sc_aws_send (ScAws *self,
                     const ScAwsOperation *operation,
                     const ScAwsRequest *request,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *sc_aws_get_endpoint (ScAws *self, ScAwsService service, gboolean *ret_named);

G_END_DECLS
