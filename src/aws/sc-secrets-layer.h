/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ScSecretsLayer ScSecretsLayer;

ScSecretsLayer *sc_secrets_layer_new (char **environment);
void sc_secrets_layer_free (ScSecretsLayer *self);
char *sc_secrets_layer_get_value (ScSecretsLayer *self, const char *secret, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScSecretsLayer, sc_secrets_layer_free)

G_END_DECLS
