/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-function.h"

G_BEGIN_DECLS

GStrv sc_function_make_command (const ScFunctionConfig *config,
                                const ScFunctionPlace *place,
                                GError **error);
GStrv sc_function_make_environment (const ScFunctionConfig *config, const ScFunctionPlace *place);

G_END_DECLS
