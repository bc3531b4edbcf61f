/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-copy.h"

#include "sc-toast.h"

/**
 * sc_copy:
 * @widget: a widget below a toast overlay
 * @text: (nullable): what somebody wants to have; %NULL for nothing
 * @said: what they are told then
 *
 * Puts the text on the clipboard and says so. Main thread only.
 */
void
sc_copy (GtkWidget *widget, const char *text, const char *said)
{
  if (!text)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  sc_toast (widget, said);
}
