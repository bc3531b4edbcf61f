/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What each resource type of the template becomes on one machine. Names and ARNs have AWS's form;
 * those with something random in them are kept from start to start, because channels and rows of
 * the database name them. */

#include "config.h"

#include "sc-id.h"
#include "sc-json.h"
#include "sc-stack-error.h"
#include "sc-stack-private.h"

/* AWS Lambda's own defaults. */
#define FUNCTION_TIMEOUT_SECONDS 3
#define FUNCTION_TIMEOUT_MAX 900
#define FUNCTION_MEMORY 128
#define RETENTION_DAYS_MAX 3653

/* Policies and roles are AWS's to enforce; a role's ARN is what functions name. */
static gboolean
make_role (ScStack *stack,
           const char *id,
           JsonObject *properties,
           JsonObject *attributes,
           GError **error)
{
  const char *name = sc_stack_name_resource (properties, "RoleName", id, FALSE, attributes);
  sc_stack_set (attributes,
                "Arn",
                g_strdup_printf ("arn:aws:iam::%s:role/%s", stack->account, name));
  sc_stack_keep (attributes, "RoleId", sc_id_new ("AROA", 17));
  return TRUE;
}

static gboolean
make_recording_configuration (ScStack *stack,
                              const char *id,
                              JsonObject *properties,
                              JsonObject *attributes,
                              GError **error)
{
  JsonObject *destination = json_object_get_object_member (properties, "DestinationConfiguration");
  JsonObject *s3 = sc_json_get_object_or_null (destination, "S3");
  if (!s3 || !sc_stack_get_text (s3, "BucketName")) {
    sc_stack_set_error (error, SC_STACK_ERROR_DEPLOY, 0, "a recording needs a bucket");
    return FALSE;
  }
  g_autofree char *rest = sc_id_new ("recording-configuration/", 12);
  sc_stack_keep (attributes, "Arn", sc_stack_make_arn (stack, "ivs", rest));
  sc_stack_set (attributes, "State", g_strdup ("ACTIVE"));
  return TRUE;
}

static gboolean
make_logging_configuration (ScStack *stack,
                            const char *id,
                            JsonObject *properties,
                            JsonObject *attributes,
                            GError **error)
{
  const char *own_id = sc_stack_keep (attributes, "Id", sc_id_new ("", 12));
  g_autofree char *rest = g_strconcat ("logging-configuration/", own_id, NULL);
  sc_stack_set (attributes, "Arn", sc_stack_make_arn (stack, "ivschat", rest));
  sc_stack_set (attributes, "State", g_strdup ("ACTIVE"));
  return TRUE;
}

static gboolean
read_number (JsonObject *properties,
             const char *member,
             guint max,
             guint fallback,
             guint *ret,
             GError **error)
{
  gint64 number = fallback;
  if (json_object_has_member (properties, member) &&
      !sc_json_get_int (properties, member, 1, max, &number, error))
    return FALSE;
  *ret = (guint) number;
  return TRUE;
}

static gboolean
make_log_group (ScStack *stack,
                const char *id,
                JsonObject *properties,
                JsonObject *attributes,
                GError **error)
{
  const char *name = sc_stack_name_resource (properties, "LogGroupName", id, FALSE, attributes);
  g_autofree char *rest = g_strdup_printf ("log-group:%s:*", name);
  sc_stack_set (attributes, "Arn", sc_stack_make_arn (stack, "logs", rest));
  guint days = 0;
  if (!read_number (properties, "RetentionInDays", RETENTION_DAYS_MAX, 0, &days, error))
    return FALSE;
  sc_log_store_add_group (stack->logs, name, days);
  return TRUE;
}

/* Turns Environment.Variables into "NAME=VALUE" strings. */
static GStrv
read_variables (JsonObject *properties)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonObject *environment = sc_json_get_object_or_null (properties, "Environment");
  JsonObject *variables =
    environment ? sc_json_get_object_or_null (environment, "Variables") : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  if (variables)
    json_object_iter_init (&iter, variables);
  while (variables && json_object_iter_next (&iter, &name, &node))
    g_strv_builder_take (builder,
                         g_strdup_printf ("%s=%s",
                                          name,
                                          sc_json_get_string_or (variables, name, "")));
  return g_strv_builder_end (builder);
}

