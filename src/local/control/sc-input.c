/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Inputs checked against tables in the terms of Amazon's models. */

#include "config.h"

#include "sc-input.h"

#include "sc-control-error.h"

const ScInputRule sc_input_tag[] = {
  { .name = "key", .kind = SC_INPUT_STRING, .min = 1, .max = 128 },
  { .name = "value", .kind = SC_INPUT_STRING, .min = 0, .max = 256 },
  {},
};

static gboolean check_value (const ScInputRule *rule, JsonNode *node, GError **error);

static gboolean
refuse (const ScInputRule *rule, const char *why, GError **error)
{
  g_set_error (error, SC_CONTROL_ERROR, SC_CONTROL_ERROR_VALIDATION, "%s %s", rule->name, why);
  return FALSE;
}

static gboolean
check_range (const ScInputRule *rule, gint64 value, const char *what, GError **error)
{
  if (value >= rule->min && value <= rule->max)
    return TRUE;
  g_autofree char *why =
    g_strdup_printf ("must have between %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT " %s",
                     rule->min,
                     rule->max,
                     what);
  return refuse (rule, why, error);
}

static gboolean
check_string (const ScInputRule *rule, const char *value, GError **error)
{
  if (rule->values)
    return g_strv_contains (rule->values, value) ||
           refuse (rule, "is none of the values allowed", error);
  if (!check_range (rule, g_utf8_strlen (value, -1), "characters", error))
    return FALSE;
  if (!rule->pattern)
    return TRUE;
  g_autofree char *whole = g_strdup_printf ("\\A(?:%s)\\z", rule->pattern);
  return g_regex_match_simple (whole, value, 0, 0) ||
         refuse (rule, "has a form that is not allowed", error);
}

static gboolean
check_list (const ScInputRule *rule, JsonArray *list, GError **error)
{
  guint length = json_array_get_length (list);
  if (!check_range (rule, length, "elements", error))
    return FALSE;
  for (guint i = 0; i < length; i++) {
    if (!check_value (&rule->members[0], json_array_get_element (list, i), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_map (const ScInputRule *rule, JsonObject *map, GError **error)
{
  if (!check_range (rule, json_object_get_size (map), "members", error))
    return FALSE;
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;
  json_object_iter_init (&iter, map);
  while (json_object_iter_next (&iter, &name, &node)) {
    if (!check_string (&rule->members[0], name, error) ||
        !check_value (&rule->members[1], node, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
check_value (const ScInputRule *rule, JsonNode *node, GError **error)
{
  switch (rule->kind) {
  case SC_INPUT_STRING:
    return holds (node, G_TYPE_STRING) ? check_string (rule, json_node_get_string (node), error)
                                       : refuse (rule, "must be a string", error);
  case SC_INPUT_INTEGER:
    return holds (node, G_TYPE_INT64) ? check_range (rule, json_node_get_int (node), "", error)
                                      : refuse (rule, "must be a whole number", error);
  case SC_INPUT_BOOLEAN:
    return holds (node, G_TYPE_BOOLEAN) || refuse (rule, "must be true or false", error);
  case SC_INPUT_LIST:
    return JSON_NODE_HOLDS_ARRAY (node) ? check_list (rule, json_node_get_array (node), error)
                                        : refuse (rule, "must be a list", error);
  case SC_INPUT_MAP:
    return JSON_NODE_HOLDS_OBJECT (node) ? check_map (rule, json_node_get_object (node), error)
                                         : refuse (rule, "must be a map", error);
  case SC_INPUT_OBJECT:
    return JSON_NODE_HOLDS_OBJECT (node)
             ? sc_input_check (rule->members, json_node_get_object (node), NULL, error)
             : refuse (rule, "must be an object", error);
  default:
    g_return_val_if_reached (FALSE);
  }
}

/**
 * sc_input_check:
 * @rules: the rules, ended by one without a name
 * @input: what came; members without a rule are ignored, as Amazon ignores them
 * @ret_member: (out) (optional): the name of the member that breaks its rule, static
 * @error: %SC_CONTROL_ERROR_VALIDATION; the message does not quote the value
 *
 * Returns: %TRUE if the input obeys
 */
gboolean
sc_input_check (const ScInputRule *rules,
                JsonObject *input,
                const char **ret_member,
                GError **error)
{
  for (const ScInputRule *rule = rules; rule->name; rule++) {
    JsonNode *node = json_object_get_member (input, rule->name);
    gboolean there = node && !JSON_NODE_HOLDS_NULL (node);
    if (there ? check_value (rule, node, error)
              : !rule->required || refuse (rule, "is required", error))
      continue;
    if (ret_member)
      *ret_member = rule->name;
    return FALSE;
  }
  return TRUE;
}
