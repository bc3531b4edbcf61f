/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"

G_BEGIN_DECLS

/**
 * ScIvsConfiguration:
 * @arn: its ARN
 * @name: (nullable): its name
 * @tags: (nullable) (element-type utf8 utf8): its tags
 *
 * A recording configuration of Amazon IVS or a logging configuration of Amazon IVS Chat, as a list
 * shows it.
 */
typedef struct {
  char *arn;
  char *name;
  GHashTable *tags;
} ScIvsConfiguration;

void sc_ivs_configuration_free (ScIvsConfiguration *self);

GPtrArray *sc_ivs_list_recording_configurations (ScAws *aws,
                                                 char **token,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sc_ivs_delete_recording_configuration (ScAws *aws, const char *arn, GError **error);

GPtrArray *sc_ivschat_list_logging_configurations (ScAws *aws,
                                                   char **token,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sc_ivschat_delete_logging_configuration (ScAws *aws, const char *arn, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScIvsConfiguration, sc_ivs_configuration_free)

G_END_DECLS
