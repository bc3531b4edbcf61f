/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-service.h"

G_BEGIN_DECLS

gboolean sc_recording_state_apply (ScService *service, JsonObject *event, GError **error);
gboolean sc_recording_state_read_due (ScService *service, GError **error);

G_END_DECLS
