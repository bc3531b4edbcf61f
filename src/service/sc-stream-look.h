/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-service.h"
#include "sc-stream-status.h"

G_BEGIN_DECLS

gboolean sc_stream_look (ScService *service,
                         const char *channel_arn,
                         const ScStreamStatusFields *known,
                         gboolean *ret_new,
                         GError **error);

G_END_DECLS
