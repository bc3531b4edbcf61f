/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Looking at a window, and taking its picture. */

typedef void (*SctArrange) (gpointer data);

GtkWidget *sct_find (GtkWidget *root, GType type, const char *text);
gboolean sct_press_shortcut (GtkWidget *widget, guint key);
void sct_open_menu (GtkWidget *root);
guint sct_open_menus (GtkWidget *root);
void sct_wait_frames (GtkWidget *widget, guint wanted);
GdkTexture *sct_paint (GtkWidget *window);
void sct_save_picture (GtkWidget *window, const char *name);
void sct_set_font (guint percent);
void sct_check_large (GtkWidget *window);
void sct_check_narrow (GtkWidget *window);
void sct_take_pictures (GtkWidget *window, const char *name);
void sct_take_pictures_with (GtkWidget *window,
                             const char *name,
                             int height,
                             SctArrange arrange,
                             gpointer data);
void sct_forget_places (void);
void sct_window_init (int *argc, char ***argv);

G_END_DECLS
