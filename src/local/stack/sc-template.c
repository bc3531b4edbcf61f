/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A CloudFormation template: read, checked as a whole before anything is made, and deployed in the
 * order that its references ask for. Knows nothing of what the resources do. */

#include "config.h"

#include "sc-template.h"

#include "sc-expression.h"
#include "sc-stack-error.h"
#include "sc-template-parameters.h"
#include "sc-template-private.h"

static const char *const sections[] = { "AWSTemplateFormatVersion",
                                        "Description",
                                        "Metadata",
                                        "Parameters",
                                        "Conditions",
                                        "Resources",
                                        "Outputs",
                                        NULL };

static const char *const resource_members[] = {
  "Type",     "Properties", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy",
  "Metadata", "Condition",  NULL
};

static void
free_resource (ScTemplateResource *self)
{
  g_ptr_array_unref (self->needs);
  g_free (self);
}

/* Says whether @node is a mapping with no other keys than @known. */
static gboolean
check_members (const ScYaml *node, guint line, const char *const *known, GError **error)
{
  if (!node || node->kind != SC_YAML_MAPPING) {
    sc_stack_set_error (error, SC_STACK_ERROR_TEMPLATE, line, "a mapping should be here");
    return FALSE;
  }
  for (guint i = 0; i < sc_yaml_get_length (node); i++) {
    if (g_strv_contains (known, sc_yaml_get_key (node, i)))
      continue;
    sc_stack_set_error (error,
                        SC_STACK_ERROR_UNSUPPORTED,
                        sc_yaml_get_nth (node, i)->line,
                        "“%s” is unknown here",
                        sc_yaml_get_key (node, i));
    return FALSE;
  }
  return TRUE;
}

static gboolean
has_property (const ScTemplateResource *resource, const char *name)
{
  return sc_yaml_get (resource->properties, name) != NULL;
}

static gboolean
check_properties (const ScTemplateResource *resource, GError **error)
{
  const char *const *required = resource->type->required;
  for (guint i = 0; required[i]; i++) {
    if (has_property (resource, required[i]))
      continue;
    sc_stack_set_error (error,
                        SC_STACK_ERROR_TEMPLATE,
                        resource->line,
                        "“%s” lacks its property “%s”",
                        resource->id,
                        required[i]);
    return FALSE;
  }
  for (guint i = 0; i < sc_yaml_get_length (resource->properties); i++) {
    const char *name = sc_yaml_get_key (resource->properties, i);
    if (resource->type->takes_any || g_strv_contains (required, name) ||
        g_strv_contains (resource->type->optional, name))
      continue;
    sc_stack_set_error (error,
                        SC_STACK_ERROR_UNSUPPORTED,
                        sc_yaml_get_nth (resource->properties, i)->line,
                        "the local cloud does not know the property “%s” of %s",
                        name,
                        resource->type->name);
    return FALSE;
  }
  return TRUE;
}

/* Reads one member of the Resources section. */
static ScTemplateResource *
parse_resource (const char *id, const ScYaml *node, GError **error)
{
  if (!check_members (node, node->line, resource_members, error))
    return NULL;
  const ScYaml *type = sc_yaml_get (node, "Type");
  const ScYaml *properties = sc_yaml_get (node, "Properties");
  if (!type || type->kind != SC_YAML_SCALAR ||
      (properties && properties->kind != SC_YAML_MAPPING)) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_TEMPLATE,
                        node->line,
                        "“%s” needs a Type, and Properties that are a mapping",
                        id);
    return NULL;
  }
  const ScResourceType *known = sc_resource_type_find (type->text);
  if (!known) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_UNSUPPORTED,
                        type->line,
                        "the local cloud does not know the resource type “%s”",
                        type->text);
    return NULL;
  }
  ScTemplateResource *self = g_new0 (ScTemplateResource, 1);
  self->id = id;
  self->line = node->line;
  self->type = known;
  self->properties = properties;
  self->condition = sc_yaml_get (node, "Condition");
  self->needs = g_ptr_array_new ();
  return self;
}

