/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a value of a template comes to: plain data, and those of CloudFormation's functions that our
 * template uses, in their short and their long forms. The caller knows what the names stand for, so
 * the same walk checks a template and resolves it. What is AWS::NoValue is left out. */

#include "config.h"

#include "sc-expression.h"

#include "sc-stack-error.h"

#include <errno.h>
#include <string.h>

typedef JsonNode *(*Function) (const ScExpressionScope *scope,
                               const ScYaml *argument,
                               GError **error);

static JsonNode *resolve (const ScExpressionScope *scope, const ScYaml *node, GError **error);

static JsonNode *
new_string (const char *text)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (node, text);
  return node;
}

/* Appends a string's or a number's text. */
static gboolean
append_text (GString *text, JsonNode *node, guint line, GError **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  if (type == G_TYPE_STRING)
    g_string_append (text, json_node_get_string (node));
  else if (type == G_TYPE_INT64)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else {
    sc_stack_set_error (error, SC_STACK_ERROR_TEMPLATE, line, "this has to be text");
    return FALSE;
  }
  return TRUE;
}

static JsonNode *
resolve_ref (const ScExpressionScope *scope, const ScYaml *argument, GError **error)
{
  if (argument->kind == SC_YAML_SCALAR)
    return scope->lookup (argument->text, NULL, argument->line, scope->user_data, error);
  sc_stack_set_error (error, SC_STACK_ERROR_TEMPLATE, argument->line, "Ref takes one name");
  return NULL;
}

/* Looks up "Resource.Attribute"; the attribute may have dots of its own. */
static JsonNode *
lookup_dotted (const ScExpressionScope *scope, const char *dotted, guint line, GError **error)
{
  const char *dot = strchr (dotted, '.');
  g_autofree char *name = dot ? g_strndup (dotted, dot - dotted) : g_strdup (dotted);
  return scope->lookup (name, dot ? dot + 1 : NULL, line, scope->user_data, error);
}

static JsonNode *
resolve_get_att (const ScExpressionScope *scope, const ScYaml *argument, GError **error)
{
  if (argument->kind == SC_YAML_SCALAR && strchr (argument->text, '.'))
    return lookup_dotted (scope, argument->text, argument->line, error);
  const ScYaml *name = argument->kind == SC_YAML_SEQUENCE ? sc_yaml_get_nth (argument, 0) : NULL;
  const ScYaml *attribute = name ? sc_yaml_get_nth (argument, 1) : NULL;
  if (attribute && sc_yaml_get_length (argument) == 2 && name->kind == SC_YAML_SCALAR &&
      attribute->kind == SC_YAML_SCALAR)
    return scope->lookup (name->text, attribute->text, argument->line, scope->user_data, error);
  sc_stack_set_error (error,
                      SC_STACK_ERROR_TEMPLATE,
                      argument->line,
                      "GetAtt takes Resource.Attribute or a list of the two");
  return NULL;
}

/* Replaces one ${...}: from @variables if it is there, else a name of the template's. */
static JsonNode *
resolve_variable (const ScExpressionScope *scope,
                  const ScYaml *variables,
                  const char *name,
                  guint line,
                  GError **error)
{
  const ScYaml *own = sc_yaml_get (variables, name);
  return own ? resolve (scope, own, error) : lookup_dotted (scope, name, line, error);
}

/* Appends @text with its ${...} replaced; ${!x} stands for the text ${x}. */
static gboolean
substitute (const ScExpressionScope *scope,
            const ScYaml *text,
            const ScYaml *variables,
            GString *result,
            GError **error)
{
  for (const char *at = text->text; *at;) {
    const char *open = strstr (at, "${");
    const char *close = open ? strchr (open, '}') : NULL;
    g_string_append_len (result, at, open ? open - at : (gssize) strlen (at));
    if (!open)
      return TRUE;
    if (!close) {
      sc_stack_set_error (error, SC_STACK_ERROR_TEMPLATE, text->line, "a “${” without its “}”");
      return FALSE;
    }
    g_autofree char *name = g_strndup (open + 2, close - open - 2);
    at = close + 1;
    if (*name == '!') {
      g_string_append_printf (result, "${%s}", name + 1);
      continue;
    }
    g_autoptr (JsonNode) value = resolve_variable (scope, variables, name, text->line, error);
    if (!value || !append_text (result, value, text->line, error))
      return FALSE;
  }
  return TRUE;
}

static JsonNode *
resolve_sub (const ScExpressionScope *scope, const ScYaml *argument, GError **error)
{
  const ScYaml *text = argument, *variables = NULL;
  if (argument->kind == SC_YAML_SEQUENCE && sc_yaml_get_length (argument) == 2) {
    text = sc_yaml_get_nth (argument, 0);
    variables = sc_yaml_get_nth (argument, 1);
  }
  if (text->kind != SC_YAML_SCALAR || (variables && variables->kind != SC_YAML_MAPPING)) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_TEMPLATE,
                        argument->line,
                        "Sub takes a text, or a list of a text and a mapping");
    return NULL;
  }
  g_autoptr (GString) result = g_string_new (NULL);
  return substitute (scope, text, variables, result, error) ? new_string (result->str) : NULL;
}

