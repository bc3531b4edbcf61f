/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The control plane of Amazon IVS: channels and their stream keys. Rules and defaults are those of
 * botocore's model ivs 2020-07-14. */

#include "config.h"

#include "sc-id.h"
#include "sc-json.h"
#include "sc-operation.h"

/* "Service Quotas", Amazon IVS Low-Latency Streaming User Guide: channels per region. */
#define CHANNELS_MAX 5000

#define CHANNELS_PAGE 100
#define STREAM_KEYS_PAGE 1

/* 30 letters and digits carry 178 bits. */
#define KEY_SECRET_LENGTH 30
#define KEY_PUBLIC_LENGTH 12
#define SRT_PASSPHRASE_LENGTH 30 /* SRT takes 10 to 79 characters */

static const char *const latency_modes[] = { "NORMAL", "LOW", NULL };
static const char *const channel_types[] = { "BASIC",
                                             "STANDARD",
                                             "ADVANCED_SD",
                                             "ADVANCED_HD",
                                             NULL };
static const char *const presets[] = { "HIGHER_BANDWIDTH_DELIVERY",
                                       "CONSTRAINED_BANDWIDTH_DELIVERY",
                                       NULL };
static const char *const container_formats[] = { "TS", "FRAGMENTED_MP4", NULL };
static const char *const resolutions[] = { "SD", "HD", "FULL_HD", NULL };
static const char *const policies[] = { "ALLOW", "REQUIRE", NULL };

#define ARN_RULE(member, is_required, type)                                                        \
  { .name = member,                                                                                \
    .kind = SC_INPUT_STRING,                                                                       \
    .required = is_required,                                                                       \
    .min = 1,                                                                                      \
    .max = 128,                                                                                    \
    .pattern = "arn:aws:ivs:[a-z0-9-]+:[0-9]+:" type "/[a-zA-Z0-9-]+" }
#define OPTIONAL_ARN_RULE(member, type)                                                            \
  { .name = member,                                                                                \
    .kind = SC_INPUT_STRING,                                                                       \
    .min = 0,                                                                                      \
    .max = 128,                                                                                    \
    .pattern = "|arn:aws:ivs:[a-z0-9-]+:[0-9]+:" type "/[a-zA-Z0-9-]+" }
#define PAGE_RULES(most)                                                                           \
  { .name = "maxResults", .kind = SC_INPUT_INTEGER, .min = 1, .max = (most) },                     \
  {                                                                                                \
    .name = "nextToken", .kind = SC_INPUT_STRING, .min = 0, .max = 1024,                           \
    .pattern = SC_INPUT_TOKEN_PATTERN                                                              \
  }

static const ScInputRule multitrack_rules[] = {
  { .name = "enabled", .kind = SC_INPUT_BOOLEAN },
  { .name = "maximumResolution", .kind = SC_INPUT_STRING, .values = resolutions },
  { .name = "policy", .kind = SC_INPUT_STRING, .values = policies },
  {},
};

static const ScInputRule create_channel_rules[] = {
  { .name = "name", .kind = SC_INPUT_STRING, .max = 128, .pattern = SC_INPUT_NAME_PATTERN },
  { .name = "latencyMode", .kind = SC_INPUT_STRING, .values = latency_modes },
  { .name = "type", .kind = SC_INPUT_STRING, .values = channel_types },
  { .name = "authorized", .kind = SC_INPUT_BOOLEAN },
  { .name = "insecureIngest", .kind = SC_INPUT_BOOLEAN },
  { .name = "preset", .kind = SC_INPUT_STRING, .values = presets },
  { .name = "containerFormat", .kind = SC_INPUT_STRING, .values = container_formats },
  { .name = "multitrackInputConfiguration", .kind = SC_INPUT_OBJECT, .members = multitrack_rules },
  OPTIONAL_ARN_RULE ("recordingConfigurationArn", "recording-configuration"),
  OPTIONAL_ARN_RULE ("playbackRestrictionPolicyArn", "playback-restriction-policy"),
  { .name = "tags", .kind = SC_INPUT_MAP, .max = 50, .members = sc_input_tag },
  {},
};

