/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

void sc_last_page_follow (AdwNavigationView *navigation, GSettings *settings, ScSession *session);
char *sc_last_page_take_link (GSettings *settings, ScSession *session);

G_END_DECLS
