/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the template makes of Amazon IVS and retains, for who takes everything down. Wire format:
 * botocore's models ivs 2020-07-14 and ivschat 2020-07-14. */

#include "config.h"

#include "sc-ivs-configuration.h"

#include "sc-aws-answer.h"
#include "sc-shape.h"

/* Of the pages that the two services give the larger ("ListRecordingConfigurations",
 * "ListLoggingConfigurations": at most 100 and 50). */
#define RECORDING_PAGE 100
#define LOGGING_PAGE 50

static const ScShapeMember members[] = {
  { "arn", G_STRUCT_OFFSET (ScIvsConfiguration, arn), SC_SHAPE_STRING, SC_SHAPE_REQUIRED },
  { "name", G_STRUCT_OFFSET (ScIvsConfiguration, name), SC_SHAPE_STRING, 0 },
  { "tags", G_STRUCT_OFFSET (ScIvsConfiguration, tags), SC_SHAPE_TAGS, 0 },
  {},
};

static const ScShape shape = { sizeof (ScIvsConfiguration), members };

static gpointer
read_configuration (JsonObject *object, GError **error)
{
  return sc_shape_from_json (&shape, object, error);
}

/**
 * sc_ivs_configuration_free:
 * @self: (nullable) (transfer full): a configuration
 */
void
sc_ivs_configuration_free (ScIvsConfiguration *self)
{
  sc_shape_free (&shape, self);
}

static gboolean
delete_one (ScAws *aws,
            const ScAwsOperation *operation,
            const char *member,
            const char *arn,
            GError **error)
{
  g_autoptr (JsonObject) input = json_object_new ();
  json_object_set_string_member (input, member, arn);
  g_autoptr (JsonObject) output = sc_aws_call (aws, operation, input, error);
  return output != NULL;
}

/**
 * sc_ivs_list_recording_configurations:
 * @aws: a client
 * @token: (inout): %NULL for the first page; replaced by where this one ends, %NULL after the last
 * @error: any %SC_AWS_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScIvsConfiguration): a page of summaries
 */
GPtrArray *
sc_ivs_list_recording_configurations (ScAws *aws, char **token, GError **error)
{
  static const ScAwsList list = { { SC_AWS_IVS, "ListRecordingConfigurations", TRUE },
                                  "recordingConfigurations",
                                  (ScAwsReader) read_configuration,
                                  (GDestroyNotify) sc_ivs_configuration_free,
                                  RECORDING_PAGE };
  g_autoptr (JsonObject) input = json_object_new ();
  return sc_aws_call_list (aws, &list, input, token, error);
}

/**
 * sc_ivs_delete_recording_configuration:
 * @aws: a client
 * @arn: a recording configuration's ARN
 * @error: any %SC_AWS_ERROR; one that a channel names is %SC_AWS_ERROR_CONFLICT
 *
 * Returns: %TRUE if it was done
 */
gboolean
sc_ivs_delete_recording_configuration (ScAws *aws, const char *arn, GError **error)
{
  const ScAwsOperation operation = { SC_AWS_IVS, "DeleteRecordingConfiguration", TRUE };
  return delete_one (aws, &operation, "arn", arn, error);
}

/**
 * sc_ivschat_list_logging_configurations:
 * @aws: a client
 * @token: (inout): %NULL for the first page; replaced by where this one ends, %NULL after the last
 * @error: any %SC_AWS_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScIvsConfiguration): a page of summaries
 */
GPtrArray *
sc_ivschat_list_logging_configurations (ScAws *aws, char **token, GError **error)
{
  static const ScAwsList list = { { SC_AWS_IVS_CHAT, "ListLoggingConfigurations", TRUE },
                                  "loggingConfigurations",
                                  (ScAwsReader) read_configuration,
                                  (GDestroyNotify) sc_ivs_configuration_free,
                                  LOGGING_PAGE };
  g_autoptr (JsonObject) input = json_object_new ();
  return sc_aws_call_list (aws, &list, input, token, error);
}

/**
 * sc_ivschat_delete_logging_configuration:
 * @aws: a client
 * @arn: a logging configuration's ARN
 * @error: any %SC_AWS_ERROR
 *
 * Returns: %TRUE if it was done
 */
gboolean
sc_ivschat_delete_logging_configuration (ScAws *aws, const char *arn, GError **error)
{
  const ScAwsOperation operation = { SC_AWS_IVS_CHAT, "DeleteLoggingConfiguration", TRUE };
  return delete_one (aws, &operation, "identifier", arn, error);
}
