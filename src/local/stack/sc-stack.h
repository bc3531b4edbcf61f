/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-event-bus.h"
#include "sc-function-host.h"
#include "sc-log-store.h"
#include "sc-state-dir.h"
#include "sc-vault.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _ScStack ScStack;

/**
 * ScStackConfig:
 * @template_file: the template
 * @state: where what it makes is kept
 * @region: the region that the local cloud plays
 * @account: its account
 * @database_host: the host of PostgreSQL, or the folder of its socket; stands for the instance on
 * RDS
 * @recordings_host: host and port where recordings are; stands for the distribution
 * @api_host: host and port where the API is; stands for the HTTP API
 * @environment: what every function gets besides its own variables, as "NAME=VALUE"
 * @retry_ms: wait before a failed event is tried again; 0 for the default
 * @code_directory: where functions' zips are unpacked
 * @empty_root: (nullable): what shuts functions in, as in #ScFunctionPlace
 * @shown: (nullable): what functions see besides their code, as in #ScFunctionPlace
 */
typedef struct {
  const char *template_file;
  ScStateDir *state;
  const char *region;
  const char *account;
  const char *database_host;
  const char *recordings_host;
  const char *api_host;
  const char *const *environment;
  guint retry_ms;
  const char *code_directory;
  const char *empty_root;
  const char *const *shown;
} ScStackConfig;

/**
 * ScStackDrained:
 * @user_data: the data given with it
 */
typedef void (*ScStackDrained) (gpointer user_data);

ScStack *sc_stack_deploy (const ScStackConfig *config,
                          GHashTable *parameters,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sc_stack_start (ScStack *self);
void sc_stack_drain (ScStack *self, ScStackDrained drained, gpointer user_data);
void sc_stack_free (ScStack *self);

ScEventBus *sc_stack_get_bus (ScStack *self);
ScFunctionHost *sc_stack_get_functions (ScStack *self);
ScLogStore *sc_stack_get_logs (ScStack *self);
ScVault *sc_stack_get_secrets (ScStack *self);
char *sc_stack_dup_summary (ScStack *self);
const char *sc_stack_get_output (ScStack *self, const char *name);
gboolean sc_stack_may_invoke (ScStack *self,
                              const char *principal,
                              const char *source_arn,
                              const char *function_arn);
JsonObject *sc_stack_find_resource (ScStack *self, const char *type, const char *arn);
gboolean sc_stack_forget_resource (ScStack *self, const char *type, const char *arn);
GStrv sc_stack_set_backend_environment (ScStack *self, GStrv environment);
char *sc_stack_dup_database_password (ScStack *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScStack, sc_stack_free)

G_END_DECLS
