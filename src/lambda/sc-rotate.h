/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"

G_BEGIN_DECLS

gboolean sc_rotate (ScAws *aws, const char *master_secret, GBytes *event, GError **error);
gboolean
sc_rotate_prepare (ScAws *aws, const char *master_secret, const char *secret, GError **error);

G_END_DECLS
