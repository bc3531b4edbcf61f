/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-wait.h"

/* Ends the test, saying what did not come. */
gboolean
sct_on_give_up (gpointer user_data)
{
  g_error ("gave up waiting for %s", (const char *) user_data);
  return G_SOURCE_REMOVE;
}
