/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The Parameters section: what may stand there, and the values it gives. */

#include "config.h"

#include "sc-template-parameters.h"

#include "sc-stack-error.h"

#include <errno.h>

static const char *const members[] = { "Type",
                                       "Default",
                                       "Description",
                                       "AllowedValues",
                                       "NoEcho",
                                       "AllowedPattern",
                                       "MinValue",
                                       "MaxValue",
                                       "MinLength",
                                       "MaxLength",
                                       "ConstraintDescription",
                                       NULL };

static const char *
get_text (const ScYaml *declaration, const char *member)
{
  const ScYaml *node = sc_yaml_get (declaration, member);
  return node && node->kind == SC_YAML_SCALAR ? node->text : NULL;
}

static gboolean
parse_number (const char *text, gint64 *ret_number)
{
  char *end = NULL;
  errno = 0;
  gint64 number = g_ascii_strtoll (text, &end, 10);
  if (!*text || *end || errno != 0)
    return FALSE;
  *ret_number = number;
  return TRUE;
}

/* Says whether @value keeps the bounds @low and @high of @declaration; one that is absent holds. */
static gboolean
is_within (const ScYaml *declaration, const char *low, const char *high, gint64 value)
{
  gint64 bound;
  const char *least = get_text (declaration, low), *most = get_text (declaration, high);
  return !(least && parse_number (least, &bound) && value < bound) &&
         !(most && parse_number (most, &bound) && value > bound);
}

static gboolean
is_allowed (const ScYaml *declaration, const char *value)
{
  const ScYaml *allowed = sc_yaml_get (declaration, "AllowedValues");
  for (guint i = 0; i < sc_yaml_get_length (allowed); i++) {
    if (g_strcmp0 (sc_yaml_get_nth (allowed, i)->text, value) == 0)
      return TRUE;
  }
  return !allowed;
}

/* CloudFormation matches the pattern against the whole value. */
static gboolean
is_like_pattern (const ScYaml *declaration, const char *value)
{
  const char *pattern = get_text (declaration, "AllowedPattern");
  if (!pattern)
    return TRUE;
  g_autofree char *whole = g_strdup_printf ("^(?:%s)\\z", pattern);
  return g_regex_match_simple (whole, value, 0, 0);
}

static JsonNode *
make_value (const char *name, const ScYaml *declaration, const char *value, GError **error)
{
  gint64 number = 0;
  gboolean is_number = g_str_equal (get_text (declaration, "Type"), "Number");
  gboolean good =
    is_number
      ? parse_number (value, &number) && is_within (declaration, "MinValue", "MaxValue", number)
      : is_within (declaration, "MinLength", "MaxLength", g_utf8_strlen (value, -1));
  if (!good || !is_allowed (declaration, value) || !is_like_pattern (declaration, value)) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_PARAMETER,
                        declaration->line,
                        "parameter “%s” has a value that is not allowed here",
                        name);
    return NULL;
  }
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  if (is_number)
    json_node_set_int (node, number);
  else
    json_node_set_string (node, value);
  return node;
}

static gboolean
check_declaration (const char *name, const ScYaml *declaration, GError **error)
{
  for (guint i = 0; i < sc_yaml_get_length (declaration); i++) {
    const char *member = declaration->keys ? sc_yaml_get_key (declaration, i) : NULL;
    if (member && g_strv_contains (members, member))
      continue;
    sc_stack_set_error (error,
                        SC_STACK_ERROR_TEMPLATE,
                        sc_yaml_get_nth (declaration, i)->line,
                        "parameter “%s” has an unknown member",
                        name);
    return FALSE;
  }
  const char *type = get_text (declaration, "Type");
  if (g_strcmp0 (type, "String") == 0 || g_strcmp0 (type, "Number") == 0)
    return TRUE;
  sc_stack_set_error (error,
                      type ? SC_STACK_ERROR_UNSUPPORTED : SC_STACK_ERROR_TEMPLATE,
                      declaration->line,
                      "parameter “%s” is neither a String nor a Number",
                      name);
  return FALSE;
}

/**
 * sc_template_parameters_check:
 * @section: (nullable): the Parameters section
 * @error: an error of %SC_STACK_ERROR
 *
 * Returns: %TRUE if each declaration is one that we know, and each default keeps its own bounds
 */
gboolean
sc_template_parameters_check (const ScYaml *section, GError **error)
{
  for (guint i = 0; i < sc_yaml_get_length (section); i++) {
    const ScYaml *declaration = sc_yaml_get_nth (section, i);
    const char *name = sc_yaml_get_key (section, i);
    if (!check_declaration (name, declaration, error))
      return FALSE;
    const char *value = get_text (declaration, "Default");
    g_autoptr (JsonNode) node = value ? make_value (name, declaration, value, error) : NULL;
    if (value && !node)
      return FALSE;
  }
  return TRUE;
}

/* Says whether each given name is declared. */
static gboolean
check_given (const ScYaml *section, GHashTable *given, GError **error)
{
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init (&iter, given);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    if (sc_yaml_get (section, name))
      continue;
    sc_stack_set_error (error,
                        SC_STACK_ERROR_PARAMETER,
                        0,
                        "the template has no parameter “%s”",
                        (const char *) name);
    return FALSE;
  }
  return TRUE;
}

/**
 * sc_template_parameters_bind:
 * @section: (nullable): a Parameters section that was checked
 * @given: values by name, both strings
 * @error: %SC_STACK_ERROR_PARAMETER
 *
 * Gives each parameter its value: the given one, else its default.
 *
 * Returns: (transfer full) (nullable): the values, strings and integers
 */
JsonObject *
sc_template_parameters_bind (const ScYaml *section, GHashTable *given, GError **error)
{
  if (!check_given (section, given, error))
    return NULL;
  g_autoptr (JsonObject) values = json_object_new ();
  for (guint i = 0; i < sc_yaml_get_length (section); i++) {
    const char *name = sc_yaml_get_key (section, i);
    const ScYaml *declaration = sc_yaml_get_nth (section, i);
    const char *value = g_hash_table_lookup (given, name);
    value = value ? value : get_text (declaration, "Default");
    if (!value) {
      sc_stack_set_error (error,
                          SC_STACK_ERROR_PARAMETER,
                          declaration->line,
                          "parameter “%s” needs a value",
                          name);
      return NULL;
    }
    JsonNode *node = make_value (name, declaration, value, error);
    if (!node)
      return NULL;
    json_object_set_member (values, name, node);
  }
  return g_steal_pointer (&values);
}
