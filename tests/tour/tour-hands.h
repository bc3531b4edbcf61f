/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tour-person.h"

#include <atspi/atspi.h>

G_BEGIN_DECLS

/* libatspi brings none of its own. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAction, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiComponent, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiEditableText, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiText, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiValue, g_object_unref)

/* What stands for "any role" where a control is asked for by its name alone. */
#define TOUR_ANY_ROLE ATSPI_ROLE_INVALID

AtspiAccessible *
tour_see (TourPerson *person, AtspiRole role, const char *name, double seconds, GError **error);
gboolean tour_see_gone (TourPerson *person,
                        AtspiRole role,
                        const char *name,
                        double seconds,
                        GError **error);
gboolean tour_press (TourPerson *person, AtspiRole role, const char *name, GError **error);
gboolean tour_open_menu (TourPerson *person, const char *name, GError **error);
gboolean tour_type (TourPerson *person, const char *name, const char *text, GError **error);
char *tour_read (TourPerson *person, const char *name, GError **error);
gboolean tour_slide (TourPerson *person, const char *name, double to, GError **error);
gboolean tour_read_slider (TourPerson *person,
                           const char *name,
                           double *ret_value,
                           double *ret_end,
                           GError **error);
gboolean tour_get_extents (TourPerson *person,
                           AtspiRole role,
                           const char *name,
                           AtspiRect *ret_rect,
                           GError **error);
char **tour_list (TourPerson *person, AtspiRole role, const char *name);
void tour_print_tree (TourPerson *person);

G_END_DECLS
