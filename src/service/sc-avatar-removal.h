/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-service.h"

G_BEGIN_DECLS

gboolean sc_avatar_removal_resume (ScService *service, gint64 until_us, GError **error);

G_END_DECLS
