/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-ingest-error.h"

G_BEGIN_DECLS

/* The longest line, with its end: "PROXY protocol" 2.1. */
#define SC_PROXY_LINE_MAX 107

gboolean sc_proxy_line_read (const guint8 *data,
                             gsize size,
                             gsize *ret_consumed,
                             char **ret_address,
                             GError **error);

G_END_DECLS
