/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "Service Quotas", Amazon IVS Chat User Guide: the default of a room's maximum message length, in
 * Unicode code points. */
#define SC_LINE_MAX 500

/**
 * ScLineVerdict:
 * @SC_LINE_ALLOWED: everybody may read it
 * @SC_LINE_EMPTY: there is nothing to read
 * @SC_LINE_TOO_LONG: more than %SC_LINE_MAX code points
 * @SC_LINE_CHARACTER: it has a character that is no text
 *
 * What becomes of a line of chat, and why.
 */
typedef enum {
  SC_LINE_ALLOWED,
  SC_LINE_EMPTY,
  SC_LINE_TOO_LONG,
  SC_LINE_CHARACTER,
} ScLineVerdict;

ScLineVerdict sc_line_review (const char *line, char **ret_clean);
const char *sc_line_verdict_get_reason (ScLineVerdict verdict);

G_END_DECLS
