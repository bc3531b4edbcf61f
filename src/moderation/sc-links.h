/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-term-list.h"

G_BEGIN_DECLS

gboolean sc_links_find (const char *line, const char *const *allowed, GArray *spans);
gboolean sc_links_is_host (const char *text);

G_END_DECLS
