/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-response.h"

G_BEGIN_DECLS

ScResponse *sc_text_fields_refuse (JsonObject *body);
char *sc_text_fields_dup (JsonObject *body, const char *member);

G_END_DECLS
