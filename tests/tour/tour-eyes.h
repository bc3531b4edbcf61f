/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tour-person.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

TourEyes *tour_eyes_new (GError **error);
void tour_eyes_free (TourEyes *self);

struct _XDisplay *tour_eyes_get_display (TourEyes *self);
unsigned long tour_eyes_find_window (TourEyes *self, TourPerson *person, GError **error);

gboolean
tour_eyes_place (TourEyes *self, TourPerson *person, int x, int width, int height, GError **error);
gboolean tour_eyes_point (TourEyes *self, TourPerson *person, int x, int y, GError **error);
gboolean tour_eyes_begin_stir (TourEyes *self, TourPerson *person, int x, int y, GError **error);
void tour_eyes_end_stir (TourEyes *self);
GdkPixbuf *tour_eyes_grab (TourEyes *self, TourPerson *person, GError **error);

guint tour_picture_count_differences (GdkPixbuf *one, GdkPixbuf *other);
gboolean tour_picture_is_near (GdkPixbuf *picture, int x, int y, guint32 rgb);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TourEyes, tour_eyes_free)

G_END_DECLS