static const ScInputRule update_channel_rules[] = {
  ARN_RULE ("arn", TRUE, "channel"),
  { .name = "name", .kind = SC_INPUT_STRING, .max = 128, .pattern = SC_INPUT_NAME_PATTERN },
  { .name = "latencyMode", .kind = SC_INPUT_STRING, .values = latency_modes },
  { .name = "type", .kind = SC_INPUT_STRING, .values = channel_types },
  { .name = "authorized", .kind = SC_INPUT_BOOLEAN },
  { .name = "insecureIngest", .kind = SC_INPUT_BOOLEAN },
  { .name = "preset", .kind = SC_INPUT_STRING, .values = presets },
  { .name = "containerFormat", .kind = SC_INPUT_STRING, .values = container_formats },
  { .name = "multitrackInputConfiguration", .kind = SC_INPUT_OBJECT, .members = multitrack_rules },
  OPTIONAL_ARN_RULE ("recordingConfigurationArn", "recording-configuration"),
  OPTIONAL_ARN_RULE ("playbackRestrictionPolicyArn", "playback-restriction-policy"),
  {},
};

static const ScInputRule channel_arn_rules[] = { ARN_RULE ("arn", TRUE, "channel"), {} };
static const ScInputRule stream_key_arn_rules[] = { ARN_RULE ("arn", TRUE, "stream-key"), {} };

static const ScInputRule list_channels_rules[] = {
  { .name = "filterByName", .kind = SC_INPUT_STRING, .max = 128, .pattern = SC_INPUT_NAME_PATTERN },
  OPTIONAL_ARN_RULE ("filterByRecordingConfigurationArn", "recording-configuration"),
  OPTIONAL_ARN_RULE ("filterByPlaybackRestrictionPolicyArn", "playback-restriction-policy"),
  PAGE_RULES (100),
  {},
};

static const ScInputRule create_stream_key_rules[] = {
  ARN_RULE ("channelArn", TRUE, "channel"),
  { .name = "tags", .kind = SC_INPUT_MAP, .max = 50, .members = sc_input_tag },
  {},
};

static const ScInputRule list_stream_keys_rules[] = {
  ARN_RULE ("channelArn", TRUE, "channel"),
  PAGE_RULES (50),
  {},
};

static const char *const channel_summary[] = {
  "arn",
  "authorized",
  "insecureIngest",
  "latencyMode",
  "name",
  "playbackRestrictionPolicyArn",
  "preset",
  "recordingConfigurationArn",
  "tags",
  "type",
  NULL,
};

static const char *const stream_key_summary[] = { "arn", "channelArn", "tags", NULL };

/* Returns the resource, or NULL with NOT_FOUND. */
static JsonObject *
find (ScControlCall *call, ScCloudKind kind, const char *arn, GError **error)
{
  JsonObject *document = sc_cloud_find (call->cloud, kind, arn);
  g_set_str (&call->detail.resource, arn);
  if (!document)
    g_set_error (error,
                 SC_CONTROL_ERROR,
                 SC_CONTROL_ERROR_NOT_FOUND,
                 "Resource: %s not found",
                 arn);
  return document;
}

/* Says whether a resource that the input names is there; an empty name stands for none. */
static gboolean
check_reference (ScControlCall *call, const char *member, const char *type, GError **error)
{
  const char *arn = sc_json_get_string_or (call->input, member, "");
  const ScControlHooks *hooks = call->hooks;
  if (!*arn || (hooks->has_resource && hooks->has_resource (type, arn, hooks->data)))
    return TRUE;
  g_set_str (&call->detail.resource, arn);
  g_set_error (error, SC_CONTROL_ERROR, SC_CONTROL_ERROR_NOT_FOUND, "Resource: %s not found", arn);
  return FALSE;
}

static JsonObject *
copy_tags (JsonObject *input)
{
  JsonObject *tags = sc_json_get_object_or_null (input, "tags");
  return tags ? json_object_ref (tags) : json_object_new ();
}

static void
set_string_or (JsonObject *channel, JsonObject *input, const char *member, const char *fallback)
{
  json_object_set_string_member (channel, member, sc_json_get_string_or (input, member, fallback));
}

/* The shape Srt of the API model: one passphrase a channel, for its whole life. */
static void
set_srt (JsonObject *channel, const ScControlPlace *place)
{
  if (!place->srt_endpoint)
    return;
  g_autofree char *passphrase = sc_id_new ("", SRT_PASSPHRASE_LENGTH);
  JsonObject *srt = json_object_new ();
  json_object_set_string_member (srt, "endpoint", place->srt_endpoint);
  json_object_set_string_member (srt, "passphrase", passphrase);
  json_object_set_object_member (channel, "srt", srt);
}

