/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-service.h"

G_BEGIN_DECLS

/**
 * ScLeaver:
 * @id: who is to leave
 * @public_id: as what rooms know them
 * @reason: why, for the rooms
 */
typedef struct {
  gint64 id;
  const char *public_id;
  const char *reason;
} ScLeaver;

gboolean sc_leave_rooms_order (ScService *service,
                               ScStoreConnection *connection,
                               const ScLeaver *leaver,
                               GPtrArray *ids,
                               GError **error);

G_END_DECLS
