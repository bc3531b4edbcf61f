/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-id.h"
#include "sc-time.h"
#include "sc-validate.h"

typedef struct {
  const char *value;
  ScInvalid expected;
} Case;

static const Case names[] = {
  { NULL, SC_INVALID_EMPTY },
  { "", SC_INVALID_EMPTY },
  { "ab", SC_INVALID_TOO_SHORT },
  { "abc", SC_VALID },
  { "Ada_Lovelace-1815", SC_VALID },
  { "-ada", SC_INVALID_START },
  { "_ada", SC_INVALID_START },
  { "ada lovelace", SC_INVALID_CHARACTER },
  { "ada!", SC_INVALID_CHARACTER },
  { "añb", SC_INVALID_CHARACTER },
  { "aaaaaaaaaabbbbbbbbbbccccccccccdd", SC_VALID },
  { "aaaaaaaaaabbbbbbbbbbccccccccccddd", SC_INVALID_TOO_LONG },
};

static const Case passwords[] = {
  { "", SC_INVALID_EMPTY }, { "1234567", SC_INVALID_TOO_SHORT },      { "12345678", SC_VALID },
  { "пароль12", SC_VALID }, { "pass\xffword", SC_INVALID_CHARACTER },
};

static const Case titles[] = {
  { "", SC_INVALID_EMPTY },
  { "  ", SC_INVALID_EMPTY },
  { "Analytical engines, live 🐈", SC_VALID },
  { "two\nlines", SC_INVALID_CHARACTER },
};

static const Case devices[] = {
  { NULL, SC_INVALID_EMPTY },
  { " ", SC_INVALID_EMPTY },
  { "ada’s desktop", SC_VALID },
  { "0123456789012345678901234567890123456789012345678901234567890123", SC_VALID },
  { "0123456789012345678901234567890123456789012345678901234567890123x", SC_INVALID_TOO_LONG },
  { "bell\a", SC_INVALID_CHARACTER },
};

static void
check (const Case *cases, guint n, ScInvalid (*validate) (const char *))
{
  for (guint i = 0; i < n; i++) {
    g_test_message ("case %u", i);
    g_assert_cmpint (validate (cases[i].value), ==, cases[i].expected);
  }
}

static void
test_name (void)
{
  check (names, G_N_ELEMENTS (names), sc_validate_name);
}

static void
test_password (void)
{
  check (passwords, G_N_ELEMENTS (passwords), sc_validate_password);
}

static void
test_title (void)
{
  check (titles, G_N_ELEMENTS (titles), sc_validate_title);
}

static void
test_device (void)
{
  check (devices, G_N_ELEMENTS (devices), sc_validate_device);
}

static void
test_time_round_trip (void)
{
  gint64 time_us = 0;
  g_assert_true (sc_time_from_string ("2023-01-05T14:33:32.894089757Z", &time_us, NULL));
  g_autofree char *text = sc_time_to_string (time_us);
  g_assert_cmpstr (text, ==, "2023-01-05T14:33:32.894Z");
  g_assert_false (sc_time_from_string ("yesterday", &time_us, NULL));
}

static void
test_ids_differ (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < 1000; i++)
    g_assert_true (g_hash_table_add (seen, sc_id_new ("st-", 12)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/validate/name", test_name);
  g_test_add_func ("/validate/password", test_password);
  g_test_add_func ("/validate/title", test_title);
  g_test_add_func ("/validate/device", test_device);
  g_test_add_func ("/time/round-trip", test_time_round_trip);
  g_test_add_func ("/id/differ", test_ids_differ);
  return g_test_run ();
}
