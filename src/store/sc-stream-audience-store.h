/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"
#include "sc-stream-status.h"

G_BEGIN_DECLS

gboolean sc_stream_audience_store_read (ScStoreConnection *connection,
                                        gint64 user_id,
                                        gint64 now,
                                        ScStreamStatusFields *fields,
                                        GError **error);

G_END_DECLS
