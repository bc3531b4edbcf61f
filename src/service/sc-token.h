/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 256 bits in base64url without padding. */
#define SC_TOKEN_LENGTH 43

#define SC_TOKEN_HASH_BYTES 32

char *sc_token_new (void);
gboolean sc_token_hash (const char *token, guint8 *ret_hash);
gboolean sc_token_from_authorization (const char *authorization, guint8 *ret_hash);
gboolean sc_token_hash_recovery_code (const char *typed, guint8 *ret_hash);

G_END_DECLS
