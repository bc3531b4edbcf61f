/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"
#include "sc-ivs-shapes.h"

G_BEGIN_DECLS

ScIvsChannel *sc_ivs_create_channel (ScAws *aws,
                                     const ScIvsChannel *wanted,
                                     ScIvsStreamKey **ret_key,
                                     GError **error);
ScIvsChannel *sc_ivs_get_channel (ScAws *aws, const char *arn, GError **error);
GPtrArray *sc_ivs_list_channels (ScAws *aws, const char *name, char **token, GError **error);
gboolean sc_ivs_update_channel_recording (ScAws *aws,
                                          const char *arn,
                                          const char *recording_configuration_arn,
                                          GError **error);
gboolean sc_ivs_update_channel_delivery (ScAws *aws,
                                         const char *arn,
                                         const char *type,
                                         const char *latency_mode,
                                         GError **error);
gboolean sc_ivs_delete_channel (ScAws *aws, const char *arn, GError **error);

ScIvsStreamKey *sc_ivs_get_stream_key (ScAws *aws, const char *arn, GError **error);
ScIvsStreamKey *
sc_ivs_create_stream_key (ScAws *aws, const char *channel_arn, const char *project, GError **error);
gboolean sc_ivs_delete_stream_key (ScAws *aws, const char *arn, GError **error);
GPtrArray *sc_ivs_list_stream_keys (ScAws *aws, const char *channel_arn, GError **error);

ScIvsStream *sc_ivs_get_stream (ScAws *aws, const char *channel_arn, GError **error);
GPtrArray *sc_ivs_list_streams (ScAws *aws, char **token, GError **error);
gboolean
sc_ivs_put_metadata (ScAws *aws, const char *channel_arn, const char *metadata, GError **error);
gboolean sc_ivs_stop_stream (ScAws *aws, const char *channel_arn, GError **error);
ScIvsStreamSession *sc_ivs_get_stream_session (ScAws *aws,
                                               const char *channel_arn,
                                               const char *stream_id,
                                               GError **error);

G_END_DECLS
