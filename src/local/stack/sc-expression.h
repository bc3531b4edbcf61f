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

/**
 * ScExpressionTruth:
 * @SC_EXPRESSION_FALSE: the condition does not hold
 * @SC_EXPRESSION_TRUE: it holds
 * @SC_EXPRESSION_EITHER: that is not known yet, and both branches of an If have to be right
 */
typedef enum {
  SC_EXPRESSION_FALSE,
  SC_EXPRESSION_TRUE,
  SC_EXPRESSION_EITHER,
} ScExpressionTruth;

/**
 * ScExpressionAsk:
 * @condition: a condition's name
 * @line: where the template asks
 * @user_data: the caller's
 * @ret_truth: whether it holds
 * @error: an error of %SC_STACK_ERROR
 *
 * Returns: %FALSE with @error if there is no such condition
 */
typedef gboolean (*ScExpressionAsk) (const char *condition,
                                     guint line,
                                     gpointer user_data,
                                     ScExpressionTruth *ret_truth,
                                     GError **error);

/**
 * ScExpressionScope:
 * @lookup: what names stand for
 * @ask: which conditions hold
 * @user_data: for both
 */
typedef struct {
  ScExpressionLookup lookup;
  ScExpressionAsk ask;
  gpointer user_data;
} ScExpressionScope;

JsonNode *sc_expression_resolve (const ScYaml *expression,
                                 const ScExpressionScope *scope,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
