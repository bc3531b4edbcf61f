/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-error-words.h"

G_BEGIN_DECLS

const ScErrorWords *sc_player_words_find (const GError *error);

G_END_DECLS
