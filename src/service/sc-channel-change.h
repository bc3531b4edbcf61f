/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel-store.h"
#include "sc-routes.h"

G_BEGIN_DECLS

ScResponse *sc_answer_own_channel (ScCall *call, ScChannelRow *row);

G_END_DECLS
