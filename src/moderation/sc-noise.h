/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-term-list.h"

G_BEGIN_DECLS

gboolean sc_noise_find_repeats (const char *line, GArray *excess);
gboolean sc_noise_has_capitals (const char *line);
gboolean sc_noise_is_emoji (const char *line);
char *sc_noise_make_key (const char *line);

G_END_DECLS
