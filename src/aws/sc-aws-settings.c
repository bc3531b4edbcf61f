/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who calls AWS, and where its services are: the variables of the "AWS SDKs and Tools Reference
 * Guide". Plain data, from any thread. */

#include "config.h"

#include "sc-aws-settings.h"

/* "signingName", "endpointPrefix" and "serviceId" of the services' API models. Those that have a
 * target prefix speak AWS JSON 1.0 or 1.1, the others REST JSON; of Amazon S3 only objects are read
 * and written, of AWS Lambda only functions invoked. */
static const struct {
  const char *signing_name;
  const char *host_prefix;
  const char *endpoint_variable;
  const char *target_prefix;
} services[SC_AWS_N_SERVICES] = {
  [SC_AWS_IVS] = { "ivs", "ivs", "AWS_ENDPOINT_URL_IVS", NULL },
  [SC_AWS_IVS_CHAT] = { "ivschat", "ivschat", "AWS_ENDPOINT_URL_IVSCHAT", NULL },
  [SC_AWS_IVS_REALTIME] = { "ivs", "ivsrealtime", "AWS_ENDPOINT_URL_IVS_REALTIME", NULL },
  [SC_AWS_SECRETS_MANAGER] = { "secretsmanager",
                               "secretsmanager",
                               "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                               "secretsmanager" },
  [SC_AWS_S3] = { "s3", "s3", "AWS_ENDPOINT_URL_S3", NULL },
  [SC_AWS_CLOUDWATCH] = { "monitoring",
                          "monitoring",
                          "AWS_ENDPOINT_URL_CLOUDWATCH",
                          "GraniteServiceVersion20100801" },
  [SC_AWS_LAMBDA] = { "lambda", "lambda", "AWS_ENDPOINT_URL_LAMBDA", NULL },
};

static void
find_endpoint (ScAwsSettings *self, char **environment, ScAwsService service)
{
  const char *url = g_environ_getenv (environment, services[service].endpoint_variable);
  if (!url || !url[0])
    url = g_environ_getenv (environment, "AWS_ENDPOINT_URL");
  self->named[service] = url && url[0];
  gsize size = self->named[service] ? strlen (url) : 0;
  while (size > 0 && url[size - 1] == '/')
    size--;
  self->endpoints[service] = self->named[service] ? g_strndup (url, size)
                                                  : g_strdup_printf ("https://%s.%s.amazonaws.com",
                                                                     services[service].host_prefix,
                                                                     self->region);
}

static char *
require_setting (char **environment, const char *name, GError **error)
{
  const char *value = g_environ_getenv (environment, name);
  if (value && value[0])
    return g_strdup (value);
  g_set_error (error, SC_AWS_ERROR, SC_AWS_ERROR_INVALID, "%s is not set", name);
  return NULL;
}

/**
 * sc_aws_settings_read:
 * @self: settings, all zero
 * @environment: the environment, as g_get_environ() gives it
 * @error: %SC_AWS_ERROR_INVALID, naming the setting that is missing or wrong
 *
 * Returns: %FALSE when a setting is missing; what was read is to be cleared all the same
 */
gboolean
sc_aws_settings_read (ScAwsSettings *self, char **environment, GError **error)
{
  self->region = require_setting (environment, "AWS_REGION", error);
  if (!self->region)
    return FALSE;
  self->access_key_id = require_setting (environment, "AWS_ACCESS_KEY_ID", error);
  if (!self->access_key_id)
    return FALSE;
  self->secret_access_key = require_setting (environment, "AWS_SECRET_ACCESS_KEY", error);
  if (!self->secret_access_key)
    return FALSE;
  self->session_token = g_strdup (g_environ_getenv (environment, "AWS_SESSION_TOKEN"));

  for (guint service = 0; service < SC_AWS_N_SERVICES; service++) {
    find_endpoint (self, environment, service);
    if (!g_uri_is_valid (self->endpoints[service], G_URI_FLAGS_NONE, NULL)) {
      g_set_error (error, SC_AWS_ERROR, SC_AWS_ERROR_INVALID, "The AWS endpoint is not a URL");
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * sc_aws_settings_copy:
 * @self: settings
 * @ret_copy: (out caller-allocates): the same again, to be cleared on its own
 */
void
sc_aws_settings_copy (const ScAwsSettings *self, ScAwsSettings *ret_copy)
{
  *ret_copy = *self;
  ret_copy->region = g_strdup (self->region);
  ret_copy->access_key_id = g_strdup (self->access_key_id);
  ret_copy->secret_access_key = g_strdup (self->secret_access_key);
  ret_copy->session_token = g_strdup (self->session_token);
  for (guint service = 0; service < SC_AWS_N_SERVICES; service++)
    ret_copy->endpoints[service] = g_strdup (self->endpoints[service]);
}

/**
 * sc_aws_settings_clear:
 * @self: settings
 *
 * Frees what is in them.
 */
void
sc_aws_settings_clear (ScAwsSettings *self)
{
  g_free (self->region);
  g_free (self->access_key_id);
  g_free (self->secret_access_key);
  g_free (self->session_token);
  for (guint service = 0; service < SC_AWS_N_SERVICES; service++)
    g_free (self->endpoints[service]);
  *self = (ScAwsSettings) { 0 };
}

/**
 * sc_aws_service_get_signing_name:
 * @service: a service
 *
 * Returns: (transfer none): what it is called in a signature's scope
 */
const char *
sc_aws_service_get_signing_name (ScAwsService service)
{
  return services[service].signing_name;
}

/**
 * sc_aws_service_get_content_type:
 * @service: a service
 *
 * Returns: (transfer none): what its requests are: REST JSON, AWS JSON 1.0 or 1.1
 */
const char *
sc_aws_service_get_content_type (ScAwsService service)
{
  if (!services[service].target_prefix)
    return "application/json";
  return service == SC_AWS_CLOUDWATCH ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";
}

/**
 * sc_aws_service_get_target_prefix:
 * @service: a service
 *
 * Returns: (transfer none) (nullable): what X-Amz-Target begins with; %NULL where it speaks REST
 */
const char *
sc_aws_service_get_target_prefix (ScAwsService service)
{
  return services[service].target_prefix;
}
