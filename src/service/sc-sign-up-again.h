/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-routes.h"

G_BEGIN_DECLS

ScResponse *sc_sign_up_again (ScCall *call, ScResponse *taken, GError **error);

G_END_DECLS
