/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-recovery-code.h"

#include <string.h>

static void
test_made (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < 1000; i++) {
    char *code = sc_recovery_code_new ();
    g_assert_true (g_regex_match_simple ("^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$",
                                         code,
                                         G_REGEX_DOLLAR_ENDONLY,
                                         0));
    g_assert_true (g_hash_table_add (seen, code));
  }
}

/* Every letter turns up in its place: none of the 5 bits is lost. */
static void
test_every_letter (void)
{
  guint counts[128] = { 0 };
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *code = sc_recovery_code_new ();
    for (const char *at = code; *at; at++)
      counts[(guint8) *at]++;
  }
  guint n_letters = 0;
  for (guint i = '0'; i <= 'Z'; i++) {
    n_letters += counts[i] > 0;
    /* 20,000 letters among 32 are 625 each; nobody sees 400 in a lifetime. */
    g_assert_true (counts[i] == 0 || counts[i] > 400);
  }
  g_assert_cmpuint (n_letters, ==, 32);
}

static void
test_ways_to_type (void)
{
  static const struct {
    const char *typed;
    const char *code;
  } cases[] = {
    { "01234-56789-ABCDE-FGHJK", "0123456789ABCDEFGHJK" },
    { "  01234 56789 abcde fghjk\n", "0123456789ABCDEFGHJK" },
    { "oI2345678L9abcdefghj", "01234567819ABCDEFGHJ" },
    { "O1Ll0-MNPQR-STVWX-YZ000", "01110MNPQRSTVWXYZ000" },
    { "01234-56789-ABCDE-FGHJ", NULL },
    { "01234-56789-ABCDE-FGHJKM", NULL },
    { "01234-56789-ABCDE-FGHJU", NULL },
    { "01234-56789-ABCDE-FGHJ!", NULL },
    { "01234-56789-ABCDE-FGHJé", NULL },
    { "--------------------", NULL },
    { "", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *code = sc_recovery_code_normalize (cases[i].typed);
    g_test_message ("%s", cases[i].typed);
    g_assert_cmpstr (code, ==, cases[i].code);
  }
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *made = sc_recovery_code_new ();
    g_autofree char *lower = g_ascii_strdown (made, -1);
    g_autofree char *code = sc_recovery_code_normalize (made);
    g_autofree char *again = sc_recovery_code_normalize (lower);
    g_assert_cmpuint (strlen (code), ==, SC_RECOVERY_CODE_LENGTH);
    g_assert_cmpstr (code, ==, again);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recovery-code/made", test_made);
  g_test_add_func ("/recovery-code/every-letter", test_every_letter);
  g_test_add_func ("/recovery-code/ways-to-type", test_ways_to_type);
  g_test_add_func ("/recovery-code/round-trip", test_round_trip);
  return g_test_run ();
}
