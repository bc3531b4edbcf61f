/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-secrets.h"

#include "sc-aws-answer.h"
#include "sc-json.h"

/* What Secrets Manager allows in a secret, 65,536 bytes ("AWS Secrets Manager quotas"). */
#define MAX_SECRET 65536

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
  const ScAwsOperation operation = { SC_AWS_SECRETS_MANAGER, "GetSecretValue", TRUE };
  g_autoptr (JsonObject) input = json_object_new ();
  json_object_set_string_member (input, "SecretId", secret);
  g_autoptr (JsonObject) output = sc_aws_call (aws, &operation, input, error);
  if (!output)
    return NULL;
  const char *value = sc_json_get_string (output, "SecretString", MAX_SECRET, NULL);
  if (!value)
    g_set_error (error, SC_AWS_ERROR, SC_AWS_ERROR_PROTOCOL, "The secret is not a text");
  return g_strdup (value);
}
