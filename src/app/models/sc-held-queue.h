/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"
#include "sc-held-line.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SC_TYPE_HELD_QUEUE (sc_held_queue_get_type ())
G_DECLARE_FINAL_TYPE (ScHeldQueue, sc_held_queue, SC, HELD_QUEUE, GObject)

ScHeldQueue *sc_held_queue_new (ScClient *client, const char *channel);

void sc_held_queue_refresh (ScHeldQueue *self);
void sc_held_queue_decide (ScHeldQueue *self, ScHeldLine *line, gboolean approve);

GListModel *sc_held_queue_get_lines (ScHeldQueue *self);
guint sc_held_queue_get_n_held (ScHeldQueue *self);
gboolean sc_held_queue_get_loaded (ScHeldQueue *self);
const GError *sc_held_queue_get_error (ScHeldQueue *self);

G_END_DECLS
