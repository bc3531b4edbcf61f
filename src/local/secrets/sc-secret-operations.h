/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-operation.h"
#include "sc-vault.h"

G_BEGIN_DECLS

/**
 * ScSecretWish:
 * @secret_id: an ARN or a name
 * @version_id: (nullable): a version
 * @stage: (nullable): a staging label; without both it is the current one
 *
 * Which version of which secret is asked for.
 */
typedef struct {
  const char *secret_id;
  const char *version_id;
  const char *stage;
} ScSecretWish;

JsonObject *sc_secret_describe_value (ScVault *vault, const ScSecretWish *wish);

extern const ScControlOperation sc_secret_operations[];

G_END_DECLS
