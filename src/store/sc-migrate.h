/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store.h"

G_BEGIN_DECLS

gboolean sc_migrate (ScStore *store, guint *ret_applied, GError **error);

G_END_DECLS
