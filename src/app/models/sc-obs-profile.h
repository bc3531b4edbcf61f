/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-encoder-settings.h"

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean sc_obs_profile_write (GFile *folder,
                               const char *name,
                               const ScEncoderSettings *settings,
                               const char *server,
                               GError **error);

G_END_DECLS
