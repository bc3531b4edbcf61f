/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The code that lets somebody in who forgot the password: made to be written down and typed. Its
 * letters are Crockford's base 32, which has no I, L, O and U. Pure functions, any thread. */

#include "config.h"

#include "sc-recovery-code.h"

#include "sc-id.h"

#include <string.h>

#define GROUP 5

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * sc_recovery_code_new:
 *
 * Returns: (transfer full): a code of %SC_RECOVERY_CODE_LENGTH random characters, in groups of five
 *   with hyphens between: a secret, to be wiped by whoever is done with it
 */
char *
sc_recovery_code_new (void)
{
  guint8 bits[SC_RECOVERY_CODE_LENGTH];
  sc_random_bytes (bits, sizeof bits);
  char *code = g_malloc0 (SC_RECOVERY_CODE_LENGTH + SC_RECOVERY_CODE_LENGTH / GROUP);
  char *end = code;
  for (guint i = 0; i < SC_RECOVERY_CODE_LENGTH; i++) {
    if (i > 0 && i % GROUP == 0)
      *end++ = '-';
    *end++ = alphabet[bits[i] % (sizeof alphabet - 1)];
  }
  explicit_bzero (bits, sizeof bits);
  return code;
}

/* What somebody takes for another character is that one (Crockford, "Base 32"). */
static char
read_character (char typed)
{
  switch (typed) {
  case 'o':
  case 'O':
    return '0';
  case 'i':
  case 'I':
  case 'l':
  case 'L':
    return '1';
  default:
    return g_ascii_toupper (typed);
  }
}

/**
 * sc_recovery_code_normalize:
 * @typed: what a person typed, in any case, with or without hyphens and spaces
 *
 * Returns: (transfer full) (nullable): the code's characters alone, the same for all ways to type
 *   it; %NULL if it is none
 */
char *
sc_recovery_code_normalize (const char *typed)
{
  char code[SC_RECOVERY_CODE_LENGTH + 1] = "";
  gsize length = 0;
  for (const char *at = typed; *at; at++) {
    if (*at == '-' || g_ascii_isspace (*at))
      continue;
    char character = read_character (*at);
    if (!strchr (alphabet, character) || length == SC_RECOVERY_CODE_LENGTH)
      return NULL;
    code[length++] = character;
  }
  return length == SC_RECOVERY_CODE_LENGTH ? g_strdup (code) : NULL;
}
