/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What libFuzzer calls; each fuzz target has one. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A valid input of the target, to be mutated where there is no corpus. */
GByteArray *sct_fuzz_seed (void);

G_END_DECLS
