/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-yaml.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScExpressionLookup:
 * @name: a parameter's, a pseudo parameter's or a resource's name
 * @attribute: (nullable): the attribute that is wanted, or %NULL for what Ref gives
 * @line: where the template asks
 * @user_data: the caller's
 * @error: an error of %SC_STACK_ERROR
 *
 * Returns: (transfer full) (nullable): the value, a string or a number
 */
typedef JsonNode *(*ScExpressionLookup) (const char *name,
                                         const char *attribute,
                                         guint line,
                                         gpointer user_data,
                                         GError **error);

JsonNode *sc_expression_resolve (const ScYaml *expression,
                                 ScExpressionLookup lookup,
                                 gpointer user_data,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
