/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The template, deployed on one machine: its bus, functions and secrets, and the names of all else.
 * What has an identity is kept in the state directory, so that the next start finds it again. Main
 * thread; the local cloud owns it. */

#include "config.h"

#include "sc-json.h"
#include "sc-stack-error.h"
#include "sc-stack-private.h"
#include "sc-template.h"

#include <string.h>

#define FILE_NAME "stack.json"
#define STACK_NAME "streamcat"

/* The records of a template of CloudFormation's largest size. */
#define FILE_MAX_BYTES (4 * 1024 * 1024)

/* AWS Secrets Manager makes passwords of up to 4096 characters. */
#define PASSWORD_MAX 4096

/* A function writes an event down in some 50 ms; what takes longer is left to tick's next run. */
#define DRAIN_MS 2000

static void
free_permission (ScStackPermission *self)
{
  g_free (self->function);
  g_free (self->principal);
  g_free (self->source_arn);
  g_free (self->source_account);
  g_free (self);
}

static void
free_source (ScStackSource *self)
{
  g_free (self->arn);
  g_strfreev (self->targets);
  g_free (self);
}

static void
on_event (const char *arn, GBytes *event, gpointer user_data)
{
  ScStack *self = user_data;
  sc_function_host_invoke (self->functions, arn, event);
}

static ScStack *
new_stack (const ScStackConfig *config)
{
  const ScFunctionPlace place = {
    .environment = config->environment,
    .log_directory = sc_state_dir_get_log (config->state),
    .retry_ms = config->retry_ms,
    .code_directory = config->code_directory,
    .empty_root = config->empty_root,
    .shown = config->shown,
  };
  ScStack *self = g_new0 (ScStack, 1);
  self->state = g_object_ref (config->state);
  self->region = g_strdup (config->region);
  self->account = g_strdup (config->account);
  self->database_host = g_strdup (config->database_host);
  self->recordings_host = g_strdup (config->recordings_host);
  self->api_host = g_strdup (config->api_host);
  self->records = json_object_new ();
  self->secrets = sc_vault_new ();
  self->functions = sc_function_host_new (&place);
  self->bus = sc_event_bus_new (config->account, config->region, on_event, self);
  self->logs = sc_log_store_new (config->account, on_event, self);
  self->permissions = g_ptr_array_new_with_free_func ((GDestroyNotify) free_permission);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) free_source);
  return self;
}

