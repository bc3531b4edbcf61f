/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-expression.h"
#include "sc-stack-error.h"
#include "sc-template-parameters.h"
#include "sc-template-private.h"

typedef struct {
  ScTemplate *self;
  const ScTemplatePlace *place;
  JsonObject *parameters;
  JsonObject *holds; /* condition -> whether it does */
  JsonObject *made;  /* id -> attributes */
} Deployment;

static const char *
get_pseudo_parameter (const ScTemplatePlace *place, const char *name)
{
  const struct {
    const char *name;
    const char *value;
  } values[] = {
    { "AWS::AccountId", place->account },  { "AWS::Partition", "aws" },
    { "AWS::Region", place->region },      { "AWS::StackName", place->stack_name },
    { "AWS::URLSuffix", "amazonaws.com" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    if (g_str_equal (values[i].name, name))
      return values[i].value;
  }
  return NULL;
}

/* The lookup that resolves; sc_template_parse() has seen that every name is there. */
static JsonNode *
resolve_reference (const char *name,
                   const char *attribute,
                   guint line,
                   gpointer user_data,
                   GError **error)
{
  const Deployment *deployment = user_data;
  const char *pseudo = get_pseudo_parameter (deployment->place, name);
  if (pseudo)
    return json_node_init_string (json_node_alloc (), pseudo);
  if (g_str_equal (name, "AWS::NoValue"))
    return json_node_new (JSON_NODE_NULL);
  if (json_object_has_member (deployment->parameters, name))
    return json_object_dup_member (deployment->parameters, name);

  const ScTemplateResource *resource = g_hash_table_lookup (deployment->self->resources, name);
  if (!json_object_has_member (deployment->made, name)) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_REFERENCE,
                        line,
                        "“%s” is asked for and left out by its condition",
                        name);
    return NULL;
  }
  JsonObject *made = json_object_get_object_member (deployment->made, name);
  const char *wanted = attribute ? attribute : resource->type->ref ? resource->type->ref : "Name";
  JsonNode *value = json_object_dup_member (made, wanted);
  if (!value)
    sc_stack_set_error (error,
                        SC_STACK_ERROR_DEPLOY,
                        line,
                        "“%s” was made without its “%s”",
                        name,
                        wanted);
  return value;
}

static gboolean
ask_condition (const char *condition,
               guint line,
               gpointer user_data,
               ScExpressionTruth *ret_truth,
               GError **error)
{
  const Deployment *deployment = user_data;
  *ret_truth = json_object_get_boolean_member (deployment->holds, condition) ? SC_EXPRESSION_TRUE
                                                                             : SC_EXPRESSION_FALSE;
  return TRUE;
}

static JsonNode *
resolve (Deployment *deployment, const ScYaml *value, GError **error)
{
  const ScExpressionScope scope = { resolve_reference, ask_condition, deployment };
  return sc_expression_resolve (value, &scope, error);
}

/* Conditions know parameters alone, so that they are settled before anything is made. */
static gboolean
settle_conditions (Deployment *deployment, GError **error)
{
  const ScYaml *section = deployment->self->conditions;
  for (guint i = 0; i < sc_yaml_get_length (section); i++) {
    const ScYaml *condition = sc_yaml_get_nth (section, i);
    JsonNode *node = resolve (deployment, condition, error);
    if (!node)
      return FALSE;
    json_object_set_member (deployment->holds, sc_yaml_get_key (section, i), node);
    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
      continue;
    sc_stack_set_error (error,
                        SC_STACK_ERROR_TEMPLATE,
                        condition->line,
                        "a condition holds or does not; this is a value");
    return FALSE;
  }
  return TRUE;
}

static gboolean
is_left_out (Deployment *deployment, const ScYaml *condition)
{
  return condition && !json_object_get_boolean_member (deployment->holds, condition->text);
}

static JsonObject *
resolve_outputs (Deployment *deployment, GError **error)
{
  const ScYaml *section = deployment->self->outputs;
  g_autoptr (JsonObject) outputs = json_object_new ();
  for (guint i = 0; i < sc_yaml_get_length (section); i++) {
    const ScYaml *output = sc_yaml_get_nth (section, i);
    if (is_left_out (deployment, sc_yaml_get (output, "Condition")))
      continue;
    JsonNode *node = resolve (deployment, sc_yaml_get (output, "Value"), error);
    if (!node)
      return NULL;
    json_object_set_member (outputs, sc_yaml_get_key (section, i), node);
  }
  return g_steal_pointer (&outputs);
}

static JsonNode *
new_empty_object (void)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, json_object_new ());
  return node;
}

static gboolean
make_resource (Deployment *deployment,
               const ScTemplateResource *resource,
               ScTemplateCreate create,
               gpointer user_data,
               GError **error)
{
  g_autoptr (JsonNode) properties =
    resource->properties ? resolve (deployment, resource->properties, error) : new_empty_object ();
  if (!properties)
    return FALSE;
  JsonObject *made =
    create (resource->id, resource->type, json_node_get_object (properties), user_data, error);
  if (made) {
    json_object_set_object_member (deployment->made, resource->id, made);
    return TRUE;
  }
  g_prefix_error (error, "line %u: %s: ", resource->line, resource->id);
  return FALSE;
}

/**
 * sc_template_deploy:
 * @self: a template
 * @place: where to
 * @parameters: the parameters' values by name, both strings; the others take their defaults
 * @create: makes one resource; called for each that its condition does not leave out, after those
 *   that it needs
 * @user_data: for @create
 * @error: an error of %SC_STACK_ERROR
 *
 * Returns: (transfer full) (nullable): the template's outputs
 */
JsonObject *
sc_template_deploy (ScTemplate *self,
                    const ScTemplatePlace *place,
                    GHashTable *parameters,
                    ScTemplateCreate create,
                    gpointer user_data,
                    GError **error)
{
  g_autoptr (JsonObject) values = sc_template_parameters_bind (self->parameters, parameters, error);
  if (!values)
    return NULL;
  g_autoptr (JsonObject) holds = json_object_new ();
  g_autoptr (JsonObject) made = json_object_new ();
  Deployment deployment = { self, place, values, holds, made };
  if (!settle_conditions (&deployment, error))
    return NULL;
  for (guint i = 0; i < self->order->len; i++) {
    const ScTemplateResource *resource = g_ptr_array_index (self->order, i);
    if (!is_left_out (&deployment, resource->condition) &&
        !make_resource (&deployment, resource, create, user_data, error))
      return NULL;
  }
  return resolve_outputs (&deployment, error);
}
