/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* AWS Secrets Manager, as much of it as reading and rotating a secret take (botocore's model
 * secretsmanager 2017-10-17). Staging labels are AWS's own three. */

#include "config.h"

#include "sc-secret-operations.h"

#include "sc-json.h"

/* "AWS Secrets Manager quotas" allow 10,000 calls a second; the control planes count to 100. */
#define CALLS_A_SECOND 100

#define SECRET_ID                                                                                  \
  { .name = "SecretId", .kind = SC_INPUT_STRING, .required = TRUE, .min = 1, .max = 2048 }
#define VERSION(member) { .name = member, .kind = SC_INPUT_STRING, .min = 32, .max = 64 }
#define STAGE(member) { .name = member, .kind = SC_INPUT_STRING, .min = 1, .max = 256 }

static const ScInputRule get_rules[] = {
  SECRET_ID,
  VERSION ("VersionId"),
  STAGE ("VersionStage"),
  {},
};

static const ScInputRule describe_rules[] = { SECRET_ID, {} };

static const ScInputRule stage_rule[] = { STAGE (NULL), {} };

static const ScInputRule put_rules[] = {
  SECRET_ID,
  VERSION ("ClientRequestToken"),
  { .name = "SecretString", .kind = SC_INPUT_STRING, .required = TRUE, .min = 1, .max = 65536 },
  { .name = "VersionStages", .kind = SC_INPUT_LIST, .min = 1, .max = 20, .members = stage_rule },
  {},
};

static const ScInputRule update_rules[] = {
  SECRET_ID,
  { .name = "VersionStage", .kind = SC_INPUT_STRING, .required = TRUE, .min = 1, .max = 256 },
  VERSION ("MoveToVersionId"),
  VERSION ("RemoveFromVersionId"),
  {},
};

static gboolean
find_stage (const char *name, ScSecretStage *ret_stage)
{
  for (guint i = 0; i < SC_SECRET_N_STAGES; i++) {
    if (g_str_equal (name, sc_secret_stage_get_name (i))) {
      *ret_stage = i;
      return TRUE;
    }
  }
  return FALSE;
}

static JsonArray *
list_stages (const ScSecret *secret, const ScSecretVersion *version)
{
  JsonArray *stages = json_array_new ();
  for (guint i = 0; i < SC_SECRET_N_STAGES; i++)
    if (secret->staged[i] == version)
      json_array_add_string_element (stages, sc_secret_stage_get_name (i));
  return stages;
}

static ScSecretVersion *
find_version (ScSecret *secret, const ScSecretWish *wish)
{
  ScSecretStage stage = SC_SECRET_CURRENT;
  if (wish->stage && !find_stage (wish->stage, &stage))
    return NULL;
  if (!wish->version_id)
    return secret->staged[stage];
  ScSecretVersion *version = sc_secret_find_version (secret, wish->version_id);
  return !wish->stage || version == secret->staged[stage] ? version : NULL;
}

/**
 * sc_secret_describe_value:
 * @vault: the secrets
 * @wish: what is asked for
 *
 * Returns: (transfer full) (nullable): GetSecretValue's answer, or %NULL where there is none
 */
JsonObject *
sc_secret_describe_value (ScVault *vault, const ScSecretWish *wish)
{
  ScSecret *secret = sc_vault_find (vault, wish->secret_id);
  const ScSecretVersion *version = secret ? find_version (secret, wish) : NULL;
  if (!version)
    return NULL;
  JsonObject *answer = json_object_new ();
  json_object_set_string_member (answer, "ARN", secret->arn);
  json_object_set_string_member (answer, "Name", secret->name);
  json_object_set_string_member (answer, "VersionId", version->id);
  json_object_set_string_member (answer, "SecretString", version->value);
  json_object_set_array_member (answer, "VersionStages", list_stages (secret, version));
  json_object_set_double_member (answer,
                                 "CreatedDate",
                                 (double) (version->created_at / 1000) / 1000.0);
  return answer;
}

static void
refuse (GError **error)
{
  g_set_error_literal (error,
                       SC_CONTROL_ERROR,
                       SC_CONTROL_ERROR_NO_SECRET,
                       "Secrets Manager can't find the specified secret.");
}

static ScSecret *
find_secret (ScControlCall *call, ScVault *vault, GError **error)
{
  ScSecret *secret = sc_vault_find (vault, json_object_get_string_member (call->input, "SecretId"));
  if (!secret)
    refuse (error);
  return secret;
}

static JsonObject *
get_secret_value (ScControlCall *call, gpointer data, GError **error)
{
  const ScSecretWish wish = { json_object_get_string_member (call->input, "SecretId"),
                              sc_json_get_string_or (call->input, "VersionId", NULL),
                              sc_json_get_string_or (call->input, "VersionStage", NULL) };
  JsonObject *answer = sc_secret_describe_value (data, &wish);
  if (!answer)
    refuse (error);
  return answer;
}

