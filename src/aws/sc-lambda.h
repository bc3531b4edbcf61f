/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"

G_BEGIN_DECLS

gboolean sc_lambda_invoke_event (ScAws *aws, const char *function, GBytes *event, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
