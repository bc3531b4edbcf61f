/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tour-person.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

typedef struct _TourEyes TourEyes;

TourEyes *tour_eyes_new (GError **error);
void tour_eyes_free (TourEyes *self);

gboolean
tour_eyes_place (TourEyes *self, TourPerson *person, int x, int width, int height, GError **error);
gboolean tour_eyes_point (TourEyes *self, TourPerson *person, int x, int y, GError **error);
gboolean tour_eyes_begin_stir (TourEyes *self, TourPerson *person, int x, int y, GError **error);
void tour_eyes_end_stir (TourEyes *self);
gboolean tour_eyes_press_key (TourEyes *self, TourPerson *person, guint key, GError **error);
gboolean tour_eyes_press_control (TourEyes *self, TourPerson *person, guint key, GError **error);
GdkPixbuf *tour_eyes_grab (TourEyes *self, TourPerson *person, GError **error);

guint tour_picture_count_differences (GdkPixbuf *one, GdkPixbuf *other);
gboolean tour_picture_is_near (GdkPixbuf *picture, int x, int y, guint32 rgb);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TourEyes, tour_eyes_free)

G_END_DECLS
