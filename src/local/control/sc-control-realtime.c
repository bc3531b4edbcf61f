/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The control plane of Amazon IVS Real-Time: stages. Rules and defaults are those of botocore's
 * model ivs-realtime 2020-07-14. A stage has no endpoints here, for nothing would answer them. */

#include "config.h"

#include "sc-json.h"
#include "sc-operation.h"

/* "Service Quotas", Amazon IVS Real-Time Streaming User Guide: stages per region. */
#define STAGES_MAX 1000

#define STAGES_PAGE 50

#define STAGE_PATTERN "arn:aws:ivs:[a-z0-9-]+:[0-9]+:stage/[a-zA-Z0-9-]+"
#define STORAGE_PATTERN "|arn:aws:ivs:[a-z0-9-]+:[0-9]+:storage-configuration/[a-zA-Z0-9-]+"

static const char *const capabilities[] = { "PUBLISH", "SUBSCRIBE", NULL };
static const char *const media_types[] = { "AUDIO_VIDEO", "AUDIO_ONLY", "NONE", NULL };
static const char *const thumbnail_modes[] = { "INTERVAL", "DISABLED", NULL };
static const char *const thumbnail_storages[] = { "SEQUENTIAL", "LATEST", NULL };

static const ScInputRule capability_rule[] = {
  { .name = "capabilities", .kind = SC_INPUT_STRING, .values = capabilities },
};

static const ScInputRule attribute_rules[] = {
  { .name = "key", .kind = SC_INPUT_STRING, .max = G_MAXINT },
  { .name = "value", .kind = SC_INPUT_STRING, .max = G_MAXINT },
};

static const ScInputRule token_members[] = {
  { .name = "duration", .kind = SC_INPUT_INTEGER, .min = 1, .max = 20160 },
  { .name = "userId", .kind = SC_INPUT_STRING, .max = 128 },
  { .name = "attributes", .kind = SC_INPUT_MAP, .max = G_MAXINT, .members = attribute_rules },
  { .name = "capabilities", .kind = SC_INPUT_LIST, .max = 2, .members = capability_rule },
  {},
};

static const ScInputRule token_rule[] = {
  { .name = "participantTokenConfigurations", .kind = SC_INPUT_OBJECT, .members = token_members },
};

static const ScInputRule media_type_rule[] = {
  { .name = "mediaTypes", .kind = SC_INPUT_STRING, .values = media_types },
};

static const ScInputRule thumbnail_storage_rule[] = {
  { .name = "storage", .kind = SC_INPUT_STRING, .values = thumbnail_storages },
};

static const ScInputRule thumbnail_rules[] = {
  { .name = "targetIntervalSeconds", .kind = SC_INPUT_INTEGER, .min = 1, .max = 86400 },
  { .name = "storage", .kind = SC_INPUT_LIST, .max = 2, .members = thumbnail_storage_rule },
  { .name = "recordingMode", .kind = SC_INPUT_STRING, .values = thumbnail_modes },
  {},
};

static const ScInputRule hls_rules[] = {
  { .name = "targetSegmentDurationSeconds", .kind = SC_INPUT_INTEGER, .min = 2, .max = 10 },
  {},
};

static const ScInputRule recording_rules[] = {
  { .name = "storageConfigurationArn",
    .kind = SC_INPUT_STRING,
    .required = TRUE,
    .max = 128,
    .pattern = STORAGE_PATTERN },
  { .name = "mediaTypes", .kind = SC_INPUT_LIST, .max = 1, .members = media_type_rule },
  { .name = "thumbnailConfiguration", .kind = SC_INPUT_OBJECT, .members = thumbnail_rules },
  { .name = "recordingReconnectWindowSeconds", .kind = SC_INPUT_INTEGER, .max = 300 },
  { .name = "hlsConfiguration", .kind = SC_INPUT_OBJECT, .members = hls_rules },
  { .name = "recordParticipantReplicas", .kind = SC_INPUT_BOOLEAN },
  {},
};

static const ScInputRule create_stage_rules[] = {
  { .name = "name", .kind = SC_INPUT_STRING, .max = 128, .pattern = SC_INPUT_NAME_PATTERN },
  { .name = "participantTokenConfigurations",
    .kind = SC_INPUT_LIST,
    .max = 12,
    .members = token_rule },
  { .name = "tags", .kind = SC_INPUT_MAP, .max = 50, .members = sc_input_tag },
  { .name = "autoParticipantRecordingConfiguration",
    .kind = SC_INPUT_OBJECT,
    .members = recording_rules },
  {},
};

