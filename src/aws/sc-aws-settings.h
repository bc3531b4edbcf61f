/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"

G_BEGIN_DECLS

#define SC_AWS_N_SERVICES (SC_AWS_LAMBDA + 1)

/**
 * ScAwsSettings:
 * @region: the region that is called
 * @access_key_id: who calls
 * @secret_access_key: what calls are signed with
 * @session_token: (nullable): of keys that are lent
 * @endpoints: where each service is, without a slash at the end
 * @named: whether the environment names the endpoint
 *
 * What every AWS SDK reads from the environment.
 */
typedef struct {
  char *region;
  char *access_key_id;
  char *secret_access_key;
  char *session_token;
  char *endpoints[SC_AWS_N_SERVICES];
  gboolean named[SC_AWS_N_SERVICES];
} ScAwsSettings;

gboolean sc_aws_settings_read (ScAwsSettings *self, char **environment, GError **error);
void sc_aws_settings_copy (const ScAwsSettings *self, ScAwsSettings *ret_copy);
void sc_aws_settings_clear (ScAwsSettings *self);

const char *sc_aws_service_get_signing_name (ScAwsService service);
const char *sc_aws_service_get_content_type (ScAwsService service);
const char *sc_aws_service_get_target_prefix (ScAwsService service);

G_END_DECLS
