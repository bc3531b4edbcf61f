/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel.h"
#include "sc-pictures.h"
#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *sc_followed_row_new (ScChannel *channel, ScPictures *pictures, ScSession *session);

G_END_DECLS
