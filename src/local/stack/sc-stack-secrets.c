/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Secrets, and the database that they open. */

#include "config.h"

#include "sc-id.h"
#include "sc-json.h"
#include "sc-stack-error.h"
#include "sc-stack-private.h"

#include <string.h>

/* AWS Secrets Manager's own default, and its limit. */
#define PASSWORD_LENGTH 32
#define PASSWORD_LENGTH_MAX 4096

/* The secret's text: the template's, with a password put in that is made once. */
static char *
make_secret_text (JsonObject *generate, JsonObject *attributes, GError **error)
{
  const char *key = sc_stack_get_text (generate, "GenerateStringKey");
  const char *shape = sc_stack_get_text (generate, "SecretStringTemplate");
  gint64 length = PASSWORD_LENGTH;
  if (json_object_has_member (generate, "PasswordLength") &&
      !sc_json_get_int (generate, "PasswordLength", 1, PASSWORD_LENGTH_MAX, &length, error))
    return NULL;
  const char *password = sc_stack_keep (attributes, "Password", sc_id_new ("", (guint) length));
  if (!key || !shape)
    return g_strdup (password);

  g_autoptr (GBytes) bytes = g_bytes_new (shape, strlen (shape));
  g_autoptr (JsonObject) parsed = sc_json_parse (bytes, SC_JSON_MAX_BYTES, error);
  if (!parsed)
    return NULL;
  g_autoptr (JsonObject) secret = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  json_object_iter_init (&iter, parsed);
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (secret, name, json_node_copy (node));
  json_object_set_string_member (secret, key, password);
  return sc_json_to_string (secret);
}

/* Puts a secret into the vault; its ARN is the attribute @member. */
static void
put_secret (ScStack *stack,
            JsonObject *attributes,
            const char *member,
            const char *name,
            const char *text)
{
  g_autofree char *random = sc_id_new ("", 6);
  g_autofree char *rest = g_strdup_printf ("secret:%s-%s", name, random);
  const char *arn =
    sc_stack_keep (attributes, member, sc_stack_make_arn (stack, "secretsmanager", rest));
  sc_vault_put (stack->secrets, arn, name, text);
}

/**
 * sc_stack_make_secret:
 * @stack: the stack
 * @id: as of #ScStackMaker
 * @properties: as of #ScStackMaker
 * @attributes: as of #ScStackMaker
 * @error: as of #ScStackMaker
 *
 * An AWS::SecretsManager::Secret.
 *
 * Returns: as #ScStackMaker
 */
gboolean
sc_stack_make_secret (ScStack *stack,
                      const char *id,
                      JsonObject *properties,
                      JsonObject *attributes,
                      GError **error)
{
  const char *name = sc_stack_name_resource (properties, "Name", id, FALSE, attributes);
  JsonObject *generate = sc_json_get_object_or_null (properties, "GenerateSecretString");
  g_autofree char *text = generate ? make_secret_text (generate, attributes, error)
                                   : g_strdup (sc_stack_get_text (properties, "SecretString"));
  if (text) {
    put_secret (stack, attributes, "Id", name, text);
    return TRUE;
  }
  if (!generate)
    sc_stack_set_error (error, SC_STACK_ERROR_DEPLOY, 0, "a secret without a value");
  return FALSE;
}

/* The master's secret as RDS makes it: a name and a password, and nothing of where. */
static void
put_master_secret (ScStack *stack, const char *user, JsonObject *attributes)
{
  g_autofree char *random = sc_id_new ("rds!db-", 12);
  const char *name = sc_stack_keep (attributes, "MasterUserSecret.Name", g_strdup (random));
  g_autoptr (JsonObject) secret = json_object_new ();
  json_object_set_string_member (secret, "username", user);
  json_object_set_string_member (secret,
                                 "password",
                                 sc_stack_keep (attributes,
                                                "MasterUserSecret.Password",
                                                sc_id_new ("", PASSWORD_LENGTH)));
  g_autofree char *text = sc_json_to_string (secret);
  put_secret (stack, attributes, "MasterUserSecret.SecretArn", name, text);
}

/**
 * sc_stack_make_database:
 * @stack: the stack
 * @id: as of #ScStackMaker
 * @properties: as of #ScStackMaker
 * @attributes: as of #ScStackMaker
 * @error: as of #ScStackMaker
 *
 * An AWS::RDS::DBInstance: the local cloud's own PostgreSQL stands for it.
 *
 * Returns: as #ScStackMaker
 */
gboolean
sc_stack_make_database (ScStack *stack,
                        const char *id,
                        JsonObject *properties,
                        JsonObject *attributes,
                        GError **error)
{
  sc_stack_set (attributes, "Name", g_ascii_strdown (id, -1));
  if (g_strcmp0 (sc_stack_get_text (properties, "Engine"), "postgres") != 0) {
    sc_stack_set_error (error, SC_STACK_ERROR_UNSUPPORTED, 0, "only PostgreSQL is here");
    return FALSE;
  }
  sc_stack_set (attributes, "Endpoint.Address", g_strdup (stack->database_host));
  sc_stack_set (attributes, "Endpoint.Port", g_strdup ("5432"));
  put_master_secret (stack,
                     sc_json_get_string_or (properties, "MasterUsername", "postgres"),
                     attributes);
  return TRUE;
}
