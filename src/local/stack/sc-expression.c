/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a value of a template comes to: plain data, and CloudFormation's functions Ref, GetAtt, Sub
 * and Join in their short and their long forms. The caller knows what the names stand for, so the
 * same walk checks a template and resolves it. */

#include "config.h"

#include "sc-expression.h"

#include "sc-stack-error.h"

#include <errno.h>
#include <string.h>

typedef struct {
  ScExpressionLookup lookup;
  gpointer user_data;
} Resolver;

typedef JsonNode *(*Function) (const Resolver *resolver, const ScYaml *argument, GError **error);

static JsonNode *resolve (const Resolver *resolver, const ScYaml *node, GError **error);

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
resolve_ref (const Resolver *resolver, const ScYaml *argument, GError **error)
{
  if (argument->kind == SC_YAML_SCALAR)
    return resolver->lookup (argument->text, NULL, argument->line, resolver->user_data, error);
  sc_stack_set_error (error, SC_STACK_ERROR_TEMPLATE, argument->line, "Ref takes one name");
  return NULL;
}

/* Looks up "Resource.Attribute"; the attribute may have dots of its own. */
static JsonNode *
lookup_dotted (const Resolver *resolver, const char *dotted, guint line, GError **error)
{
  const char *dot = strchr (dotted, '.');
  g_autofree char *name = dot ? g_strndup (dotted, dot - dotted) : g_strdup (dotted);
  return resolver->lookup (name, dot ? dot + 1 : NULL, line, resolver->user_data, error);
}

static JsonNode *
resolve_get_att (const Resolver *resolver, const ScYaml *argument, GError **error)
{
  if (argument->kind == SC_YAML_SCALAR && strchr (argument->text, '.'))
    return lookup_dotted (resolver, argument->text, argument->line, error);
  const ScYaml *name = argument->kind == SC_YAML_SEQUENCE ? sc_yaml_get_nth (argument, 0) : NULL;
  const ScYaml *attribute = name ? sc_yaml_get_nth (argument, 1) : NULL;
  if (attribute && sc_yaml_get_length (argument) == 2 && name->kind == SC_YAML_SCALAR &&
      attribute->kind == SC_YAML_SCALAR)
    return resolver->lookup (name->text,
                             attribute->text,
                             argument->line,
                             resolver->user_data,
                             error);
  sc_stack_set_error (error,
                      SC_STACK_ERROR_TEMPLATE,
                      argument->line,
                      "GetAtt takes Resource.Attribute or a list of the two");
  return NULL;
}

/* Replaces one ${...}: from @variables if it is there, else a name of the template's. */
static JsonNode *
resolve_variable (const Resolver *resolver,
                  const ScYaml *variables,
                  const char *name,
                  guint line,
                  GError **error)
{
  const ScYaml *own = sc_yaml_get (variables, name);
  return own ? resolve (resolver, own, error) : lookup_dotted (resolver, name, line, error);
}

/* Appends @text with its ${...} replaced; ${!x} stands for the text ${x}. */
static gboolean
substitute (const Resolver *resolver,
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
    g_autoptr (JsonNode) value = resolve_variable (resolver, variables, name, text->line, error);
    if (!value || !append_text (result, value, text->line, error))
      return FALSE;
  }
  return TRUE;
}

static JsonNode *
resolve_sub (const Resolver *resolver, const ScYaml *argument, GError **error)
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
  return substitute (resolver, text, variables, result, error) ? new_string (result->str) : NULL;
}

static JsonNode *
resolve_join (const Resolver *resolver, const ScYaml *argument, GError **error)
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
    g_autoptr (JsonNode) value = resolve (resolver, part, error);
    g_string_append (result, i > 0 ? separator->text : "");
    if (!value || !append_text (result, value, part->line, error))
      return NULL;
  }
  return new_string (result->str);
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
resolve_sequence (const Resolver *resolver, const ScYaml *node, GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  for (guint i = 0; i < sc_yaml_get_length (node); i++) {
    JsonNode *value = resolve (resolver, sc_yaml_get_nth (node, i), error);
    if (!value)
      return NULL;
    json_array_add_element (array, value);
  }
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
resolve_mapping (const Resolver *resolver, const ScYaml *node, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  for (guint i = 0; i < sc_yaml_get_length (node); i++) {
    JsonNode *value = resolve (resolver, sc_yaml_get_nth (node, i), error);
    if (!value)
      return NULL;
    json_object_set_member (object, sc_yaml_get_key (node, i), value);
  }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
resolve (const Resolver *resolver, const ScYaml *node, GError **error)
{
  Function function = NULL;
  const ScYaml *argument = NULL;
  if (!find_function (node, &function, &argument, error))
    return NULL;
  if (function)
    return function (resolver, argument, error);
  if (node->kind == SC_YAML_SCALAR)
    return resolve_scalar (node);
  return node->kind == SC_YAML_SEQUENCE ? resolve_sequence (resolver, node, error)
                                        : resolve_mapping (resolver, node, error);
}

/**
 * sc_expression_resolve:
 * @expression: a value of a template
 * @lookup: what the names stand for
 * @user_data: for @lookup
 * @error: an error of %SC_STACK_ERROR, @lookup's too
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the value as JSON
 */
JsonNode *
sc_expression_resolve (const ScYaml *expression,
                       ScExpressionLookup lookup,
                       gpointer user_data,
                       GError **error)
{
  const Resolver resolver = { lookup, user_data };
  return resolve (&resolver, expression, error);
}
