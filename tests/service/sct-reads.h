/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-service.h"

G_BEGIN_DECLS

/* Something that costs reads; @what says of which row or page. */
typedef gboolean (*SctWork) (ScStoreConnection *connection, gint64 what, GError **error);

gint64 sct_count_reads (SctService *service, SctWork work, gint64 what);

G_END_DECLS
