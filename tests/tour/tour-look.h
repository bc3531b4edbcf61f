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
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiEventListener, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiText, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiValue, g_object_unref)

/* What stands for "any role" where a control is asked for by its name alone. */
#define TOUR_ANY_ROLE ATSPI_ROLE_INVALID

/* What stands for the roles of what holds text. */
#define TOUR_FIELD_ROLE ATSPI_ROLE_EXTENDED

/* What stands for the roles of a switch: GTK 4.18 has it be a check box, GTK 4.24 a switch. */
#define TOUR_SWITCH_ROLE ATSPI_ROLE_SWITCH

/* The longest a person waits for what comes soon, seconds: a machine that is busy elsewhere takes
 * ten times as long as one that is not. */
#define TOUR_PATIENCE 40

AtspiAccessible *tour_look_for (TourPerson *person,
                                AtspiRole role,
                                const char *name,
                                AtspiStateType state,
                                double seconds,
                                GError **error);
AtspiAccessible *
tour_see (TourPerson *person, AtspiRole role, const char *name, double seconds, GError **error);
AtspiAccessible *tour_see_in (AtspiAccessible *parent, AtspiRole role, const char *name);
gboolean tour_see_gone (TourPerson *person,
                        AtspiRole role,
                        const char *name,
                        double seconds,
                        GError **error);
AtspiAccessible *tour_find_field (TourPerson *person, const char *name, GError **error);
AtspiValue *tour_find_value (TourPerson *person, const char *name, GError **error);
gboolean tour_measure (TourPerson *person, AtspiAccessible *control, AtspiRect *ret_rect);
gboolean tour_get_extents (TourPerson *person,
                           AtspiRole role,
                           const char *name,
                           double seconds,
                           AtspiRect *ret_rect,
                           GError **error);
char *tour_read (TourPerson *person, const char *name, GError **error);
gboolean tour_read_slider (TourPerson *person,
                           const char *name,
                           double *ret_value,
                           double *ret_end,
                           GError **error);
char **tour_list (TourPerson *person, AtspiRole role, const char *name);
guint tour_count_text (TourPerson *person, const char *text);
AtspiAccessible *tour_find_app (TourPerson *person);
void tour_print_tree (TourPerson *person);

G_END_DECLS
