/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

DexFuture *
sc_spawn (DexFiberFunc fiber, gpointer args, GDestroyNotify free_args) G_GNUC_WARN_UNUSED_RESULT;
gboolean sc_error_is_cancelled (const GError *error);

G_END_DECLS
