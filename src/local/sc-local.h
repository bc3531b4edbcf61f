/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScLocalOptions:
 * @state_dir: (nullable): where everything is kept, or %NULL for streamcat/local in the user's
 * state directory
 * @ready_file: the file that says where everything is, written when it answers
 * @libexec_dir: (nullable): where our other programs are
 * @template_file: (nullable): the AWS template to deploy, instead of the product's own
 * @parameters: (nullable): the template's parameters as "NAME=VALUE", ended by %NULL
 * @renditions: into how many renditions besides the source streams are transcoded at the most; -1
 * for what this machine carries
 * @chunk_ms: how often players get the bytes of a segment that is being made, 0 for as they come
 * @fresh: forget the state first
 * @faults: let tests order faults
 * @lambda_api: the API is the function `api` behind an HTTP API, without `streamcat-backend`
 *
 * What the command line asks for.
 */
typedef struct {
  const char *state_dir;
  const char *ready_file;
  const char *libexec_dir;
  const char *template_file;
  const char *const *parameters;
  int renditions;
  int chunk_ms;
  gboolean fresh;
  gboolean faults;
  gboolean lambda_api;
} ScLocalOptions;

/**
 * ScLocalEnded:
 * @error: (nullable): why the local cloud could not go on, or %NULL for an orderly end
 * @user_data: the data given with it
 *
 * The local cloud is over and nothing of it is left.
 */
typedef void (*ScLocalEnded) (const GError *error, gpointer user_data);

#define SC_TYPE_LOCAL (sc_local_get_type ())
G_DECLARE_FINAL_TYPE (ScLocal, sc_local, SC, LOCAL, GObject)

ScLocal *sc_local_new (const ScLocalOptions *options, GError **error);
void sc_local_start (ScLocal *self, ScLocalEnded ended, gpointer user_data);
void sc_local_stop (ScLocal *self);

G_END_DECLS