static JsonObject *
describe_secret (ScControlCall *call, gpointer data, GError **error)
{
  ScSecret *secret = find_secret (call, data, error);
  if (!secret)
    return NULL;
  JsonObject *stages = json_object_new ();
  for (guint i = 0; i < secret->versions->len; i++) {
    const ScSecretVersion *version = g_ptr_array_index (secret->versions, i);
    json_object_set_array_member (stages, version->id, list_stages (secret, version));
  }
  JsonObject *answer = json_object_new ();
  json_object_set_string_member (answer, "ARN", secret->arn);
  json_object_set_string_member (answer, "Name", secret->name);
  json_object_set_boolean_member (answer, "RotationEnabled", TRUE);
  json_object_set_object_member (answer, "VersionIdsToStages", stages);
  return answer;
}

static gboolean
set_stages (ScSecret *secret, ScSecretVersion *version, JsonArray *stages, GError **error)
{
  ScSecretStage stage = SC_SECRET_CURRENT;
  for (guint i = 0; stages && i < json_array_get_length (stages); i++) {
    if (!find_stage (json_array_get_string_element (stages, i), &stage)) {
      g_set_error_literal (error,
                           SC_CONTROL_ERROR,
                           SC_CONTROL_ERROR_VALIDATION,
                           "The local cloud knows AWS's own staging labels only.");
      return FALSE;
    }
    sc_secret_set_stage (secret, stage, version);
  }
  if (!stages)
    sc_secret_set_stage (secret, SC_SECRET_CURRENT, version);
  return TRUE;
}

/* The same token and value again is the same call again; another value is a mistake. */
static JsonObject *
put_secret_value (ScControlCall *call, gpointer data, GError **error)
{
  ScSecret *secret = find_secret (call, data, error);
  if (!secret)
    return NULL;
  const char *value = json_object_get_string_member (call->input, "SecretString");
  g_autofree char *made = g_uuid_string_random ();
  const char *token = sc_json_get_string_or (call->input, "ClientRequestToken", made);
  ScSecretVersion *version = sc_secret_find_version (secret, token);
  if (version && !g_str_equal (version->value, value)) {
    g_set_error_literal (error,
                         SC_CONTROL_ERROR,
                         SC_CONTROL_ERROR_CONFLICT,
                         "You can't use ClientRequestToken for another value.");
    return NULL;
  }
  if (!version)
    version = sc_secret_add_version (secret, token, value);
  JsonArray *stages = json_object_has_member (call->input, "VersionStages")
                        ? json_object_get_array_member (call->input, "VersionStages")
                        : NULL;
  if (!set_stages (secret, version, stages, error))
    return NULL;
  JsonObject *answer = json_object_new ();
  json_object_set_string_member (answer, "ARN", secret->arn);
  json_object_set_string_member (answer, "Name", secret->name);
  json_object_set_string_member (answer, "VersionId", version->id);
  json_object_set_array_member (answer, "VersionStages", list_stages (secret, version));
  return answer;
}

static JsonObject *
update_stage (ScControlCall *call, gpointer data, GError **error)
{
  ScSecret *secret = find_secret (call, data, error);
  if (!secret)
    return NULL;
  const char *to = sc_json_get_string_or (call->input, "MoveToVersionId", NULL);
  const char *from = sc_json_get_string_or (call->input, "RemoveFromVersionId", NULL);
  ScSecretVersion *version = to ? sc_secret_find_version (secret, to) : NULL;
  ScSecretStage stage = SC_SECRET_CURRENT;
  gboolean known = find_stage (json_object_get_string_member (call->input, "VersionStage"), &stage);
  const ScSecretVersion *had = known ? secret->staged[stage] : NULL;
  if (!known || (to && !version) || (!to && stage == SC_SECRET_CURRENT) ||
      (had && had != version && g_strcmp0 (had->id, from) != 0)) {
    g_set_error_literal (error,
                         SC_CONTROL_ERROR,
                         SC_CONTROL_ERROR_VALIDATION,
                         "The staging label cannot be moved like this.");
    return NULL;
  }
  sc_secret_set_stage (secret, stage, version);
  JsonObject *answer = json_object_new ();
  json_object_set_string_member (answer, "ARN", secret->arn);
  json_object_set_string_member (answer, "Name", secret->name);
  return answer;
}

#define OPERATION(name, rules, handle)                                                             \
  { "secretsmanager", name, rules, handle, .rate = CALLS_A_SECOND }

const ScControlOperation sc_secret_operations[] = {
  OPERATION ("GetSecretValue", get_rules, get_secret_value),
  OPERATION ("DescribeSecret", describe_rules, describe_secret),
  OPERATION ("PutSecretValue", put_rules, put_secret_value),
  OPERATION ("UpdateSecretVersionStage", update_rules, update_stage),
  {},
};