static const ScInputRule list_stages_rules[] = {
  { .name = "maxResults", .kind = SC_INPUT_INTEGER, .min = 1, .max = 100 },
  { .name = "nextToken", .kind = SC_INPUT_STRING, .max = 1024, .pattern = SC_INPUT_TOKEN_PATTERN },
  {},
};

static const ScInputRule delete_stage_rules[] = {
  { .name = "arn",
    .kind = SC_INPUT_STRING,
    .required = TRUE,
    .min = 1,
    .max = 128,
    .pattern = STAGE_PATTERN },
  {},
};

static const char *const stage_summary[] = { "arn", "name", "activeSessionId", "tags", NULL };

/* Refuses what the local cloud cannot do rather than to pretend it. */
static gboolean
check_possible (ScControlCall *call, GError **error)
{
  JsonArray *tokens = sc_json_get_array (call->input, "participantTokenConfigurations", NULL);
  JsonObject *recording =
    sc_json_get_object_or_null (call->input, "autoParticipantRecordingConfiguration");
  const char *storage =
    recording ? sc_json_get_string_or (recording, "storageConfigurationArn", "") : "";
  if (*storage) {
    g_set_str (&call->detail.resource, storage);
    g_set_error (error,
                 SC_CONTROL_ERROR,
                 SC_CONTROL_ERROR_NOT_FOUND,
                 "Resource: %s not found",
                 storage);
    return FALSE;
  }
  if (!tokens || json_array_get_length (tokens) == 0)
    return TRUE;
  call->detail.member = "participantTokenConfigurations";
  g_set_error_literal (error,
                       SC_CONTROL_ERROR,
                       SC_CONTROL_ERROR_VALIDATION,
                       "The local cloud makes no participant tokens");
  return FALSE;
}

static JsonObject *
make_stage (ScControlCall *call)
{
  g_autofree char *arn = sc_control_call_make_arn (call, "ivs", "stage");
  JsonObject *stage = json_object_new ();
  json_object_set_string_member (stage, "arn", arn);
  json_object_set_string_member (stage, "name", sc_json_get_string_or (call->input, "name", ""));
  json_object_set_object_member (stage, "tags", json_object_new ());
  sc_control_copy (call->input, "tags", stage);
  sc_control_copy (call->input, "autoParticipantRecordingConfiguration", stage);
  return stage;
}

static JsonObject *
create_stage (ScControlCall *call, gpointer data, GError **error)
{
  if (!check_possible (call, error))
    return NULL;
  if (sc_cloud_count (call->cloud, SC_CLOUD_STAGE) >= STAGES_MAX) {
    g_set_error (error,
                 SC_CONTROL_ERROR,
                 SC_CONTROL_ERROR_QUOTA,
                 "The account has its %u stages",
                 STAGES_MAX);
    return NULL;
  }
  g_autoptr (JsonObject) stage = make_stage (call);
  if (!sc_cloud_add (call->cloud, SC_CLOUD_STAGE, stage, error))
    return NULL;
  JsonObject *answer = json_object_new ();
  json_object_set_object_member (answer, "stage", g_steal_pointer (&stage));
  json_object_set_array_member (answer, "participantTokens", json_array_new ());
  return answer;
}

static JsonObject *
list_stages (ScControlCall *call, gpointer data, GError **error)
{
  guint limit = 0;
  guint64 after = 0;
  if (!sc_control_call_read_page (call, STAGES_PAGE, &limit, &after, error))
    return NULL;
  g_autoptr (GPtrArray) page =
    sc_cloud_list (call->cloud, SC_CLOUD_STAGE, NULL, NULL, limit, &after);
  return sc_control_list_to_json ("stages", page, stage_summary, after);
}

static JsonObject *
delete_stage (ScControlCall *call, gpointer data, GError **error)
{
  const char *arn = json_object_get_string_member (call->input, "arn");
  if (!sc_cloud_find (call->cloud, SC_CLOUD_STAGE, arn)) {
    g_set_error (error,
                 SC_CONTROL_ERROR,
                 SC_CONTROL_ERROR_NOT_FOUND,
                 "Resource: %s not found",
                 arn);
    return NULL;
  }
  return sc_cloud_remove (call->cloud, SC_CLOUD_STAGE, arn, error) ? json_object_new () : NULL;
}

const ScControlOperation sc_realtime_operations[] = {
  { "ivs", "CreateStage", create_stage_rules, create_stage, 0, 0 },
  { "ivs", "ListStages", list_stages_rules, list_stages, 0, 0 },
  { "ivs", "DeleteStage", delete_stage_rules, delete_stage, 0, 0 },
  {},
};
