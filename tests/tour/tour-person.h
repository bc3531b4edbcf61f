/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tour-error.h"

G_BEGIN_DECLS

typedef struct _TourPerson TourPerson;
typedef struct _TourEyes TourEyes;

TourPerson *tour_person_new (const char *name, const char *program, const char *folder);
void tour_person_free (TourPerson *self);

void tour_person_setenv (TourPerson *self, const char *variable, const char *value);
void tour_person_box (TourPerson *self);
gboolean tour_person_owns (TourPerson *self, int pid);
gboolean tour_person_give_own_bus (TourPerson *self, GError **error);
gboolean tour_person_start_app (TourPerson *self, GError **error);
gboolean tour_person_quit_app (TourPerson *self, GError **error);
gboolean tour_person_crash_app (TourPerson *self, gboolean *ret_core, GError **error);
gboolean tour_person_open (TourPerson *self, const char *link, GError **error);
gboolean tour_person_set (TourPerson *self, const char *key, const char *value, GError **error);

const char *tour_person_get_folder (TourPerson *self);
const char *tour_person_get_name (TourPerson *self);
int tour_person_get_pid (TourPerson *self);
void tour_person_set_window_x (TourPerson *self, int x);
int tour_person_get_window_x (TourPerson *self);
void tour_person_set_keyboard (TourPerson *self, TourEyes *eyes);
TourEyes *tour_person_get_keyboard (TourPerson *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TourPerson, tour_person_free)

G_END_DECLS