static JsonObject *
make_channel (ScControlCall *call)
{
  JsonObject *input = call->input;
  const ScControlPlace *place = call->place;
  g_autofree char *arn = sc_control_call_make_arn (call, "ivs", "channel");
  g_autofree char *playback_url = g_strdup_printf ("%s/api/video/v1/%s.%s.channel.%s.m3u8",
                                                   place->playback_url,
                                                   place->region,
                                                   place->account,
                                                   sc_arn_get_id (arn));
  JsonObject *channel = json_object_new ();
  json_object_set_string_member (channel, "arn", arn);
  set_string_or (channel, input, "name", "");
  set_string_or (channel, input, "latencyMode", "LOW");
  set_string_or (channel, input, "type", "STANDARD");
  set_string_or (channel, input, "recordingConfigurationArn", "");
  set_string_or (channel, input, "playbackRestrictionPolicyArn", "");
  set_string_or (channel, input, "containerFormat", "TS");
  json_object_set_string_member (channel, "ingestEndpoint", place->ingest_endpoint);
  json_object_set_string_member (channel, "playbackUrl", playback_url);
  json_object_set_boolean_member (channel,
                                  "authorized",
                                  sc_json_get_bool_or (input, "authorized", FALSE));
  json_object_set_boolean_member (channel,
                                  "insecureIngest",
                                  sc_json_get_bool_or (input, "insecureIngest", FALSE));
  set_srt (channel, place);
  sc_control_copy (input, "preset", channel);
  sc_control_copy (input, "multitrackInputConfiguration", channel);
  json_object_set_object_member (channel, "tags", copy_tags (input));
  return channel;
}

static JsonObject *
make_stream_key (ScControlCall *call, const char *channel_arn)
{
  g_autofree char *arn = sc_control_call_make_arn (call, "ivs", "stream-key");
  g_autofree char *public_part = sc_id_new ("", KEY_PUBLIC_LENGTH);
  g_autofree char *secret = sc_id_new ("", KEY_SECRET_LENGTH);
  g_autofree char *value =
    g_strdup_printf ("sk_%s_%s_%s", call->place->region, public_part, secret);
  JsonObject *key = json_object_new ();
  json_object_set_string_member (key, "arn", arn);
  json_object_set_string_member (key, "channelArn", channel_arn);
  json_object_set_string_member (key, "value", value);
  json_object_set_object_member (key, "tags", copy_tags (call->input));
  return key;
}

static gboolean
check_references (ScControlCall *call, GError **error)
{
  return check_reference (call,
                          "recordingConfigurationArn",
                          "AWS::IVS::RecordingConfiguration",
                          error) &&
         check_reference (call,
                          "playbackRestrictionPolicyArn",
                          "AWS::IVS::PlaybackRestrictionPolicy",
                          error);
}

static JsonObject *
create_channel (ScControlCall *call, gpointer data, GError **error)
{
  if (!check_references (call, error))
    return NULL;
  if (sc_cloud_count (call->cloud, SC_CLOUD_CHANNEL) >= CHANNELS_MAX) {
    call->detail.limit = CHANNELS_MAX;
    g_set_error (error,
                 SC_CONTROL_ERROR,
                 SC_CONTROL_ERROR_QUOTA,
                 "The account has its %u channels",
                 CHANNELS_MAX);
    return NULL;
  }

  /* The key first: a death in between leaves a key of no channel, which opens nothing. */
  g_autoptr (JsonObject) channel = make_channel (call);
  g_autoptr (JsonObject) key =
    make_stream_key (call, json_object_get_string_member (channel, "arn"));
  if (!sc_cloud_add (call->cloud, SC_CLOUD_STREAM_KEY, key, error) ||
      !sc_cloud_add (call->cloud, SC_CLOUD_CHANNEL, channel, error))
    return NULL;
  JsonObject *answer = json_object_new ();
  json_object_set_object_member (answer, "channel", g_steal_pointer (&channel));
  json_object_set_object_member (answer, "streamKey", g_steal_pointer (&key));
  return answer;
}

static JsonObject *
answer_with (const char *member, JsonObject *document)
{
  if (!document)
    return NULL;
  JsonObject *answer = json_object_new ();
  json_object_set_object_member (answer, member, json_object_ref (document));
  return answer;
}

