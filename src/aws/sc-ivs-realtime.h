/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"
#include "sc-ivs-shapes.h"

G_BEGIN_DECLS

ScIvsStage *sc_ivs_realtime_create_stage (ScAws *aws, const ScIvsStage *wanted, GError **error);
GPtrArray *sc_ivs_realtime_list_stages (ScAws *aws, char **token, GError **error);
gboolean sc_ivs_realtime_delete_stage (ScAws *aws, const char *arn, GError **error);

G_END_DECLS