/* What is a zip's key in a bucket on AWS is a program's path here. */
static gboolean
make_function (ScStack *stack,
               const char *id,
               JsonObject *properties,
               JsonObject *attributes,
               GError **error)
{
  if (g_strcmp0 (sc_stack_get_text (properties, "Runtime"), "provided.al2023") != 0) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_UNSUPPORTED,
                        0,
                        "only functions of the runtime provided.al2023 run here");
    return FALSE;
  }
  JsonObject *code = sc_json_get_object_or_null (properties, "Code");
  const char *program = code ? sc_stack_get_text (code, "S3Key") : NULL;
  if (!program) {
    sc_stack_set_error (error, SC_STACK_ERROR_DEPLOY, 0, "a function without Code.S3Key");
    return FALSE;
  }
  const char *name = sc_stack_name_resource (properties, "FunctionName", id, FALSE, attributes);
  g_autofree char *rest = g_strconcat ("function:", name, NULL);
  sc_stack_set (attributes, "Arn", sc_stack_make_arn (stack, "lambda", rest));
  g_auto (GStrv) variables = read_variables (properties);
  ScFunctionConfig config = {
    .name = name,
    .arn = sc_stack_get_text (attributes, "Arn"),
    .program = program,
    .handler = sc_stack_get_text (properties, "Handler"),
    .environment = (const char *const *) variables,
  };
  return read_number (properties,
                      "Timeout",
                      FUNCTION_TIMEOUT_MAX,
                      FUNCTION_TIMEOUT_SECONDS,
                      &config.timeout_seconds,
                      error) &&
         read_number (properties,
                      "MemorySize",
                      10240,
                      FUNCTION_MEMORY,
                      &config.memory_megabytes,
                      error) &&
         sc_function_host_add (stack->functions, &config, error);
}

static gboolean
make_permission (ScStack *stack,
                 const char *id,
                 JsonObject *properties,
                 JsonObject *attributes,
                 GError **error)
{
  ScStackPermission *permission = g_new0 (ScStackPermission, 1);
  permission->function = g_strdup (sc_stack_get_text (properties, "FunctionName"));
  permission->principal = g_strdup (sc_stack_get_text (properties, "Principal"));
  permission->source_arn = g_strdup (sc_stack_get_text (properties, "SourceArn"));
  permission->source_account = g_strdup (sc_stack_get_text (properties, "SourceAccount"));
  g_ptr_array_add (stack->permissions, permission);
  sc_stack_keep (attributes, "Id", sc_id_new ("streamcat-permission-", 12));
  return TRUE;
}

/* Takes note of who is to invoke what; returns the ARN of the one who is. */
static const char *
add_source (ScStack *stack, const char *principal, JsonObject *attributes, GStrv targets)
{
  ScStackSource *source = g_new0 (ScStackSource, 1);
  source->principal = principal;
  source->arn = g_strdup (sc_stack_get_text (attributes, "Arn"));
  source->targets = targets;
  g_ptr_array_add (stack->sources, source);
  return source->arn;
}

/* There is one version of the code here, the newest. */
static gboolean
make_version (ScStack *stack,
              const char *id,
              JsonObject *properties,
              JsonObject *attributes,
              GError **error)
{
  const char *function = sc_stack_get_text (properties, "FunctionName");
  sc_stack_set (attributes, "Version", g_strdup ("1"));
  sc_stack_set (attributes, "FunctionArn", g_strconcat (function, ":1", NULL));
  return sc_function_host_add_alias (stack->functions,
                                     sc_stack_get_text (attributes, "FunctionArn"),
                                     function,
                                     0,
                                     error);
}

static gboolean
make_alias (ScStack *stack,
            const char *id,
            JsonObject *properties,
            JsonObject *attributes,
            GError **error)
{
  const char *function = sc_stack_get_text (properties, "FunctionName");
  JsonObject *provisioned = sc_json_get_object_or_null (properties, "ProvisionedConcurrencyConfig");
  guint warm = 0;
  if (provisioned && !read_number (provisioned,
                                   "ProvisionedConcurrentExecutions",
                                   SC_FUNCTION_WARM_MAX,
                                   0,
                                   &warm,
                                   error))
    return FALSE;
  sc_stack_set (attributes,
                "AliasArn",
                g_strdup_printf ("%s:%s", function, sc_stack_get_text (properties, "Name")));
  return sc_function_host_add_alias (stack->functions,
                                     sc_stack_get_text (attributes, "AliasArn"),
                                     function,
                                     warm,
                                     error);
}

