/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean sc_ts_lead_is_stream (const guint8 *data, gsize size);
gboolean sc_ts_lead_find (const guint8 *data, gsize size, gboolean is_all, gint64 *ret_lead);

G_END_DECLS
