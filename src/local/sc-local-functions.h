/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-settings.h"
#include "sc-stack.h"

G_BEGIN_DECLS

typedef struct _ScLocalFunctions ScLocalFunctions;

ScLocalFunctions *sc_local_functions_new (ScStateDir *state,
                                          const ScSettings *settings,
                                          const char *libexec_dir,
                                          GError **error);
void sc_local_functions_free (ScLocalFunctions *self);

const char *sc_local_functions_get_code (ScLocalFunctions *self);
const char *sc_local_functions_get_review_code (ScLocalFunctions *self);
void sc_local_functions_configure (ScLocalFunctions *self, ScStackConfig *config);
void sc_local_functions_attach (ScLocalFunctions *self, ScStack *stack);
gboolean sc_local_functions_open_api (ScLocalFunctions *self, ScStack *stack, GError **error);
void sc_local_functions_close (ScLocalFunctions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLocalFunctions, sc_local_functions_free)

G_END_DECLS
