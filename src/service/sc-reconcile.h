/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-service.h"

G_BEGIN_DECLS

gboolean sc_reconcile_run (ScService *service, GError **error);
gboolean sc_reconcile_look (ScService *service, GError **error);

G_END_DECLS
