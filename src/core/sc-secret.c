/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-secret.h"

#include <string.h>

/**
 * sc_secret_free:
 * @secret: (nullable) (transfer full): a password, token, key or code
 *
 * Overwrites it before it is freed, so that no later reader of the memory finds it. Any thread.
 */
void
sc_secret_free (char *secret)
{
  if (secret)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
