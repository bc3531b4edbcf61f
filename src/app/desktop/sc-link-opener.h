/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"
#include "sc-window.h"

G_BEGIN_DECLS

#define SC_TYPE_LINK_OPENER (sc_link_opener_get_type ())
G_DECLARE_FINAL_TYPE (ScLinkOpener, sc_link_opener, SC, LINK_OPENER, GObject)

ScLinkOpener *
sc_link_opener_new (ScWindow *window, AdwNavigationView *navigation, ScSession *session);
void sc_link_opener_open (ScLinkOpener *self, const char *uri);

G_END_DECLS
