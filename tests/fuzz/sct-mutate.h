/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint sct_below (GRand *rand, guint limit);
void sct_mutate (GRand *rand, GByteArray *bytes);

G_END_DECLS
