/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-vault.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ScSecretsExtension ScSecretsExtension;

ScSecretsExtension *sc_secrets_extension_new (GError **error);
void sc_secrets_extension_free (ScSecretsExtension *self);

GStrv sc_secrets_extension_set_environment (ScSecretsExtension *self, GStrv environment);
void sc_secrets_extension_attach (ScSecretsExtension *self, ScVault *vault);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScSecretsExtension, sc_secrets_extension_free)

G_END_DECLS
