/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* AWS Secrets Manager: GetSecretValue (botocore's model secretsmanager 2017-10-17). */

#include "config.h"

#include "sc-secret-operations.h"

#include "sc-json.h"
#include "sc-vault.h"

/* "AWS Secrets Manager quotas" allow 10,000 calls a second; the control planes count to 100. */
#define CALLS_A_SECOND 100

#define STAGE "AWSCURRENT"

static const ScInputRule rules[] = {
  { .name = "SecretId", .kind = SC_INPUT_STRING, .required = TRUE, .min = 1, .max = 2048 },
  { .name = "VersionId", .kind = SC_INPUT_STRING, .min = 32, .max = 64 },
  { .name = "VersionStage", .kind = SC_INPUT_STRING, .min = 1, .max = 256 },
  {},
};

/* There is one version of each secret, the current one. */
static gboolean
is_wanted (const ScSecret *secret, JsonObject *input)
{
  return g_str_equal (sc_json_get_string_or (input, "VersionStage", STAGE), STAGE) &&
         g_str_equal (sc_json_get_string_or (input, "VersionId", secret->version), secret->version);
}

static JsonObject *
get_secret_value (ScControlCall *call, gpointer data, GError **error)
{
  const ScSecret *secret =
    sc_vault_find (data, json_object_get_string_member (call->input, "SecretId"));
  if (!secret || !is_wanted (secret, call->input)) {
    g_set_error_literal (error,
                         SC_CONTROL_ERROR,
                         SC_CONTROL_ERROR_NO_SECRET,
                         "Secrets Manager can't find the specified secret.");
    return NULL;
  }
  JsonArray *stages = json_array_new ();
  json_array_add_string_element (stages, STAGE);
  JsonObject *answer = json_object_new ();
  json_object_set_string_member (answer, "ARN", secret->arn);
  json_object_set_string_member (answer, "Name", secret->name);
  json_object_set_string_member (answer, "VersionId", secret->version);
  json_object_set_string_member (answer, "SecretString", secret->value);
  json_object_set_array_member (answer, "VersionStages", stages);
  json_object_set_double_member (answer,
                                 "CreatedDate",
                                 (double) (secret->created_at / 1000) / 1000.0);
  return answer;
}

const ScControlOperation sc_secret_operations[] = {
  { "secretsmanager", "GetSecretValue", rules, get_secret_value, .rate = CALLS_A_SECOND },
  {},
};
