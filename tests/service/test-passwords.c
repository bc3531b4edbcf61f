/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-passwords.h"
#include "sc-token.h"

#include <time.h>

static void
test_hash_and_verify (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScPasswords) passwords = sc_passwords_new ();
  g_autofree char *hash = sc_passwords_hash (passwords, "correct horse", &error);
  g_assert_no_error (error);
  g_assert_false (sc_passwords_is_outdated (hash));

  gboolean right = FALSE;
  g_assert_true (sc_passwords_verify (passwords, "correct horse", hash, &right, &error));
  g_assert_true (right);
  g_assert_true (sc_passwords_verify (passwords, "correct horses", hash, &right, &error));
  g_assert_false (right);
}

/* Processor time of this thread, which other processes do not change. */
static gint64
processor_us (void)
{
  struct timespec now;
  g_assert_cmpint (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now), ==, 0);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gint64
time_verify (ScPasswords *passwords, const char *hash)
{
  gboolean right = TRUE;
  gint64 best = G_MAXINT64;
  for (guint i = 0; i < 5; i++) {
    gint64 start = processor_us ();
    g_assert_true (sc_passwords_verify (passwords, "wrong", hash, &right, NULL));
    best = MIN (best, processor_us () - start);
    g_assert_false (right);
  }
  return best;
}

/* An unknown user has a hash with the same parameters, and so costs the same. */
static void
test_nobody_costs_the_same (void)
{
  g_autoptr (ScPasswords) passwords = sc_passwords_new ();
  g_autofree char *hash = sc_passwords_hash (passwords, "somebody's", NULL);
  g_assert_false (sc_passwords_is_outdated (NULL));
  gint64 known = time_verify (passwords, hash);
  gint64 unknown = time_verify (passwords, NULL);
  g_test_message ("known %" G_GINT64_FORMAT " us, unknown %" G_GINT64_FORMAT " us", known, unknown);
  g_assert_cmpint (unknown, >, known / 2);
  g_assert_cmpint (unknown, <, known * 2);
}

static void
test_outdated (void)
{
  g_assert_true (sc_passwords_is_outdated ("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
                                           "c29tZWhhc2hzb21laGFzaHNvbWVoYXNoc29tZWhhc2g"));
}

static gpointer
enter_and_leave (gpointer data)
{
  g_autoptr (GError) error = NULL;
  if (!sc_passwords_enter (data, &error))
    return GINT_TO_POINTER (FALSE);
  sc_passwords_leave (data);
  return GINT_TO_POINTER (TRUE);
}

/* What could not be compared, for want of memory as a rule, is not called a wrong password. */
static void
test_not_compared (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScPasswords) passwords = sc_passwords_new ();
  gboolean right = TRUE;
  g_assert_false (sc_passwords_verify (passwords, "secret", "$argon2id$no", &right, &error));
  g_assert_error (error, SC_PASSWORDS_ERROR, SC_PASSWORDS_ERROR_MEMORY);
  g_assert_true (right); /* untouched */
}

/* Two inside, sixteen before the door, and the next is sent away at once. */
static void
test_door (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScPasswords) passwords = sc_passwords_new ();
  for (guint i = 0; i < SC_PASSWORDS_AT_ONCE; i++)
    g_assert_true (sc_passwords_enter (passwords, &error));
  GThread *threads[SC_PASSWORDS_WAITING];
  for (guint i = 0; i < SC_PASSWORDS_WAITING; i++)
    threads[i] = g_thread_new ("wait", enter_and_leave, passwords);
  while (sc_passwords_get_waiting (passwords) < SC_PASSWORDS_WAITING)
    g_thread_yield ();

  g_assert_false (sc_passwords_enter (passwords, &error));
  g_assert_error (error, SC_PASSWORDS_ERROR, SC_PASSWORDS_ERROR_BUSY);
  for (guint i = 0; i < SC_PASSWORDS_AT_ONCE; i++)
    sc_passwords_leave (passwords);
  for (guint i = 0; i < SC_PASSWORDS_WAITING; i++)
    g_assert_true (GPOINTER_TO_INT (g_thread_join (threads[i])));
  g_assert_cmpuint (sc_passwords_get_waiting (passwords), ==, 0);
}

static void
test_tokens (void)
{
  guint8 hash[SC_TOKEN_HASH_BYTES];
  guint8 again[SC_TOKEN_HASH_BYTES];
  g_autofree char *token = sc_token_new ();
  g_autofree char *other = sc_token_new ();
  g_autofree char *header = g_strdup_printf ("bearer %s", token);
  g_autofree char *longer = g_strdup_printf ("Bearer %sA", token);
  g_autofree char *spaced = g_strdup_printf ("Bearer  %s", token);
  g_assert_cmpuint (strlen (token), ==, SC_TOKEN_LENGTH);
  g_assert_cmpstr (token, !=, other);
  g_assert_true (sc_token_hash (token, hash));
  g_assert_true (sc_token_from_authorization (header, again));
  g_assert_cmpmem (hash, sizeof hash, again, sizeof again);

  const char *const refused[] = { NULL, "", "Bearer", "Bearer ", token, longer, spaced, "Basic x" };
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_false (sc_token_from_authorization (refused[i], again));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/passwords/hash-and-verify", test_hash_and_verify);
  g_test_add_func ("/service/passwords/nobody-costs-the-same", test_nobody_costs_the_same);
  g_test_add_func ("/service/passwords/outdated", test_outdated);
  g_test_add_func ("/service/passwords/not-compared", test_not_compared);
  g_test_add_func ("/service/passwords/door", test_door);
  g_test_add_func ("/service/tokens", test_tokens);
  return g_test_run ();
}
