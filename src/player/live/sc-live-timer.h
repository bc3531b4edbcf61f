/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GSource *sc_live_timer_new (GMainContext *context, GSourceFunc func, gpointer user_data);

G_END_DECLS
