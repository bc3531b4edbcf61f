/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

void sc_recordings_dialog_present (GtkWidget *parent, ScClient *client, const char *channel);

G_END_DECLS
