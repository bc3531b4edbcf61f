/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"
#include "sc-streamer-mode.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_MY_CHANNEL_PAGE (sc_my_channel_page_get_type ())
G_DECLARE_FINAL_TYPE (ScMyChannelPage, sc_my_channel_page, SC, MY_CHANNEL_PAGE, AdwNavigationPage)

ScMyChannelPage *
sc_my_channel_page_new (ScSession *session, GSettings *settings, ScStreamerMode *mode);

G_END_DECLS
