/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel.h"

#include <glib.h>

G_BEGIN_DECLS

char *sc_name_problem (const char *name, gboolean finished);
char *sc_password_problem (const char *password, gboolean finished);
char *sc_category_problem (const char *category);
char *sc_about_problem (const char *about);
char *sc_title_problem (const char *title);

char *sc_server_address (const char *typed);
char *sc_server_choose (const char *from_environment, const char *from_settings);
char *sc_server_problem (const char *typed, gboolean finished);

char *sc_picture_words (const ScStream *stream);
char *sc_status_title (ScChannel *channel);
char *sc_status_words (ScChannel *channel, gint64 bitrate);
const char *sc_status_icon (ScChannel *channel);

G_END_DECLS
