/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-function-host.h"

G_BEGIN_DECLS

typedef struct _ScHttpApi ScHttpApi;

ScHttpApi *
sc_http_api_new (ScFunctionHost *host, const char *function, const char *socket, GError **error);
void sc_http_api_free (ScHttpApi *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScHttpApi, sc_http_api_free)

G_END_DECLS
