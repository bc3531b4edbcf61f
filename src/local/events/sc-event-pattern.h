/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-event-error.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean sc_event_pattern_check (JsonObject *pattern, GError **error);
gboolean sc_event_pattern_matches (JsonObject *pattern, JsonObject *event);

G_END_DECLS