/* Reads the ARNs of a rule's Targets. */
static GStrv
read_targets (JsonObject *properties, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *targets = sc_json_get_array (properties, "Targets", error);
  for (guint i = 0; targets && i < json_array_get_length (targets); i++) {
    JsonNode *node = json_array_get_element (targets, i);
    const char *arn =
      JSON_NODE_HOLDS_OBJECT (node) ? sc_stack_get_text (json_node_get_object (node), "Arn") : NULL;
    if (!arn) {
      sc_stack_set_error (error, SC_STACK_ERROR_DEPLOY, 0, "a target without Arn");
      return NULL;
    }
    g_strv_builder_add (builder, arn);
  }
  return targets ? g_strv_builder_end (builder) : NULL;
}

static gboolean
make_rule (ScStack *stack,
           const char *id,
           JsonObject *properties,
           JsonObject *attributes,
           GError **error)
{
  const char *name = sc_stack_name_resource (properties, "Name", id, FALSE, attributes);
  g_autofree char *rest = g_strconcat ("rule/", name, NULL);
  sc_stack_set (attributes, "Arn", sc_stack_make_arn (stack, "events", rest));
  GStrv targets = read_targets (properties, error);
  if (!targets)
    return FALSE;
  const char *arn = add_source (stack, "events.amazonaws.com", attributes, targets);
  if (g_strcmp0 (sc_stack_get_text (properties, "State"), "DISABLED") == 0)
    return TRUE;
  const ScEventRule own = {
    .arn = arn,
    .pattern = sc_json_get_object_or_null (properties, "EventPattern"),
    .schedule = sc_stack_get_text (properties, "ScheduleExpression"),
    .targets = (const char *const *) targets,
  };
  return sc_event_bus_add_rule (stack->bus, &own, error);
}

static gboolean
make_subscription_filter (ScStack *stack,
                          const char *id,
                          JsonObject *properties,
                          JsonObject *attributes,
                          GError **error)
{
  const char *pattern = sc_stack_get_text (properties, "FilterPattern");
  const char *target = sc_stack_get_text (properties, "DestinationArn");
  const ScLogFilter filter = {
    .name = sc_stack_name_resource (properties, "FilterName", id, FALSE, attributes),
    .group = sc_stack_get_text (properties, "LogGroupName"),
    .target = target,
  };
  if (!pattern || *pattern || !target || !filter.group) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_UNSUPPORTED,
                        0,
                        "only filters with an empty FilterPattern are here");
    return FALSE;
  }
  g_autofree char *rest = g_strdup_printf ("log-group:%s:*", filter.group);
  sc_stack_set (attributes, "Arn", sc_stack_make_arn (stack, "logs", rest));
  GStrv targets = g_new0 (char *, 2);
  targets[0] = g_strdup (target);
  add_source (stack, "logs.amazonaws.com", attributes, targets);
  if (sc_log_store_add_filter (stack->logs, &filter))
    return TRUE;
  sc_stack_set_error (error, SC_STACK_ERROR_DEPLOY, 0, "there is no log group %s", filter.group);
  return FALSE;
}

/* What means nothing here still has a name and attributes, which others may refer to. */
static gboolean
make_nothing (ScStack *stack,
              const char *id,
              JsonObject *properties,
              JsonObject *attributes,
              GError **error)
{
  sc_stack_set (attributes, "Name", g_strdup (id));
  return TRUE;
}

/**
 * sc_stack_find_maker:
 * @type: a resource type that sc_resource_type_find() knows
 *
 * Returns: what makes it
 */
ScStackMaker
sc_stack_find_maker (const char *type)
{
  static const struct {
    const char *type;
    ScStackMaker maker;
  } makers[] = {
    { "AWS::Events::Rule", make_rule },
    { "AWS::IAM::Role", make_role },
    { "AWS::IVS::RecordingConfiguration", make_recording_configuration },
    { "AWS::IVSChat::LoggingConfiguration", make_logging_configuration },
    { "AWS::Lambda::Alias", make_alias },
    { "AWS::Lambda::Function", make_function },
    { "AWS::Lambda::Permission", make_permission },
    { "AWS::Lambda::Version", make_version },
    { "AWS::Logs::LogGroup", make_log_group },
    { "AWS::Logs::SubscriptionFilter", make_subscription_filter },
    { "AWS::ApiGatewayV2::Api", sc_stack_make_api },
    { "AWS::CloudFront::Distribution", sc_stack_make_distribution },
    { "AWS::RDS::DBInstance", sc_stack_make_database },
    { "AWS::S3::Bucket", sc_stack_make_bucket },
    { "AWS::SecretsManager::Secret", sc_stack_make_secret },
  };
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++) {
    if (g_str_equal (makers[i].type, type))
      return makers[i].maker;
  }
  return make_nothing;
}
