/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"
#include "sc-stream-status.h"

G_BEGIN_DECLS

gboolean sc_viewer_store_add (ScStoreConnection *connection,
                              const char *stream_id,
                              gint64 viewers,
                              gint64 at,
                              GError **error);
gboolean sc_viewer_store_add_samples (ScStoreConnection *connection,
                                      const char *stream_id,
                                      const GArray *samples,
                                      GError **error);
gboolean sc_viewer_store_forget (ScStoreConnection *connection, gint64 now, GError **error);

G_END_DECLS
