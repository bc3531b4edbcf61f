/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ivs-realtime.h"

#include "sc-aws-answer.h"

/* The most that the API model allows on a page ("MaxStageResults"). */
#define PAGE_SIZE 100

/**
 * sc_ivs_realtime_create_stage:
 * @aws: a client
 * @wanted: its name and tags
 * @error: any %SC_AWS_ERROR
 *
 * Makes a stage. Called twice, it makes two: see sc_aws_error_is_unclear().
 *
 * Returns: (transfer full) (nullable): the stage
 */
ScIvsStage *
sc_ivs_realtime_create_stage (ScAws *aws, const ScIvsStage *wanted, GError **error)
{
  const ScAwsOperation operation = { SC_AWS_IVS_REALTIME, "CreateStage", FALSE };
  g_autoptr (JsonObject) input = sc_ivs_stage_to_json (wanted, TRUE);
  g_autoptr (JsonObject) output = sc_aws_call (aws, &operation, input, error);
  if (!output)
    return NULL;
  return sc_aws_read_member (output, "stage", (ScAwsReader) sc_ivs_stage_from_json, error);
}

/**
 * sc_ivs_realtime_list_stages:
 * @aws: a client
 * @token: (inout): %NULL for the first page; replaced by where this one ends, %NULL after the last
 * @error: any %SC_AWS_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type ScIvsStage): a page of summaries; the API knows
 * no filter
 */
GPtrArray *
sc_ivs_realtime_list_stages (ScAws *aws, char **token, GError **error)
{
  static const ScAwsList list = { { SC_AWS_IVS_REALTIME, "ListStages", TRUE },
                                  "stages",
                                  (ScAwsReader) sc_ivs_stage_from_json,
                                  (GDestroyNotify) sc_ivs_stage_free,
                                  PAGE_SIZE };
  g_autoptr (JsonObject) input = json_object_new ();
  return sc_aws_call_list (aws, &list, input, token, error);
}

/**
 * sc_ivs_realtime_delete_stage:
 * @aws: a client
 * @arn: a stage's ARN
 * @error: any %SC_AWS_ERROR
 *
 * Deletes a stage.
 *
 * Returns: %TRUE if it was done
 */
gboolean
sc_ivs_realtime_delete_stage (ScAws *aws, const char *arn, GError **error)
{
  const ScAwsOperation operation = { SC_AWS_IVS_REALTIME, "DeleteStage", TRUE };
  g_autoptr (JsonObject) input = json_object_new ();
  json_object_set_string_member (input, "arn", arn);
  g_autoptr (JsonObject) output = sc_aws_call (aws, &operation, input, error);
  return output != NULL;
}
