/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-operation.h"

G_BEGIN_DECLS

extern const ScControlOperation sc_stack_operations[];

G_END_DECLS
