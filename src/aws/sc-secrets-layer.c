/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Secrets by AWS's Parameters and Secrets Lambda Extension, a layer that answers beside a function
 * ("AWS Secrets Manager User Guide, Use AWS Secrets Manager secrets in AWS Lambda functions"). It
 * answers while the function works on an event, not before. */

#include "config.h"

#include "sc-secrets-layer.h"

#include "sc-aws-error.h"
#include "sc-http.h"
#include "sc-json.h"

#define DEFAULT_PORT "2773"

/* The extension asks AWS Secrets Manager, whose answer takes tens of milliseconds. */
#define TIMEOUT_SECONDS 3

/* A secret of 65,536 bytes, each of which may be six in JSON, and what is said about it. */
#define ANSWER_MAX (512 * 1024)
#define SECRET_MAX 65536

struct _ScSecretsLayer {
  ScHttp *http;
  char *base_url;
  char *token;
};

/**
 * sc_secrets_layer_new:
 * @environment: (array zero-terminated=1): of a function, as of g_get_environ()
 *
 * Returns: (transfer full): a client that has not asked for anything
 */
ScSecretsLayer *
sc_secrets_layer_new (char **environment)
{
  const char *port = g_environ_getenv (environment, "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT");
  ScSecretsLayer *self = g_new0 (ScSecretsLayer, 1);
  self->http = sc_http_new (TIMEOUT_SECONDS);
  self->base_url = g_strdup_printf ("http://localhost:%s/secretsmanager/get?secretId=",
                                    port && *port ? port : DEFAULT_PORT);
  self->token = g_strdup (g_environ_getenv (environment, "AWS_SESSION_TOKEN"));
  return self;
}

/**
 * sc_secrets_layer_free:
 * @self: (nullable): a client
 */
void
sc_secrets_layer_free (ScSecretsLayer *self)
{
  if (!self)
    return;
  g_object_unref (self->http);
  g_free (self->base_url);
  g_free (self->token);
  g_free (self);
}

/**
 * sc_secrets_layer_get_value:
 * @self: a client
 * @secret: a secret's ARN or name
 * @error: an error of %SC_NET_ERROR; %SC_AWS_ERROR_SERVER where the extension refuses
 *
 * Asks for a secret, inside an invocation. Blocks.
 *
 * Returns: (transfer full) (nullable): the current text of the secret
 */
char *
sc_secrets_layer_get_value (ScSecretsLayer *self, const char *secret, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (secret, NULL, FALSE);
  g_autofree char *url = g_strconcat (self->base_url, escaped, NULL);
  const char *const headers[] = { "X-Aws-Parameters-Secrets-Token",
                                  self->token ? self->token : "",
                                  NULL };
  ScHttpRequest request = { .method = "GET",
                            .url = url,
                            .headers = headers,
                            .max_response_bytes = ANSWER_MAX,
                            .is_idempotent = TRUE };
  g_autoptr (ScHttpResponse) response = sc_http_send (self->http, &request, NULL, error);
  if (!response)
    return NULL;
  g_autoptr (JsonObject) object =
    response->status == 200 ? sc_json_parse (response->body, ANSWER_MAX, NULL) : NULL;
  const char *value = object ? sc_json_get_string (object, "SecretString", SECRET_MAX, NULL) : NULL;
  if (!value)
    g_set_error (error,
                 SC_AWS_ERROR,
                 SC_AWS_ERROR_SERVER,
                 "The secrets extension gives no secret (status %u)",
                 response->status);
  return g_strdup (value);
}
