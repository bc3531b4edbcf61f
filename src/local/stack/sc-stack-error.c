/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-stack-error.h"

G_DEFINE_QUARK (sc-stack-error-quark, sc_stack_error)

/**
 * sc_stack_set_error:
 * @error: (nullable): where to put it
 * @code: the kind
 * @line: the template's line, from 1, or 0 for none
 * @format: a printf() format for the sentence
 *
 * Sets an error that begins with its line.
 */
void
sc_stack_set_error (GError **error, ScStackError code, guint line, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (line > 0)
    g_set_error (error, SC_STACK_ERROR, (int) code, "line %u: %s", line, text);
  else
    g_set_error_literal (error, SC_STACK_ERROR, (int) code, text);
}