static JsonObject *
get_channel (ScControlCall *call, gpointer data, GError **error)
{
  const char *arn = json_object_get_string_member (call->input, "arn");
  return answer_with ("channel", find (call, SC_CLOUD_CHANNEL, arn, error));
}

static JsonObject *
get_stream_key (ScControlCall *call, gpointer data, GError **error)
{
  const char *arn = json_object_get_string_member (call->input, "arn");
  return answer_with ("streamKey", find (call, SC_CLOUD_STREAM_KEY, arn, error));
}

typedef struct {
  const char *member;
  const char *value;
} Match;

static gboolean
matches (JsonObject *document, gconstpointer data)
{
  const Match *match = data;
  return g_str_equal (sc_json_get_string_or (document, match->member, ""), match->value);
}

/* Reads which channels are asked for; at most one filter is allowed. */
static gboolean
read_filter (JsonObject *input, Match *ret_match, GError **error)
{
  static const Match filters[] = {
    { "name", "filterByName" },
    { "recordingConfigurationArn", "filterByRecordingConfigurationArn" },
    { "playbackRestrictionPolicyArn", "filterByPlaybackRestrictionPolicyArn" },
  };
  guint found = 0;
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++) {
    const char *value = sc_json_get_string_or (input, filters[i].value, "");
    if (!*value)
      continue;
    *ret_match = (Match) { .member = filters[i].member, .value = value };
    found++;
  }
  if (found <= 1)
    return TRUE;
  g_set_error_literal (error,
                       SC_CONTROL_ERROR,
                       SC_CONTROL_ERROR_CONFLICT,
                       "Filters are mutually exclusive");
  return FALSE;
}

static JsonObject *
list_channels (ScControlCall *call, gpointer data, GError **error)
{
  guint limit = 0;
  guint64 after = 0;
  Match match = { 0 };
  if (!read_filter (call->input, &match, error) ||
      !sc_control_call_read_page (call, CHANNELS_PAGE, &limit, &after, error))
    return NULL;
  g_autoptr (GPtrArray) page = sc_cloud_list (call->cloud,
                                              SC_CLOUD_CHANNEL,
                                              match.member ? matches : NULL,
                                              &match,
                                              limit,
                                              &after);
  return sc_control_list_to_json ("channels", page, channel_summary, after);
}

static JsonObject *
list_stream_keys (ScControlCall *call, gpointer data, GError **error)
{
  guint limit = 0;
  guint64 after = 0;
  const char *arn = json_object_get_string_member (call->input, "channelArn");
  const Match match = { .member = "channelArn", .value = arn };
  if (!find (call, SC_CLOUD_CHANNEL, arn, error) ||
      !sc_control_call_read_page (call, STREAM_KEYS_PAGE, &limit, &after, error))
    return NULL;
  g_autoptr (GPtrArray) page =
    sc_cloud_list (call->cloud, SC_CLOUD_STREAM_KEY, matches, &match, limit, &after);
  return sc_control_list_to_json ("streamKeys", page, stream_key_summary, after);
}

/* "Service Quotas", Amazon IVS User Guide: a channel has one key, and that cannot be raised. */
static JsonObject *
create_stream_key (ScControlCall *call, gpointer data, GError **error)
{
  const char *arn = json_object_get_string_member (call->input, "channelArn");
  const Match match = { .member = "channelArn", .value = arn };
  guint64 after = 0;
  if (!find (call, SC_CLOUD_CHANNEL, arn, error))
    return NULL;
  g_autoptr (GPtrArray) keys =
    sc_cloud_page (call->cloud, SC_CLOUD_STREAM_KEY, matches, &match, 1, &after);
  if (keys->len > 0) {
    call->detail.limit = 1;
    g_set_error_literal (error,
                         SC_CONTROL_ERROR,
                         SC_CONTROL_ERROR_QUOTA,
                         "The channel has its stream key");
    return NULL;
  }
  g_autoptr (JsonObject) key = make_stream_key (call, arn);
  return sc_cloud_add (call->cloud, SC_CLOUD_STREAM_KEY, key, error)
           ? answer_with ("streamKey", key)
           : NULL;
}

static JsonObject *
delete_stream_key (ScControlCall *call, gpointer data, GError **error)
{
  const char *arn = json_object_get_string_member (call->input, "arn");
  if (!find (call, SC_CLOUD_STREAM_KEY, arn, error) ||
      !sc_cloud_remove (call->cloud, SC_CLOUD_STREAM_KEY, arn, error))
    return NULL;
  return json_object_new ();
}

