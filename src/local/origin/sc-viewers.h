/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who watches a channel. */
typedef struct _ScViewers ScViewers;

ScViewers *sc_viewers_new (void);
void sc_viewers_free (ScViewers *self);

void sc_viewers_see (ScViewers *self, const char *viewer, gint64 now_us);
guint sc_viewers_count (ScViewers *self, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScViewers, sc_viewers_free)

G_END_DECLS
