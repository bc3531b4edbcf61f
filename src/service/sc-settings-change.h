/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How many of the entries of a list that came, and how many of those that went, are named. */
#define SC_SETTINGS_CHANGE_NAMED 20

JsonObject *sc_settings_change_describe (JsonObject *before, JsonObject *after);

G_END_DECLS
