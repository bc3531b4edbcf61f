/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-playing-page.h"
#include "sc-session.h"
#include "sc-streamer-mode.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A #ScPlayingPage. */
#define SC_TYPE_CHANNEL_PAGE (sc_channel_page_get_type ())
G_DECLARE_FINAL_TYPE (ScChannelPage, sc_channel_page, SC, CHANNEL_PAGE, AdwNavigationPage)

ScChannelPage *sc_channel_page_new (ScSession *session,
                                    GSettings *settings,
                                    ScStreamerMode *mode,
                                    const char *name);

G_END_DECLS
