/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"

G_BEGIN_DECLS

char *sc_secrets_get_value (ScAws *aws, const char *secret, GError **error);

G_END_DECLS
