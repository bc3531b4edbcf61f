/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sct_words_init (void);
char *sct_words_strip (const char *text);
void sct_words_check (GtkWidget *window, const char *name, int width);

G_END_DECLS