/* Reads what the last start made; nothing at the first. */
static gboolean
load_records (ScStack *self, GError **error)
{
  g_autofree char *path = sc_state_dir_build (self->state, FILE_NAME);
  g_autoptr (GError) local_error = NULL;
  self->before = sc_private_json_read (path, FILE_MAX_BYTES, &local_error);
  if (!self->before && !g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  return TRUE;
}

/* The attributes that a resource of this name and type had at the last start, copied. */
static JsonObject *
dup_kept_attributes (ScStack *self, const char *id, const char *type)
{
  JsonObject *attributes = json_object_new ();
  JsonObject *record = self->before ? sc_json_get_object_or_null (self->before, id) : NULL;
  JsonObject *kept = record && g_strcmp0 (sc_json_get_string_or (record, "type", NULL), type) == 0
                       ? sc_json_get_object_or_null (record, "attributes")
                       : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  if (kept)
    json_object_iter_init (&iter, kept);
  while (kept && json_object_iter_next (&iter, &name, &node))
    json_object_set_member (attributes, name, json_node_copy (node));
  return attributes;
}

/* What a maker left open has no meaning here, but a name for whoever refers to it. */
static void
complete_attributes (const char *id, const ScResourceType *type, JsonObject *attributes)
{
  for (guint i = 0; type->attributes[i]; i++) {
    if (!json_object_has_member (attributes, type->attributes[i]))
      sc_stack_set (attributes,
                    type->attributes[i],
                    g_strdup_printf ("%s.%s", id, type->attributes[i]));
  }
}

static JsonObject *
create_resource (const char *id,
                 const ScResourceType *type,
                 JsonObject *properties,
                 gpointer user_data,
                 GError **error)
{
  ScStack *self = user_data;
  ScStackMaker make = sc_stack_find_maker (type->name);
  g_autoptr (JsonObject) attributes = dup_kept_attributes (self, id, type->name);
  if (!make (self, id, properties, attributes, error))
    return NULL;
  complete_attributes (id, type, attributes);
  JsonObject *record = json_object_new ();
  json_object_set_string_member (record, "type", type->name);
  json_object_set_object_member (record, "properties", json_object_ref (properties));
  json_object_set_object_member (record, "attributes", json_object_ref (attributes));
  json_object_set_object_member (self->records, id, record);
  return g_steal_pointer (&attributes);
}

/* A permission names its function by ARN, or by the name at the ARN's end. */
static gboolean
names_function (const char *function, const char *arn)
{
  const char *name = strrchr (arn, ':');
  return g_strcmp0 (function, arn) == 0 || (name && g_strcmp0 (function, name + 1) == 0);
}

/**
 * sc_stack_may_invoke:
 * @self: a stack
 * @principal: a service, as "events.amazonaws.com"
 * @source_arn: what of it wants to invoke the function
 * @function_arn: a function, or an alias of one
 *
 * Returns: %TRUE if an AWS::Lambda::Permission says so
 */
gboolean
sc_stack_may_invoke (ScStack *self,
                     const char *principal,
                     const char *source_arn,
                     const char *function_arn)
{
  for (guint i = 0; i < self->permissions->len; i++) {
    const ScStackPermission *permission = g_ptr_array_index (self->permissions, i);
    if (names_function (permission->function, function_arn) &&
        g_strcmp0 (permission->principal, principal) == 0 &&
        (!permission->source_arn || g_pattern_match_simple (permission->source_arn, source_arn)) &&
        (!permission->source_account || g_str_equal (permission->source_account, self->account)))
      return TRUE;
  }
  return FALSE;
}

/* On AWS a rule without a permission loses its events in silence. */
static gboolean
check_permissions (ScStack *self, GError **error)
{
  for (guint i = 0; i < self->sources->len; i++) {
    const ScStackSource *source = g_ptr_array_index (self->sources, i);
    for (guint j = 0; source->targets[j]; j++) {
      if (sc_stack_may_invoke (self, source->principal, source->arn, source->targets[j]))
        continue;
      sc_stack_set_error (error,
                          SC_STACK_ERROR_DEPLOY,
                          0,
                          "%s may not invoke %s: no AWS::Lambda::Permission says so",
                          source->arn,
                          source->targets[j]);
      return FALSE;
    }
  }
  return TRUE;
}

static ScTemplate *
load_template (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize size = 0;
  if (!g_file_get_contents (path, &text, &size, error))
    return NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), size);
  ScTemplate *template = sc_template_parse (bytes, error);
  if (!template)
    g_prefix_error (error, "%s: ", path);
  return template;
}

/**
 * sc_stack_deploy:
 * @config: what is deployed, and where
 * @parameters: the template's parameters by name, both strings; the others take their defaults
 * @error: %SC_STACK_ERROR, %SC_EVENT_ERROR, %SC_DATA_ERROR, %G_FILE_ERROR or %G_IO_ERROR
 *
 * Makes all that the template declares. A second deployment in the same state directory finds what
 * the first made. Events wait until sc_stack_start().
 *
 * Returns: (transfer full) (nullable): the stack
 */