static JsonNode *
resolve_join (const ScExpressionScope *scope, const ScYaml *argument, GError **error)
{
  const ScYaml *separator =
    argument->kind == SC_YAML_SEQUENCE ? sc_yaml_get_nth (argument, 0) : NULL;
  const ScYaml *parts = separator ? sc_yaml_get_nth (argument, 1) : NULL;
  if (!parts || sc_yaml_get_length (argument) != 2 || separator->kind != SC_YAML_SCALAR ||
      parts->kind != SC_YAML_SEQUENCE) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_TEMPLATE,
                        argument->line,
                        "Join takes a separator and a list in one list");
    return NULL;
  }
  g_autoptr (GString) result = g_string_new (NULL);
  for (guint i = 0; i < sc_yaml_get_length (parts); i++) {
    const ScYaml *part = sc_yaml_get_nth (parts, i);
    g_autoptr (JsonNode) value = resolve (scope, part, error);
    g_string_append (result, i > 0 ? separator->text : "");
    if (!value || !append_text (result, value, part->line, error))
      return NULL;
  }
  return new_string (result->str);
}

/* Says whether @argument is a list of @count; if not, with @words as the error. */
static gboolean
check_list (const ScYaml *argument, guint count, const char *words, GError **error)
{
  if (argument->kind == SC_YAML_SEQUENCE && sc_yaml_get_length (argument) == count)
    return TRUE;
  sc_stack_set_error (error, SC_STACK_ERROR_TEMPLATE, argument->line, "%s", words);
  return FALSE;
}

static JsonNode *
resolve_if (const ScExpressionScope *scope, const ScYaml *argument, GError **error)
{
  ScExpressionTruth truth;
  if (!check_list (argument, 3, "If takes a condition's name and two values in one list", error))
    return NULL;
  const ScYaml *condition = sc_yaml_get_nth (argument, 0);
  if (!scope->ask (condition->text ? condition->text : "",
                   condition->line,
                   scope->user_data,
                   &truth,
                   error))
    return NULL;
  const ScYaml *first = sc_yaml_get_nth (argument, 1), *second = sc_yaml_get_nth (argument, 2);
  if (truth != SC_EXPRESSION_EITHER)
    return resolve (scope, truth == SC_EXPRESSION_TRUE ? first : second, error);
  g_autoptr (JsonNode) either = resolve (scope, first, error);
  return either ? resolve (scope, second, error) : NULL;
}

static JsonNode *
new_boolean (gboolean value)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  json_node_set_boolean (node, value);
  return node;
}

/* CloudFormation compares texts: the number 1 and the text "1" are the same. */
static JsonNode *
resolve_equals (const ScExpressionScope *scope, const ScYaml *argument, GError **error)
{
  if (!check_list (argument, 2, "Equals takes two values in one list", error))
    return NULL;
  GString *texts[2] = { NULL };
  gboolean good = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (texts) && good; i++) {
    g_autoptr (JsonNode) value = resolve (scope, sc_yaml_get_nth (argument, i), error);
    texts[i] = g_string_new (NULL);
    good = value && append_text (texts[i], value, argument->line, error);
  }
  JsonNode *result = good ? new_boolean (g_string_equal (texts[0], texts[1])) : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (texts) && texts[i]; i++)
    g_string_free (texts[i], TRUE);
  return result;
}

static JsonNode *
resolve_not (const ScExpressionScope *scope, const ScYaml *argument, GError **error)
{
  if (!check_list (argument, 1, "Not takes one condition in a list", error))
    return NULL;
  g_autoptr (JsonNode) value = resolve (scope, sc_yaml_get_nth (argument, 0), error);
  if (!value)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    return new_boolean (!json_node_get_boolean (value));
  sc_stack_set_error (error,
                      SC_STACK_ERROR_TEMPLATE,
                      argument->line,
                      "Not takes one condition in a list");
  return NULL;
}

/* Here are as many zones as there are letters; our template takes two. */
static JsonNode *
resolve_get_azs (const ScExpressionScope *scope, const ScYaml *argument, GError **error)
{
  g_autoptr (JsonNode) region =
    scope->lookup ("AWS::Region", NULL, argument->line, scope->user_data, error);
  if (!region)
    return NULL;
  g_autoptr (JsonArray) zones = json_array_new ();
  for (const char *letter = "abc"; *letter; letter++) {
    g_autofree char *zone = g_strdup_printf ("%s%c", json_node_get_string (region), *letter);
    json_array_add_string_element (zones, zone);
  }
  return json_node_init_array (json_node_alloc (), zones);
}

