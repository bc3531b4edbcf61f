/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-secrets.h"

#include "sc-aws-answer.h"
#include "sc-json.h"

/* What Secrets Manager allows in a secret, 65,536 bytes ("AWS Secrets Manager quotas"). */
#define MAX_SECRET 65536

static JsonObject *
call (ScAws *aws, const char *name, gboolean is_idempotent, JsonObject *input, GError **error)
{
  const ScAwsOperation operation = { SC_AWS_SECRETS_MANAGER, name, is_idempotent };
  return sc_aws_call (aws, &operation, input, error);
}

static JsonObject *
new_input (const char *secret)
{
  JsonObject *input = json_object_new ();
  json_object_set_string_member (input, "SecretId", secret);
  return input;
}

/**
 * sc_secrets_get_version:
 * @aws: a client
 * @secret: a secret's ARN or name
 * @version: (nullable): a version's id
 * @stage: (nullable): a staging label that the version has, AWSCURRENT without one
 * @error: any %SC_AWS_ERROR
 *
 * Returns: (transfer full) (nullable): the text of that version
 */
char *
sc_secrets_get_version (ScAws *aws,
                        const char *secret,
                        const char *version,
                        const char *stage,
                        GError **error)
{
  g_autoptr (JsonObject) input = new_input (secret);
  if (version)
    json_object_set_string_member (input, "VersionId", version);
  if (stage)
    json_object_set_string_member (input, "VersionStage", stage);
  g_autoptr (JsonObject) output = call (aws, "GetSecretValue", TRUE, input, error);
  if (!output)
    return NULL;
  const char *value = sc_json_get_string (output, "SecretString", MAX_SECRET, NULL);
  if (!value)
    g_set_error (error, SC_AWS_ERROR, SC_AWS_ERROR_PROTOCOL, "The secret is not a text");
  return g_strdup (value);
}

/**
 * sc_secrets_get_value:
 * @aws: a client
 * @secret: a secret's ARN or name
 * @error: any %SC_AWS_ERROR
 *
 * Returns: (transfer full) (nullable): the current text of the secret
 */
char *
sc_secrets_get_value (ScAws *aws, const char *secret, GError **error)
{
  return sc_secrets_get_version (aws, secret, NULL, NULL, error);
}

static gboolean
has_stage (JsonObject *stages, const char *version, const char *stage)
{
  JsonArray *list = sc_json_get_array (stages, version, NULL);
  for (guint i = 0; list && i < json_array_get_length (list); i++) {
    JsonNode *node = json_array_get_element (list, i);
    if (JSON_NODE_HOLDS_VALUE (node) && g_strcmp0 (json_node_get_string (node), stage) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * sc_secrets_find_current:
 * @aws: a client
 * @secret: a secret's ARN or name
 * @error: any %SC_AWS_ERROR
 *
 * Returns: (transfer full) (nullable): the id of the current version
 */
char *
sc_secrets_find_current (ScAws *aws, const char *secret, GError **error)
{
  g_autoptr (JsonObject) input = new_input (secret);
  g_autoptr (JsonObject) output = call (aws, "DescribeSecret", TRUE, input, error);
  JsonObject *stages = output ? sc_json_get_object (output, "VersionIdsToStages", error) : NULL;
  if (!stages)
    return NULL;
  JsonObjectIter iter;
  const char *version;
  JsonNode *node;
  json_object_iter_init (&iter, stages);
  while (json_object_iter_next (&iter, &version, &node))
    if (has_stage (stages, version, SC_SECRETS_CURRENT))
      return g_strdup (version);
  g_set_error (error, SC_AWS_ERROR, SC_AWS_ERROR_PROTOCOL, "The secret has no current version");
  return NULL;
}

/**
 * sc_secrets_put_pending:
 * @aws: a client
 * @secret: a secret's ARN or name
 * @version: the id of the version to make, a UUID; the same twice makes one
 * @value: its text
 * @error: any %SC_AWS_ERROR
 *
 * Adds a version that is not in use yet.
 *
 * Returns: %TRUE if it is there
 */
gboolean
sc_secrets_put_pending (ScAws *aws,
                        const char *secret,
                        const char *version,
                        const char *value,
                        GError **error)
{
  g_autoptr (JsonObject) input = new_input (secret);
  JsonArray *stages = json_array_new ();
  json_array_add_string_element (stages, SC_SECRETS_PENDING);
  json_object_set_string_member (input, "ClientRequestToken", version);
  json_object_set_string_member (input, "SecretString", value);
  json_object_set_array_member (input, "VersionStages", stages);
  g_autoptr (JsonObject) output = call (aws, "PutSecretValue", TRUE, input, error);
  return output != NULL;
}

/**
 * sc_secrets_make_current:
 * @aws: a client
 * @secret: a secret's ARN or name
 * @version: the id of one of its versions
 * @current: the id of the version that is current now
 * @error: any %SC_AWS_ERROR
 *
 * Returns: %TRUE if @version is in use from now on
 */
gboolean
sc_secrets_make_current (ScAws *aws,
                         const char *secret,
                         const char *version,
                         const char *current,
                         GError **error)
{
  g_autoptr (JsonObject) input = new_input (secret);
  json_object_set_string_member (input, "VersionStage", SC_SECRETS_CURRENT);
  json_object_set_string_member (input, "MoveToVersionId", version);
  json_object_set_string_member (input, "RemoveFromVersionId", current);
  g_autoptr (JsonObject) output = call (aws, "UpdateSecretVersionStage", FALSE, input, error);
  return output != NULL;
}
