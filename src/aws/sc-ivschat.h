/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"
#include "sc-ivs-shapes.h"

G_BEGIN_DECLS

ScIvsRoom *sc_ivschat_create_room (ScAws *aws, const ScIvsRoom *wanted, GError **error);
GPtrArray *sc_ivschat_list_rooms (ScAws *aws, const char *name, char **token, GError **error);
gboolean sc_ivschat_delete_room (ScAws *aws, const char *arn, GError **error);

G_END_DECLS