static JsonNode *
resolve_select (const ScExpressionScope *scope, const ScYaml *argument, GError **error)
{
  guint64 index = 0;
  if (!check_list (argument, 2, "Select takes an index and a list in one list", error))
    return NULL;
  const char *text = sc_yaml_get_nth (argument, 0)->text;
  g_autoptr (JsonNode) list = resolve (scope, sc_yaml_get_nth (argument, 1), error);
  if (!list)
    return NULL;
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
  if (array && text && json_array_get_length (array) > 0 &&
      g_ascii_string_to_unsigned (text, 10, 0, json_array_get_length (array) - 1, &index, NULL))
    return json_array_dup_element (array, (guint) index);
  sc_stack_set_error (error,
                      SC_STACK_ERROR_TEMPLATE,
                      argument->line,
                      "Select takes an index and a list that has it");
  return NULL;
}

static const struct {
  const char *tag;
  const char *key;
  Function function;
} functions[] = {
  { "!Ref", "Ref", resolve_ref },
  { "!GetAtt", "Fn::GetAtt", resolve_get_att },
  { "!Sub", "Fn::Sub", resolve_sub },
  { "!Join", "Fn::Join", resolve_join },
  { "!If", "Fn::If", resolve_if },
  { "!Equals", "Fn::Equals", resolve_equals },
  { "!Not", "Fn::Not", resolve_not },
  { "!GetAZs", "Fn::GetAZs", resolve_get_azs },
  { "!Select", "Fn::Select", resolve_select },
};

/* Finds the function that @node is a call of, in either form. Returns FALSE with an error for one
 * that the local cloud does not know; @ret_function is NULL for plain data. */
static gboolean
find_function (const ScYaml *node,
               Function *ret_function,
               const ScYaml **ret_argument,
               GError **error)
{
  const char *key = node->kind == SC_YAML_MAPPING && sc_yaml_get_length (node) == 1
                      ? sc_yaml_get_key (node, 0)
                      : NULL;
  *ret_function = NULL;
  *ret_argument = node->tag ? node : key ? sc_yaml_get_nth (node, 0) : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++) {
    if (node->tag ? g_str_equal (node->tag, functions[i].tag)
                  : g_strcmp0 (key, functions[i].key) == 0) {
      *ret_function = functions[i].function;
      return TRUE;
    }
  }
  if (!node->tag && !(key && g_str_has_prefix (key, "Fn::")))
    return TRUE;
  sc_stack_set_error (error,
                      SC_STACK_ERROR_UNSUPPORTED,
                      node->line,
                      "the local cloud does not know “%s”",
                      node->tag ? node->tag : key);
  return FALSE;
}

/* Quoted text stays text; CloudFormation's dates as 2012-10-17 stay text too. */
static JsonNode *
resolve_scalar (const ScYaml *node)
{
  if (!node->plain)
    return new_string (node->text);

  JsonNode *value = json_node_new (JSON_NODE_VALUE);
  char *end = NULL;
  errno = 0;
  gint64 number = g_ascii_strtoll (node->text, &end, 10);
  if (g_str_equal (node->text, "true") || g_str_equal (node->text, "false"))
    json_node_set_boolean (value, *node->text == 't');
  else if (*node->text && !*end && errno == 0)
    json_node_set_int (value, number);
  else
    json_node_set_string (value, node->text);
  return value;
}

static JsonNode *
resolve_sequence (const ScExpressionScope *scope, const ScYaml *node, GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  for (guint i = 0; i < sc_yaml_get_length (node); i++) {
    JsonNode *value = resolve (scope, sc_yaml_get_nth (node, i), error);
    if (!value)
      return NULL;
    if (JSON_NODE_HOLDS_NULL (value))
      json_node_unref (value);
    else
      json_array_add_element (array, value);
  }
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
resolve_mapping (const ScExpressionScope *scope, const ScYaml *node, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  for (guint i = 0; i < sc_yaml_get_length (node); i++) {
    JsonNode *value = resolve (scope, sc_yaml_get_nth (node, i), error);
    if (!value)
      return NULL;
    if (JSON_NODE_HOLDS_NULL (value))
      json_node_unref (value);
    else
      json_object_set_member (object, sc_yaml_get_key (node, i), value);
  }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
resolve (const ScExpressionScope *scope, const ScYaml *node, GError **error)
{
  Function function = NULL;
  const ScYaml *argument = NULL;
  if (!find_function (node, &function, &argument, error))
    return NULL;
  if (function)
    return function (scope, argument, error);
  if (node->kind == SC_YAML_SCALAR)
    return resolve_scalar (node);
  return node->kind == SC_YAML_SEQUENCE ? resolve_sequence (scope, node, error)
                                        : resolve_mapping (scope, node, error);
}

/**
 * sc_expression_resolve:
 * @expression: a value of a template
 * @scope: what the names in it stand for
 * @error: an error of %SC_STACK_ERROR, those of @scope too
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the value as JSON; null for AWS::NoValue
 */
JsonNode *
sc_expression_resolve (const ScYaml *expression, const ScExpressionScope *scope, GError **error)
{
  return resolve (scope, expression, error);
}