static gboolean
parse_resources (ScTemplate *self, GError **error)
{
  const ScYaml *section = sc_yaml_get (self->root, "Resources");
  if (!section || section->kind != SC_YAML_MAPPING || sc_yaml_get_length (section) == 0) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_TEMPLATE,
                        self->root->line,
                        "the template has no Resources");
    return FALSE;
  }
  for (guint i = 0; i < sc_yaml_get_length (section); i++) {
    ScTemplateResource *resource =
      parse_resource (sc_yaml_get_key (section, i), sc_yaml_get_nth (section, i), error);
    if (!resource)
      return FALSE;
    g_hash_table_insert (self->resources, (char *) resource->id, resource);
    if (!check_properties (resource, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_pseudo_parameter (const char *name)
{
  static const char *const known[] = {
    "AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::StackName",
    "AWS::URLSuffix", "AWS::NoValue",   NULL
  };
  return g_strv_contains (known, name);
}

typedef struct {
  ScTemplate *self;
  ScTemplateResource *from; /* whose properties are walked; NULL for an output's */
  gboolean parameters_only; /* as in a condition, which is known before anything is made */
} Walk;

/* The condition that checks: is it there. */
static gboolean
check_condition (const char *condition,
                 guint line,
                 gpointer user_data,
                 ScExpressionTruth *ret_truth,
                 GError **error)
{
  const Walk *walk = user_data;
  if (sc_yaml_get (walk->self->conditions, condition)) {
    *ret_truth = SC_EXPRESSION_EITHER;
    return TRUE;
  }
  sc_stack_set_error (error,
                      SC_STACK_ERROR_REFERENCE,
                      line,
                      "there is no condition “%s” in the template",
                      condition);
  return FALSE;
}

/* The lookup that checks: is the name there, has it the attribute, and who needs whom. */
static JsonNode *
check_reference (const char *name,
                 const char *attribute,
                 guint line,
                 gpointer user_data,
                 GError **error)
{
  const Walk *walk = user_data;
  ScTemplateResource *resource = g_hash_table_lookup (walk->self->resources, name);
  gboolean is_parameter = sc_yaml_get (walk->self->parameters, name) || is_pseudo_parameter (name);
  if ((!resource || walk->parameters_only) && (!is_parameter || attribute)) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_REFERENCE,
                        line,
                        "there is no “%s” in the template",
                        name);
    return NULL;
  }
  if (attribute && !g_strv_contains (resource->type->attributes, attribute)) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_REFERENCE,
                        line,
                        "“%s”, a %s, has no attribute “%s”",
                        name,
                        resource->type->name,
                        attribute);
    return NULL;
  }
  if (resource && walk->from)
    g_ptr_array_add (walk->from->needs, resource);
  return json_node_init_string (json_node_alloc (), name);
}

static gboolean
check_value (Walk *walk, const ScYaml *value, GError **error)
{
  const ScExpressionScope scope = { check_reference, check_condition, walk };
  g_autoptr (JsonNode) ignored = sc_expression_resolve (value, &scope, error);
  return ignored != NULL;
}

/* Says whether the Condition of a resource or of an output, if it has one, is there. */
static gboolean
check_own_condition (ScTemplate *self, const ScYaml *condition, GError **error)
{
  Walk walk = { .self = self };
  ScExpressionTruth truth;
  return !condition || check_condition (condition->text ? condition->text : "",
                                        condition->line,
                                        &walk,
                                        &truth,
                                        error);
}

static gboolean
check_conditions (ScTemplate *self, GError **error)
{
  Walk walk = { .self = self, .parameters_only = TRUE };
  for (guint i = 0; i < sc_yaml_get_length (self->conditions); i++) {
    if (!check_value (&walk, sc_yaml_get_nth (self->conditions, i), error))
      return FALSE;
  }
  return TRUE;
}

/* DependsOn is one resource's name or a list of them. */
static gboolean
check_depends_on (ScTemplate *self, ScTemplateResource *resource, GError **error)
{
  const ScYaml *section = sc_yaml_get (self->root, "Resources");
  const ScYaml *depends = sc_yaml_get (sc_yaml_get (section, resource->id), "DependsOn");
  if (!depends)
    return TRUE;
  guint count = depends->kind == SC_YAML_SEQUENCE ? sc_yaml_get_length (depends) : 1;
  for (guint i = 0; i < count; i++) {
    const ScYaml *name = depends->kind == SC_YAML_SEQUENCE ? sc_yaml_get_nth (depends, i) : depends;
    ScTemplateResource *needed =
      name->text ? g_hash_table_lookup (self->resources, name->text) : NULL;
    if (!needed) {
      sc_stack_set_error (error,
                          SC_STACK_ERROR_REFERENCE,
                          name->line,
                          "“%s” depends on a resource that is not there",
                          resource->id);
      return FALSE;
    }
    g_ptr_array_add (resource->needs, needed);
  }
  return TRUE;
}

