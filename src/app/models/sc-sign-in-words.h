/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-sign-in.h"

G_BEGIN_DECLS

char *sc_sign_in_title (const ScSignInFields *fields);
char *sc_sign_in_words (const ScSignInFields *fields, gint64 now);
char *sc_deletion_words (gint64 deletes_at);

G_END_DECLS
