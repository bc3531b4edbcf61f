/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-yaml.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean sc_template_parameters_check (const ScYaml *section, GError **error);
JsonObject *sc_template_parameters_bind (const ScYaml *section,
                                         GHashTable *given,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