ScStack *
sc_stack_deploy (const ScStackConfig *config, GHashTable *parameters, GError **error)
{
  const ScTemplatePlace place = { config->region, config->account, STACK_NAME };
  g_autoptr (ScTemplate) template = load_template (config->template_file, error);
  if (!template)
    return NULL;
  g_autoptr (ScStack) self = new_stack (config);
  if (!load_records (self, error))
    return NULL;
  self->outputs = sc_template_deploy (template, &place, parameters, create_resource, self, error);
  if (!self->outputs || !check_permissions (self, error))
    return NULL;
  self->left_out = sc_template_count (template) - json_object_get_size (self->records);
  g_autofree char *path = sc_state_dir_build (self->state, FILE_NAME);
  return sc_private_json_write (path, self->records, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * sc_stack_start:
 * @self: a stack
 *
 * Lets functions work and schedules run: call it when what they need answers.
 */
void
sc_stack_start (ScStack *self)
{
  sc_function_host_start (self->functions);
  sc_event_bus_start (self->bus);
}

static gboolean
on_drain_due (gpointer user_data)
{
  ScStack *self = user_data;
  self->drain_source = 0;
  sc_function_host_set_listener (self->functions, NULL, NULL);
  self->drained (self->drained_data);
  return G_SOURCE_REMOVE;
}

static void
on_last_attempt (const char *arn, ScFunctionOutcome outcome, const char *reason, gpointer user_data)
{
  ScStack *self = user_data;
  if (sc_function_host_is_busy (self->functions))
    return;
  g_source_remove (self->drain_source);
  self->drain_source = g_idle_add (on_drain_due, self);
}

/**
 * sc_stack_drain:
 * @self: a stack, to be freed afterwards
 * @drained: called once from the main loop, when no event waits or after %DRAIN_MS
 * @user_data: for @drained
 *
 * Gives the functions time for the last events, as the end of streams that the end of the local
 * cloud ends.
 */
void
sc_stack_drain (ScStack *self, ScStackDrained drained, gpointer user_data)
{
  sc_log_store_flush (self->logs);
  self->drained = drained;
  self->drained_data = user_data;
  if (sc_function_host_is_busy (self->functions)) {
    sc_function_host_set_listener (self->functions, on_last_attempt, self);
    self->drain_source = g_timeout_add (DRAIN_MS, on_drain_due, self);
  } else {
    self->drain_source = g_idle_add (on_drain_due, self);
  }
}

/**
 * sc_stack_free:
 * @self: (nullable): a stack
 *
 * Ends the functions. What has an identity stays in the state directory.
 */
void
sc_stack_free (ScStack *self)
{
  if (!self)
    return;
  g_clear_handle_id (&self->drain_source, g_source_remove);
  sc_event_bus_free (self->bus);
  sc_log_store_free (self->logs);
  sc_function_host_free (self->functions);
  sc_vault_free (self->secrets);
  g_ptr_array_unref (self->permissions);
  g_ptr_array_unref (self->sources);
  g_clear_pointer (&self->before, json_object_unref);
  g_clear_pointer (&self->outputs, json_object_unref);
  json_object_unref (self->records);
  g_free (self->region);
  g_free (self->account);
  g_free (self->database_host);
  g_free (self->recordings_host);
  g_free (self->api_host);
  g_object_unref (self->state);
  g_free (self);
}

/**
 * sc_stack_get_bus:
 * @self: a stack
 *
 * Returns: (transfer none): the bus, with the template's rules
 */
ScEventBus *
sc_stack_get_bus (ScStack *self)
{
  return self->bus;
}

/**
 * sc_stack_get_logs:
 * @self: a stack
 *
 * Returns: (transfer none): the log groups and subscription filters
 */
ScLogStore *
sc_stack_get_logs (ScStack *self)
{
  return self->logs;
}

/**
 * sc_stack_get_functions:
 * @self: a stack
 *
 * Returns: (transfer none): the template's functions
 */
ScFunctionHost *
sc_stack_get_functions (ScStack *self)
{
  return self->functions;
}

/**
 * sc_stack_get_secrets:
 * @self: a stack
 *
 * Returns: (transfer none): the template's secrets
 */
ScVault *
sc_stack_get_secrets (ScStack *self)
{
  return self->secrets;
}

/**
 * sc_stack_get_output:
 * @self: a stack
 * @name: an output of the template
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
sc_stack_get_output (ScStack *self, const char *name)
{
  return sc_json_get_string_or (self->outputs, name, NULL);
}

static const char *
find_id (ScStack *self, const char *type, const char *arn)
{
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;
  json_object_iter_init (&iter, self->records);
  while (json_object_iter_next (&iter, &id, &node)) {
    JsonObject *record = json_node_get_object (node);
    JsonObject *attributes = json_object_get_object_member (record, "attributes");
    if (g_str_equal (json_object_get_string_member (record, "type"), type) &&
        g_strcmp0 (sc_json_get_string_or (attributes, "Arn", NULL), arn) == 0)
      return id;
  }
  return NULL;
}

/**
 * sc_stack_find_resource:
 * @self: a stack
 * @type: a resource type, as "AWS::IVS::RecordingConfiguration"
 * @arn: its ARN
 *
 * Returns: (transfer none) (nullable): the properties that the template gives the resource
 */
JsonObject *
sc_stack_find_resource (ScStack *self, const char *type, const char *arn)
{
  const char *id = find_id (self, type, arn);
  JsonObject *record = id ? json_object_get_object_member (self->records, id) : NULL;
  return record ? json_object_get_object_member (record, "properties") : NULL;
}

/**
 * sc_stack_forget_resource:
 * @self: a stack
 * @type: a resource type, as "AWS::IVS::RecordingConfiguration"
 * @arn: its ARN
 *
 * Takes out what somebody deleted behind the stack's back. The next start makes another.
 *
 * Returns: %FALSE if there is none
 */
gboolean
sc_stack_forget_resource (ScStack *self, const char *type, const char *arn)
{
  const char *id = find_id (self, type, arn);
  if (!id)
    return FALSE;
  g_autofree char *path = sc_state_dir_build (self->state, FILE_NAME);
  g_autoptr (GError) error = NULL;
  json_object_remove_member (self->records, id);
  if (!sc_private_json_write (path, self->records, &error))
    g_warning ("%s: %s", path, error->message);
  return TRUE;
}

/**
 * sc_stack_set_backend_environment:
 * @self: a stack
 * @environment: (transfer full): "NAME=VALUE" strings
 *
 * Adds what `streamcat-backend` is told of the stack, from the template's outputs.
 *
 * Returns: (transfer full): the environment
 */
GStrv
sc_stack_set_backend_environment (ScStack *self, GStrv environment)
{
  static const struct {
    const char *output;
    const char *variable;
  } names[] = {
    { "ChannelType", "STREAMCAT_CHANNEL_TYPE" },
    { "RecordingConfigurationArn", "STREAMCAT_RECORDING_CONFIGURATION_ARN" },
    { "ChatLoggingConfigurationArn", "STREAMCAT_CHAT_LOGGING_CONFIGURATION_ARN" },
    { "ChatReviewArn", "STREAMCAT_CHAT_REVIEW_ARN" },
    { "RecordingBucketName", "STREAMCAT_RULES_BUCKET" },
    { "RecordingsUrl", "STREAMCAT_RECORDINGS_URL" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *value = sc_stack_get_output (self, names[i].output);
    if (value)
      environment = g_environ_setenv (environment, names[i].variable, value, TRUE);
  }
  return environment;
}

/**
 * sc_stack_dup_database_password:
 * @self: a stack
 * @error: %SC_STACK_ERROR_DEPLOY or an error of %SC_DATA_ERROR
 *
 * Reads the password of the application's role out of the secret that the template declares.
 *
 * Returns: (transfer full) (nullable): the password
 */
char *
sc_stack_dup_database_password (ScStack *self, GError **error)
{
  const char *arn = sc_stack_get_output (self, "DatabaseSecretArn");
  const ScSecret *secret = arn ? sc_vault_find (self->secrets, arn) : NULL;
  if (!secret) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_DEPLOY,
                        0,
                        "the template has no secret as its output DatabaseSecretArn");
    return NULL;
  }
  const char *value = sc_secret_get_value (secret);
  g_autoptr (GBytes) bytes = g_bytes_new (value, strlen (value));
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, error);
  const char *password =
    object ? sc_json_get_string (object, "password", PASSWORD_MAX, error) : NULL;
  return g_strdup (password);
}
