/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *sc_follow_words (gboolean following);
char *sc_follow_hint (gboolean following, gint64 followers);
const char *sc_follow_failed_words (gboolean wanted);
const char *sc_bell_hint (gboolean notify);
char *sc_follow_count (gint64 followers);

G_END_DECLS