/* Removes the keys of a channel that is gone. */
static gboolean
remove_stream_keys (ScControlCall *call, const char *channel_arn, GError **error)
{
  const Match match = { .member = "channelArn", .value = channel_arn };
  guint64 after = 0;
  g_autoptr (GPtrArray) keys =
    sc_cloud_page (call->cloud, SC_CLOUD_STREAM_KEY, matches, &match, G_MAXUINT, &after);
  for (guint i = 0; i < keys->len; i++) {
    g_autofree char *arn =
      g_strdup (json_object_get_string_member (g_ptr_array_index (keys, i), "arn"));
    if (!sc_cloud_remove (call->cloud, SC_CLOUD_STREAM_KEY, arn, error))
      return FALSE;
  }
  return TRUE;
}

/* Says whether a channel may be changed or removed. */
static gboolean
check_offline (ScControlCall *call, const char *arn, GError **error)
{
  const ScControlHooks *hooks = call->hooks;
  if (!hooks->is_live || !hooks->is_live (arn, hooks->data))
    return TRUE;
  g_set_error_literal (error,
                       SC_CONTROL_ERROR,
                       SC_CONTROL_ERROR_CONFLICT,
                       "The channel is live: stop the stream and wait for its end");
  return FALSE;
}

/* "preset", Channel of the Amazon IVS API Reference: the ADVANCED types have one, by default the
 * first; all others have none. */
static void
settle_preset (JsonObject *channel)
{
  const char *type = json_object_get_string_member (channel, "type");
  if (!g_str_has_prefix (type, "ADVANCED_"))
    json_object_remove_member (channel, "preset");
  else if (!json_object_has_member (channel, "preset"))
    json_object_set_string_member (channel, "preset", presets[0]);
}

/* "Live channels cannot be updated" ("UpdateChannel", Amazon IVS API Reference). */
static JsonObject *
update_channel (ScControlCall *call, gpointer data, GError **error)
{
  static const char *const members[] = {
    "name",
    "latencyMode",
    "type",
    "authorized",
    "insecureIngest",
    "preset",
    "containerFormat",
    "multitrackInputConfiguration",
    "recordingConfigurationArn",
    "playbackRestrictionPolicyArn",
  };
  const char *arn = json_object_get_string_member (call->input, "arn");
  JsonObject *channel = find (call, SC_CLOUD_CHANNEL, arn, error);
  if (!channel || !check_offline (call, arn, error) || !check_references (call, error))
    return NULL;
  g_autoptr (JsonObject) changed = json_object_new ();
  g_autoptr (GList) kept = json_object_get_members (channel);
  for (GList *item = kept; item; item = item->next)
    sc_control_copy (channel, item->data, changed);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    sc_control_copy (call->input, members[i], changed);
  settle_preset (changed);
  return sc_cloud_replace (call->cloud, SC_CLOUD_CHANNEL, changed, error)
           ? answer_with ("channel", changed)
           : NULL;
}

static JsonObject *
delete_channel (ScControlCall *call, gpointer data, GError **error)
{
  const char *arn = json_object_get_string_member (call->input, "arn");
  if (!find (call, SC_CLOUD_CHANNEL, arn, error) || !check_offline (call, arn, error) ||
      !sc_cloud_remove (call->cloud, SC_CLOUD_CHANNEL, arn, error) ||
      !remove_stream_keys (call, arn, error))
    return NULL;
  return json_object_new ();
}

const ScControlOperation sc_ivs_operations[] = {
  { "ivs", "CreateChannel", create_channel_rules, create_channel, 0, 0 },
  { "ivs", "GetChannel", channel_arn_rules, get_channel, 0, 0 },
  { "ivs", "ListChannels", list_channels_rules, list_channels, 0, 0 },
  { "ivs", "UpdateChannel", update_channel_rules, update_channel, 0, 0 },
  { "ivs", "DeleteChannel", channel_arn_rules, delete_channel, 204, 0 },
  { "ivs", "CreateStreamKey", create_stream_key_rules, create_stream_key, 0, 0 },
  { "ivs", "DeleteStreamKey", stream_key_arn_rules, delete_stream_key, 204, 0 },
  { "ivs", "GetStreamKey", stream_key_arn_rules, get_stream_key, 0, 0 },
  { "ivs", "ListStreamKeys", list_stream_keys_rules, list_stream_keys, 0, 0 },
  {},
};
