/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScSigV4Error:
 * @SC_SIGV4_ERROR_MISSING: the request is not signed
 * @SC_SIGV4_ERROR_INCOMPLETE: the signature's form is wrong, or a header that must be signed is not
 * @SC_SIGV4_ERROR_EXPIRED: it was signed too long ago, or in the future
 * @SC_SIGV4_ERROR_MISMATCH: another request or another secret was signed
 */
typedef enum {
  SC_SIGV4_ERROR_MISSING,
  SC_SIGV4_ERROR_INCOMPLETE,
  SC_SIGV4_ERROR_EXPIRED,
  SC_SIGV4_ERROR_MISMATCH,
} ScSigV4Error;

#define SC_SIGV4_ERROR (sc_sigv4_error_quark ())
GQuark sc_sigv4_error_quark (void);

/* How far the signer's clock may be from ours ("AWS Signature Version 4 for API requests"). */
#define SC_SIGV4_MAX_SKEW_US (5 * 60 * G_USEC_PER_SEC)

/**
 * ScSigV4Request:
 * @method: "POST"
 * @path: the path as it is on the wire, percent-encoded
 * @query: (nullable): what follows "?" on the wire
 * @headers: name, value, name, value, ..., %NULL. To sign: exactly those to be signed, with Host
 * and X-Amz-Date. To verify: all that came
 * @body: (nullable): the body
 *
 * The parts of a request that a signature covers; borrowed. For the service "s3" the headers must
 * have X-Amz-Content-Sha256: the body's SHA-256 in hexadecimal digits, or "UNSIGNED-PAYLOAD".
 */
typedef struct {
  const char *method;
  const char *path;
  const char *query;
  const char *const *headers;
  GBytes *body;
} ScSigV4Request;

/**
 * ScSigV4Scope:
 * @region: "us-west-2"
 * @service: the service's signing name, as "ivs"
 *
 * What a signature is good for.
 */
typedef struct {
  const char *region;
  const char *service;
} ScSigV4Scope;

/**
 * ScSigV4Authorization:
 * @access_key_id: whose secret signed
 * @date: the day of the scope, "20261123"
 * @region: the region of the scope
 * @service: the signing name of the scope
 * @signed_headers: the names in lower case
 * @signature: 64 hexadecimal digits
 *
 * An Authorization header taken apart.
 */
typedef struct {
  char *access_key_id;
  char *date;
  char *region;
  char *service;
  char **signed_headers;
  char *signature;
} ScSigV4Authorization;

char *sc_sigv4_format_date (gint64 time_us);
char *sc_sigv4_sign (const ScSigV4Request *request,
                     const ScSigV4Scope *scope,
                     const char *access_key_id,
                     const char *secret_access_key);

ScSigV4Authorization *sc_sigv4_authorization_parse (const char *header, GError **error);
void sc_sigv4_authorization_free (ScSigV4Authorization *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScSigV4Authorization, sc_sigv4_authorization_free)

gboolean sc_sigv4_verify (const ScSigV4Authorization *authorization,
                          const ScSigV4Request *request,
                          const char *secret_access_key,
                          gint64 now_us,
                          GError **error);

G_END_DECLS
