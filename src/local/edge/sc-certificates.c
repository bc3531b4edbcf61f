/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A certificate authority of this machine's own, good for nothing but localhost. */

#include "config.h"

#include "sc-certificates.h"

#include "sc-spawn.h"

/* Ten years: a state directory should not outlive it, and trust in it is given once by hand. */
#define AUTHORITY_DAYS "3650"

/* What Apple's and Mozilla's verifiers take at most from a server. */
#define SERVER_DAYS "397"

/* A server certificate with less than 30 days left is made anew at start. */
#define RENEW_SECONDS "2592000"

/* The name constraint makes a stolen authority key worthless against any other site. */
#define CONSTRAINT                                                                                 \
  "nameConstraints=critical,permitted;DNS:localhost,permitted;IP:127.0.0.0/255.0.0.0,"             \
  "permitted;IP:0:0:0:0:0:0:0:1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"

static gboolean
make_authority (const char *certificate, const char *key, GError **error)
{
  const char *const argv[] = {
    "openssl",
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-noenc",
    "-sha256",
    "-days",
    AUTHORITY_DAYS,
    "-subj",
    "/CN=StreamCat local cloud",
    "-addext",
    "basicConstraints=critical,CA:TRUE,pathlen:0",
    "-addext",
    "keyUsage=critical,keyCertSign,cRLSign",
    "-addext",
    CONSTRAINT,
    "-keyout",
    key,
    "-out",
    certificate,
    NULL,
  };
  return sc_command_run (argv, error);
}

/* Whether the authority proves the certificate; its own proves that it is whole and in date. */
static gboolean
is_proven (const char *certificate, const char *ca)
{
  const char *const argv[] = { "openssl", "verify", "-no-CApath", "-no-CAstore",
                               "-CAfile", ca,       certificate,  NULL };
  return g_file_test (certificate, G_FILE_TEST_EXISTS) && sc_command_run (argv, NULL);
}

static gboolean
is_fresh (const char *certificate)
{
  const char *const argv[] = { "openssl", "x509",      "-in",         certificate,
                               "-noout",  "-checkend", RENEW_SECONDS, NULL };
  return sc_command_run (argv, NULL);
}

static gboolean
make_server (const char *directory, const char *ca, const char *ca_key, GError **error)
{
  g_autofree char *certificate = g_build_filename (directory, "server.pem", NULL);
  g_autofree char *key = g_build_filename (directory, "server.key", NULL);
  if (g_file_test (key, G_FILE_TEST_EXISTS) && is_proven (certificate, ca) &&
      is_fresh (certificate))
    return TRUE;

  const char *const argv[] = {
    "openssl",
    "req",
    "-x509",
    "-CA",
    ca,
    "-CAkey",
    ca_key,
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-noenc",
    "-sha256",
    "-days",
    SERVER_DAYS,
    "-subj",
    "/CN=localhost",
    "-addext",
    "basicConstraints=critical,CA:FALSE",
    "-addext",
    "keyUsage=critical,digitalSignature",
    "-addext",
    "extendedKeyUsage=serverAuth",
    "-addext",
    "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1",
    "-keyout",
    key,
    "-out",
    certificate,
    NULL,
  };
  return sc_command_run (argv, error);
}

/**
 * sc_certificates_ensure:
 * @directory: where they are kept
 * @error: what openssl said
 *
 * Makes ca.pem and ca.key at the first call and where they are lost, server.pem and server.key for
 * localhost then, before they expire, and where that authority does not prove them. The keys are
 * readable by their owner only. Blocks.
 *
 * Returns: %TRUE if all are there
 */
gboolean
sc_certificates_ensure (const char *directory, GError **error)
{
  g_autofree char *ca = g_build_filename (directory, "ca.pem", NULL);
  g_autofree char *key = g_build_filename (directory, "ca.key", NULL);
  gboolean have = g_file_test (key, G_FILE_TEST_EXISTS) && is_proven (ca, ca);
  return (have || make_authority (ca, key, error)) && make_server (directory, ca, key, error);
}
