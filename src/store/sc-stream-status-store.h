/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"
#include "sc-stream-status.h"

G_BEGIN_DECLS

gboolean sc_stream_status_store_read (ScStoreConnection *connection,
                                      gint64 user_id,
                                      const char *stream_id,
                                      ScStreamStatusFields *fields,
                                      GError **error);

gboolean sc_stream_status_store_find_measured (ScStoreConnection *connection,
                                               const char *stream_id,
                                               gint64 *ret_at,
                                               GError **error);
gboolean sc_stream_status_store_claim (ScStoreConnection *connection,
                                       const char *stream_id,
                                       gint64 now,
                                       gint64 period_us,
                                       gboolean *ret_claimed,
                                       GError **error);
gboolean sc_stream_status_store_put_off (ScStoreConnection *connection,
                                         const char *stream_id,
                                         gint64 looked_at,
                                         GError **error);
gboolean sc_stream_status_store_set_ingest (ScStoreConnection *connection,
                                            const char *stream_id,
                                            JsonObject *ingest,
                                            GError **error);

G_END_DECLS
