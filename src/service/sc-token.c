/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Bearer tokens: 256 random bits that only their holder has; and what is stored of those and of
 * recovery codes. */

#include "config.h"

#include "sc-token.h"

#include "sc-id.h"
#include "sc-recovery-code.h"
#include "sc-secret.h"

#include <sodium.h>
#include <string.h>

#define SCHEME "Bearer "

G_STATIC_ASSERT (SC_TOKEN_HASH_BYTES == crypto_hash_sha256_BYTES);

/**
 * sc_token_new:
 *
 * Returns: (transfer full): a token, %SC_TOKEN_LENGTH characters
 */
char *
sc_token_new (void)
{
  guint8 bits[32];
  char text[SC_TOKEN_LENGTH + 1];
  sc_random_bytes (bits, sizeof bits);
  sodium_bin2base64 (text,
                     sizeof text,
                     bits,
                     sizeof bits,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sodium_memzero (bits, sizeof bits);
  return g_strdup (text);
}

static gboolean
is_token (const char *text)
{
  gsize length = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
  return length == SC_TOKEN_LENGTH && text[length] == '\0';
}

/**
 * sc_token_hash:
 * @token: a token, or what somebody says is one
 * @ret_hash: (out) (array fixed-size=32): SHA-256 of it, which is what is stored: a fast hash is
 *   enough for 256 random bits
 *
 * Returns: %FALSE, with @ret_hash untouched, if it does not look like a token
 */
gboolean
sc_token_hash (const char *token, guint8 *ret_hash)
{
  if (!is_token (token))
    return FALSE;
  crypto_hash_sha256 (ret_hash, (const guint8 *) token, SC_TOKEN_LENGTH);
  return TRUE;
}

/**
 * sc_token_from_authorization:
 * @authorization: (nullable): the Authorization header of a request
 * @ret_hash: (out) (array fixed-size=32): SHA-256 of the token in it
 *
 * Returns: %FALSE, with @ret_hash untouched, if there is no bearer token (RFC 6750, 2.1)
 */
gboolean
sc_token_from_authorization (const char *authorization, guint8 *ret_hash)
{
  if (!authorization || g_ascii_strncasecmp (authorization, SCHEME, strlen (SCHEME)) != 0)
    return FALSE;
  return sc_token_hash (authorization + strlen (SCHEME), ret_hash);
}

/**
 * sc_token_hash_recovery_code:
 * @typed: a recovery code, or what somebody typed as one
 * @ret_hash: (out) (array fixed-size=32): SHA-256 of its characters, which is what is stored
 *
 * Returns: %FALSE, with @ret_hash untouched, if it does not look like a code
 */
gboolean
sc_token_hash_recovery_code (const char *typed, guint8 *ret_hash)
{
  char *code = sc_recovery_code_normalize (typed);
  if (!code)
    return FALSE;
  crypto_hash_sha256 (ret_hash, (const guint8 *) code, SC_RECOVERY_CODE_LENGTH);
  sc_secret_free (code);
  return TRUE;
}
