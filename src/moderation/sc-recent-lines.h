/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ScRecentLines ScRecentLines;

ScRecentLines *sc_recent_lines_new (void);
void sc_recent_lines_free (ScRecentLines *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRecentLines, sc_recent_lines_free)

gint64 sc_recent_lines_get_last (ScRecentLines *self, const char *room, const char *person);
guint sc_recent_lines_count_same (ScRecentLines *self,
                                  const char *room,
                                  const char *person,
                                  const char *key,
                                  gint64 since_us);
void sc_recent_lines_add (ScRecentLines *self,
                          const char *room,
                          const char *person,
                          const char *key,
                          gint64 now_us);

G_END_DECLS
