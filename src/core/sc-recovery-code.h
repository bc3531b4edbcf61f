/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 20 characters of 5 bits: 100 random bits, which nobody guesses and a fast hash is enough for. */
#define SC_RECOVERY_CODE_LENGTH 20

/* What may be sent as one: with hyphens and some spaces. */
#define SC_RECOVERY_CODE_MAX 64

char *sc_recovery_code_new (void);
char *sc_recovery_code_normalize (const char *typed);

G_END_DECLS
