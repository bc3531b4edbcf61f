/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-cloud.h"
#include "sc-control-error.h"
#include "sc-input.h"

G_BEGIN_DECLS

/**
 * ScControlPlace:
 * @region: the region played
 * @account: the account played, twelve digits
 * @access_key_id: who may call
 * @secret_access_key: what calls are signed with
 * @ingest_endpoint: host and port of the ingest
 * @playback_url: the base of playback URLs
 * @srt_endpoint: (nullable): host and port of the ingest by SRT; without it channels have none
 *
 * Where and who the local cloud is. Borrowed; outlives the control planes.
 */
typedef struct {
  const char *region;
  const char *account;
  const char *access_key_id;
  const char *secret_access_key;
  const char *ingest_endpoint;
  const char *playback_url;
  const char *srt_endpoint;
} ScControlPlace;

/**
 * ScControlHooks:
 * @has_resource: (nullable): says whether the stack has a resource of a CloudFormation type, as
 * "AWS::IVS::RecordingConfiguration"; without it nothing is there
 * @is_live: (nullable): says whether a channel has a stream now; without it none has
 * @data: data for both
 *
 * What the control planes ask other parts of the local cloud.
 */
typedef struct {
  gboolean (*has_resource) (const char *type, const char *arn, gpointer data);
  gboolean (*is_live) (const char *channel_arn, gpointer data);
  gpointer data;
} ScControlHooks;

/**
 * ScControlCall:
 * @input: the body, which obeys the operation's rules
 * @cloud: the resources
 * @place: where and who we are
 * @hooks: what other parts know
 * @detail: what an error of this call is about; a handler that fails sets resource or limit
 *
 * One call of an operation.
 */
typedef struct {
  JsonObject *input;
  ScCloud *cloud;
  const ScControlPlace *place;
  const ScControlHooks *hooks;
  ScControlErrorDetail detail;
} ScControlCall;

/**
 * ScControlHandler:
 * @call: the call
 * @data: the data given with the operation
 * @error: %SC_CONTROL_ERROR; another domain is answered as an internal error
 *
 * Does the work of an operation in the main thread, without blocking.
 *
 * Returns: (transfer full) (nullable): the body of the answer
 */
typedef JsonObject *(*ScControlHandler) (ScControlCall *call, gpointer data, GError **error);

/**
 * ScControlOperation:
 * @service: the signing name of its service: "ivs", "ivschat", "secretsmanager"
 * @name: the operation, as in the path or in X-Amz-Target
 * @input: the rules of its input
 * @handle: does the work
 * @status: the status of success, 0 for 200
 * @rate: the calls a second, 0 for 5
 *
 * A line of the table of operations.
 */
typedef struct {
  const char *service;
  const char *name;
  const ScInputRule *input;
  ScControlHandler handle;
  guint status;
  guint rate;
} ScControlOperation;

char *sc_control_call_make_arn (const ScControlCall *call, const char *service, const char *type);
gboolean sc_control_call_read_page (ScControlCall *call,
                                    guint fallback,
                                    guint *ret_limit,
                                    guint64 *ret_after,
                                    GError **error);
JsonObject *sc_control_list_to_json (const char *member,
                                     GPtrArray *documents,
                                     const char *const *members,
                                     guint64 after);
JsonObject *sc_control_select (JsonObject *document, const char *const *members);
void sc_control_copy (JsonObject *from, const char *member, JsonObject *to);

extern const ScControlOperation sc_ivs_operations[];
extern const ScControlOperation sc_chat_operations[];
extern const ScControlOperation sc_realtime_operations[];

G_END_DECLS
