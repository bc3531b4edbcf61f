/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What AWS Lambda starts: `bootstrap` at the root of a zip. It is linked statically and starts the
 * program beside it with the loader, the libraries, the certificates and the GIO modules of the
 * zip, so that nothing of the machine's own is used, whatever C library that has. */

#include "config.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#define CERTIFICATES "certificates.pem"

/* Tells a library where its own part of the zip is, unless the function's configuration does. */
static void
offer (const char *name, const char *folder, const char *leaf)
{
  char path[PATH_MAX];
  snprintf (path, sizeof path, "%s/%s", folder, leaf);
  setenv (name, path, 0);
}

int
main (int argc, char *argv[])
{
  char folder[PATH_MAX], loader[PATH_MAX + 64], libraries[PATH_MAX + 64], program[PATH_MAX + 64];
  const char *self = (const char *) getauxval (AT_EXECFN); /* there may be no /proc */
  const char *slash = strrchr (self, '/');
  snprintf (folder, sizeof folder, "%.*s", slash ? (int) (slash - self) : 1, slash ? self : ".");
  snprintf (loader, sizeof loader, "%s/lib/" SC_LOADER, folder);
  snprintf (libraries, sizeof libraries, "%s/lib", folder);
  snprintf (program, sizeof program, "%s/bin/" SC_PROGRAM, folder);
  offer ("SSL_CERT_FILE", folder, CERTIFICATES);
  offer ("PGSSLROOTCERT", folder, CERTIFICATES);
  offer ("GIO_MODULE_DIR", folder, "lib/gio");

  char *const command[] = {
    loader, (char *) "--inhibit-cache", (char *) "--library-path", libraries, program, NULL
  };
  execv (loader, command);
  fprintf (stderr, "bootstrap: %s: %s\n", loader, strerror (errno));
  return EXIT_FAILURE;
}