static gboolean
check_references (ScTemplate *self, GError **error)
{
  const ScYaml *section = sc_yaml_get (self->root, "Resources");
  for (guint i = 0; i < sc_yaml_get_length (section); i++) {
    ScTemplateResource *resource =
      g_hash_table_lookup (self->resources, sc_yaml_get_key (section, i));
    Walk walk = { .self = self, .from = resource };
    if (resource->properties && !check_value (&walk, resource->properties, error))
      return FALSE;
    if (!check_own_condition (self, resource->condition, error) ||
        !check_depends_on (self, resource, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_outputs (ScTemplate *self, GError **error)
{
  static const char *const members[] = { "Value", "Description", "Export", "Condition", NULL };
  Walk walk = { .self = self };
  for (guint i = 0; i < sc_yaml_get_length (self->outputs); i++) {
    const ScYaml *output = sc_yaml_get_nth (self->outputs, i);
    const ScYaml *value = sc_yaml_get (output, "Value");
    if (!check_members (output, output->line, members, error))
      return FALSE;
    if (!value) {
      sc_stack_set_error (error, SC_STACK_ERROR_TEMPLATE, output->line, "an output needs a Value");
      return FALSE;
    }
    if (!check_own_condition (self, sc_yaml_get (output, "Condition"), error) ||
        !check_value (&walk, value, error))
      return FALSE;
  }
  return TRUE;
}

/* Appends @resource to the order, after all that it needs. The depth is at most the number of
 * resources, which the size of the template bounds. */
static gboolean
place_in_order (ScTemplate *self, ScTemplateResource *resource, GError **error)
{
  if (resource->mark == DONE)
    return TRUE;
  if (resource->mark == OPEN) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_CYCLE,
                        resource->line,
                        "“%s” needs itself, through others",
                        resource->id);
    return FALSE;
  }
  resource->mark = OPEN;
  for (guint i = 0; i < resource->needs->len; i++) {
    if (!place_in_order (self, g_ptr_array_index (resource->needs, i), error))
      return FALSE;
  }
  resource->mark = DONE;
  g_ptr_array_add (self->order, resource);
  return TRUE;
}

static gboolean
find_order (ScTemplate *self, GError **error)
{
  const ScYaml *section = sc_yaml_get (self->root, "Resources");
  for (guint i = 0; i < sc_yaml_get_length (section); i++) {
    ScTemplateResource *resource =
      g_hash_table_lookup (self->resources, sc_yaml_get_key (section, i));
    if (!place_in_order (self, resource, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * sc_template_parse:
 * @bytes: a template in YAML
 * @error: an error of %SC_STACK_ERROR, with its line
 *
 * Reads and checks a template: sections, resource types, properties, references, attributes,
 * cycles. Any thread.
 *
 * Returns: (transfer full) (nullable): the template
 */
ScTemplate *
sc_template_parse (GBytes *bytes, GError **error)
{
  ScYaml *root = sc_yaml_parse (bytes, error);
  if (!root)
    return NULL;
  g_autoptr (ScTemplate) self = g_new0 (ScTemplate, 1);
  self->root = root;
  self->parameters = sc_yaml_get (root, "Parameters");
  self->conditions = sc_yaml_get (root, "Conditions");
  self->outputs = sc_yaml_get (root, "Outputs");
  self->resources =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) free_resource);
  self->order = g_ptr_array_new ();

  if (!check_members (root, root->line, sections, error) ||
      !sc_template_parameters_check (self->parameters, error) || !check_conditions (self, error) ||
      !parse_resources (self, error) || !check_references (self, error) ||
      !check_outputs (self, error) || !find_order (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sc_template_free:
 * @self: (nullable): a template
 */
void
sc_template_free (ScTemplate *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->order);
  g_hash_table_unref (self->resources);
  sc_yaml_free (self->root);
  g_free (self);
}

/**
 * sc_template_count:
 * @self: a template
 *
 * Returns: how many resources it has, with those that its conditions may leave out
 */
guint
sc_template_count (ScTemplate *self)
{
  return self->order->len;
}

/**
 * sc_template_dup_order:
 * @self: a template
 *
 * Returns: (transfer full): the resources' names in the order of their making
 */
GStrv
sc_template_dup_order (ScTemplate *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < self->order->len; i++) {
    const ScTemplateResource *resource = g_ptr_array_index (self->order, i);
    g_strv_builder_add (names, resource->id);
  }
  return g_strv_builder_end (names);
}
