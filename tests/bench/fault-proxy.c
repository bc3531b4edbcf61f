/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-fault-proxy.h"

#include <stdio.h>
#include <string.h>

/* The network that fails, for scripts: fault-proxy PORT stands before a server on loopback and
 * prints its own port. Takes lines: "reset", or what sct_faults_parse() takes. Ends with its
 * input. */

int
main (int argc, char **argv)
{
  if (argc != 2)
    g_error ("usage: fault-proxy PORT");
  g_autoptr (SctFaultProxy) proxy =
    sct_fault_proxy_new ((guint16) g_ascii_strtoull (argv[1], NULL, 10));
  printf ("%u\n", sct_fault_proxy_get_port (proxy));
  fflush (stdout);
  char line[256];
  while (fgets (line, sizeof line, stdin)) {
    SctFaults faults;
    line[strcspn (line, "\n")] = '\0';
    if (g_str_equal (line, "reset"))
      sct_fault_proxy_reset (proxy);
    else if (sct_faults_parse (line, &faults))
      sct_fault_proxy_set (proxy, &faults);
    else
      fprintf (stderr, "fault-proxy: what is \"%s\"?\n", line);
  }
  return 0;
}
