/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What of the stack has an address on the web: the bucket, and the edge's two servers that stand
 * for the distribution before it and for the HTTP API. */

#include "config.h"

#include "sc-id.h"
#include "sc-stack-error.h"
#include "sc-stack-private.h"

#include <errno.h>
#include <glib/gstdio.h>

/**
 * sc_stack_make_bucket:
 * @stack: the stack
 * @id: as of #ScStackMaker
 * @properties: as of #ScStackMaker
 * @attributes: as of #ScStackMaker
 * @error: as of #ScStackMaker
 *
 * An AWS::S3::Bucket: a folder.
 *
 * Returns: as #ScStackMaker
 */
gboolean
sc_stack_make_bucket (ScStack *stack,
                      const char *id,
                      JsonObject *properties,
                      JsonObject *attributes,
                      GError **error)
{
  const char *name = sc_stack_name_resource (properties, "BucketName", id, TRUE, attributes);
  g_autofree char *buckets = sc_state_dir_build (stack->state, "buckets");
  g_autofree char *directory = g_build_filename (buckets, name, NULL);
  if (g_mkdir_with_parents (directory, 0700) != 0) {
    sc_stack_set_error (error, SC_STACK_ERROR_DEPLOY, 0, "%s: %s", directory, g_strerror (errno));
    return FALSE;
  }
  sc_stack_set (attributes, "Arn", g_strconcat ("arn:aws:s3:::", name, NULL));
  sc_stack_set (attributes, "DomainName", g_strconcat (name, ".s3.amazonaws.com", NULL));
  sc_stack_set (attributes,
                "RegionalDomainName",
                g_strdup_printf ("%s.s3.%s.amazonaws.com", name, stack->region));
  return TRUE;
}

/**
 * sc_stack_make_distribution:
 * @stack: the stack
 * @id: as of #ScStackMaker
 * @properties: as of #ScStackMaker
 * @attributes: as of #ScStackMaker
 * @error: as of #ScStackMaker
 *
 * An AWS::CloudFront::Distribution: the edge's server of recordings.
 *
 * Returns: as #ScStackMaker
 */
gboolean
sc_stack_make_distribution (ScStack *stack,
                            const char *id,
                            JsonObject *properties,
                            JsonObject *attributes,
                            GError **error)
{
  sc_stack_keep (attributes, "Id", sc_id_new ("E", 13));
  sc_stack_set (attributes, "DomainName", g_strdup (stack->recordings_host));
  return TRUE;
}

/**
 * sc_stack_make_api:
 * @stack: the stack
 * @id: as of #ScStackMaker
 * @properties: as of #ScStackMaker
 * @attributes: as of #ScStackMaker
 * @error: as of #ScStackMaker
 *
 * An AWS::ApiGatewayV2::Api: the edge's server of the API.
 *
 * Returns: as #ScStackMaker
 */
gboolean
sc_stack_make_api (ScStack *stack,
                   const char *id,
                   JsonObject *properties,
                   JsonObject *attributes,
                   GError **error)
{
  sc_stack_keep (attributes, "ApiId", sc_id_new ("", 10));
  sc_stack_set (attributes, "ApiEndpoint", g_strconcat ("https://", stack->api_host, NULL));
  return TRUE;
}
