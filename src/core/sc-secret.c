/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-secret.h"

#include <string.h>
#include <sys/resource.h>

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

/**
 * sc_secret_forbid_core_files:
 *
 * Lets the process leave no core file when it crashes: passwords on their way to the hash, the
 * database's own, stream keys and AWS's keys would be in it. For good, and for the processes that
 * it starts.
 */
void
sc_secret_forbid_core_files (void)
{
  /* With 1 Linux makes none, and does not hand it to a program either, which with 0 it does
   * (fs/coredump.c). */
  const struct rlimit none = { 1, 1 };
  if (setrlimit (RLIMIT_CORE, &none) != 0)
    g_warning ("Core files cannot be forbidden");
}
