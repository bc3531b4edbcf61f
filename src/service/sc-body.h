/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-response.h"

G_BEGIN_DECLS

JsonObject *sc_body_parse (GBytes *body, const char *const *members, ScResponse **ret_refusal);

G_END_DECLS
