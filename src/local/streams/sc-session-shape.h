/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-streams.h"

G_BEGIN_DECLS

JsonObject *sc_session_shape_to_json (const ScLiveStream *stream, JsonObject *channel);

G_END_DECLS
