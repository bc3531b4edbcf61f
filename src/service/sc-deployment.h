/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-service.h"

G_BEGIN_DECLS

typedef struct _ScDeployment ScDeployment;

ScStore *sc_deployment_open_store (char **environment, GError **error);
char *sc_database_conninfo_from_secret (const char *secret, GError **error);

ScDeployment *sc_deployment_new (char **environment, GError **error);
void sc_deployment_free (ScDeployment *self);
ScService *sc_deployment_get_service (ScDeployment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScDeployment, sc_deployment_free)

G_END_DECLS
