/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-control.h"
#include "sc-function-host.h"

G_BEGIN_DECLS

void sc_function_api_add (ScFunctionHost *host, ScControl *control);

G_END_DECLS
