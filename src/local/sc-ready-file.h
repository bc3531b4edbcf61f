/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-settings.h"

G_BEGIN_DECLS

gboolean sc_ready_file_write (const char *path,
                              const ScSettings *settings,
                              const char *chat_url,
                              const char *ca_file,
                              GError **error);

G_END_DECLS
