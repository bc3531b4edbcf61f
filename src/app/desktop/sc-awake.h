/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sc_awake_follow (GtkWindow *window, ScPlayer *player);

G_END_DECLS
