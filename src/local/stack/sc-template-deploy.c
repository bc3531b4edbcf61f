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
  JsonObject *made; /* id -> attributes */
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
  if (json_object_has_member (deployment->parameters, name))
    return json_object_dup_member (deployment->parameters, name);

  const ScTemplateResource *resource = g_hash_table_lookup (deployment->self->resources, name);
  JsonObject *made = json_object_get_object_member (deployment->made, name);
  const char *wanted = attribute ? attribute : resource->type->ref ? resource->type->ref : "Name";
  JsonNode *value = made ? json_object_dup_member (made, wanted) : NULL;
  if (!value)
    sc_stack_set_error (error,
                        SC_STACK_ERROR_DEPLOY,
                        line,
                        "“%s” was made without its “%s”",
                        name,
                        wanted);
  return value;
}

static JsonObject *
resolve_outputs (Deployment *deployment, GError **error)
{
  const ScYaml *section = deployment->self->outputs;
  g_autoptr (JsonObject) outputs = json_object_new ();
  for (guint i = 0; i < sc_yaml_get_length (section); i++) {
    const ScYaml *value = sc_yaml_get (sc_yaml_get_nth (section, i), "Value");
    JsonNode *node = sc_expression_resolve (value, resolve_reference, deployment, error);
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
    resource->properties
      ? sc_expression_resolve (resource->properties, resolve_reference, deployment, error)
      : new_empty_object ();
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
 * @create: makes one resource; called for each, after those that it needs
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
  g_autoptr (JsonObject) made = json_object_new ();
  Deployment deployment = { self, place, values, made };
  for (guint i = 0; i < self->order->len; i++) {
    const ScTemplateResource *resource = g_ptr_array_index (self->order, i);
    if (!make_resource (&deployment, resource, create, user_data, error))
      return NULL;
  }
  return resolve_outputs (&deployment, error);
}
