/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most letters that one code point is made of: U+FDFA has 18, and no term needs them all. */
#define SC_LETTERS_MAX 4

gboolean sc_letter_is_invisible (gunichar character);
gboolean sc_letter_is_mark (gunichar character);
gunichar sc_letter_get_twin (gunichar character);
guint sc_letters_fold (gunichar character, gunichar *ret_letters);

G_END_DECLS
