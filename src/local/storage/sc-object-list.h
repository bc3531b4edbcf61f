/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *sc_object_list_to_xml (const char *directory, const char *bucket, GHashTable *query);
char *sc_object_list_delete (const char *directory, GBytes *order);

G_END_DECLS
