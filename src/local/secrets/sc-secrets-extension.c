/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* AWS's Parameters and Secrets Lambda Extension, as much of it as functions ask for:
 *
 *   GET /secretsmanager/get?secretId=ID[&versionStage=STAGE][&versionId=UUID]
 *
 * with the function's session token in a header, so that no page in a browser can ask ("AWS Secrets
 * Manager User Guide, Use AWS Secrets Manager secrets in AWS Lambda functions"). On AWS each
 * sandbox has its own; here one serves all. Listens on loopback. Main thread. */

#include "config.h"

#include "sc-secrets-extension.h"

#include "sc-id.h"
#include "sc-json.h"
#include "sc-secret-operations.h"

#include <libsoup/soup.h>
#include <string.h>

#define PATH "/secretsmanager/get"
#define TOKEN_HEADER "X-Aws-Parameters-Secrets-Token"

/* A session token of AWS is longer; this one cannot be guessed either. */
#define TOKEN_LENGTH 40

struct _ScSecretsExtension {
  SoupServer *server;
  guint port;
  char *token;
  ScVault *vault; /* NULL: not ready to serve traffic */
};

static void
answer (SoupServerMessage *message, guint status, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message,
                                    "application/json",
                                    SOUP_MEMORY_COPY,
                                    text,
                                    strlen (text));
}

static const char *
find_parameter (GHashTable *query, const char *name)
{
  return query ? g_hash_table_lookup (query, name) : NULL;
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  ScSecretsExtension *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *token = soup_message_headers_get_one (headers, TOKEN_HEADER);
  const char *id = find_parameter (query, "secretId");
  if (!g_str_equal (path, PATH) || soup_server_message_get_method (message) != SOUP_METHOD_GET) {
    answer (message, SOUP_STATUS_NOT_FOUND, "\"not found\"");
  } else if (g_strcmp0 (token, self->token) != 0) {
    answer (message, SOUP_STATUS_UNAUTHORIZED, "\"unauthorized\"");
  } else if (!self->vault || !id) {
    answer (message, SOUP_STATUS_BAD_REQUEST, "\"not ready to serve traffic, please wait\"");
  } else {
    const ScSecretWish wish = { id,
                                find_parameter (query, "versionId"),
                                find_parameter (query, "versionStage") };
    g_autoptr (JsonObject) object = sc_secret_describe_value (self->vault, &wish);
    g_autofree char *text = object ? sc_json_to_string (object) : g_strdup ("\"no such secret\"");
    answer (message, object ? SOUP_STATUS_OK : SOUP_STATUS_BAD_REQUEST, text);
  }
}

/**
 * sc_secrets_extension_new:
 * @error: why no port could be had
 *
 * Returns: (transfer full) (nullable): an extension that is not ready
 */
ScSecretsExtension *
sc_secrets_extension_new (GError **error)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return NULL;
  ScSecretsExtension *self = g_new0 (ScSecretsExtension, 1);
  GSList *uris = soup_server_get_uris (server);
  self->port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->token = sc_id_new ("", TOKEN_LENGTH);
  self->server = g_steal_pointer (&server);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  return self;
}

/**
 * sc_secrets_extension_free:
 * @self: (nullable): an extension
 *
 * Ends every connection.
 */
void
sc_secrets_extension_free (ScSecretsExtension *self)
{
  if (!self)
    return;
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->token);
  g_free (self);
}

/**
 * sc_secrets_extension_set_environment:
 * @self: an extension
 * @environment: (transfer full): of functions
 *
 * Tells functions where the extension is, and gives them the token that it knows.
 *
 * Returns: (transfer full): the environment
 */
GStrv
sc_secrets_extension_set_environment (ScSecretsExtension *self, GStrv environment)
{
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  environment =
    g_environ_setenv (environment, "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", port, TRUE);
  return g_environ_setenv (environment, "AWS_SESSION_TOKEN", self->token, TRUE);
}

/**
 * sc_secrets_extension_attach:
 * @self: an extension
 * @vault: (nullable): the secrets; they live until another call with %NULL
 *
 * Lets it serve, or ends that.
 */
void
sc_secrets_extension_attach (ScSecretsExtension *self, ScVault *vault)
{
  self->vault = vault;
}
