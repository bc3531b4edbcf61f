/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void sc_list_follow (GListStore *shown, GPtrArray *newer, GEqualFunc is_same);

G_END_DECLS
