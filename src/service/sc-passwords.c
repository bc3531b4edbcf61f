/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Password hashes: Argon2id through libsodium, behind a door that lets two in at once. Any thread.
 */

#include "config.h"

#include "sc-passwords.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>

/* OWASP's and ASVS 5.0 appendix C's floor for one pass; libsodium's parallelism is always 1. */
#define ARGON_PASSES 1
#define ARGON_BYTES (46 * 1024 * 1024)

/* A hash of no password anyone knows, with the parameters above: an unknown user costs the same. */
static const char nobodys_hash[] = "$argon2id$v=19$m=47104,t=1,p=1$c3RyZWFtY2F0LW5vYm9keQ$"
                                   "Zm9ydHktdHdvLWlzLW5vdC10aGUtYW5zd2VyLWhlcmU";

struct _ScPasswords {
  GMutex lock;
  GCond left;
  guint inside;
  guint waiting;
};

G_DEFINE_QUARK (sc-passwords-error-quark, sc_passwords_error)

/**
 * sc_passwords_new:
 *
 * Returns: (transfer full): a door with nobody inside
 */
ScPasswords *
sc_passwords_new (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium cannot start: the kernel gives no random bytes");
  ScPasswords *self = g_new0 (ScPasswords, 1);
  g_mutex_init (&self->lock);
  g_cond_init (&self->left);
  return self;
}

/**
 * sc_passwords_free:
 * @self: (nullable): a door with nobody inside
 */
void
sc_passwords_free (ScPasswords *self)
{
  if (!self)
    return;
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->left);
  g_free (self);
}

/**
 * sc_passwords_enter:
 * @self: a door
 * @error: %SC_PASSWORDS_ERROR_BUSY
 *
 * Goes in, waiting behind at most %SC_PASSWORDS_WAITING others.
 *
 * Returns: %TRUE if the caller is inside and must call sc_passwords_leave()
 */
gboolean
sc_passwords_enter (ScPasswords *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  if (self->inside >= SC_PASSWORDS_AT_ONCE && self->waiting >= SC_PASSWORDS_WAITING) {
    g_set_error_literal (error,
                         SC_PASSWORDS_ERROR,
                         SC_PASSWORDS_ERROR_BUSY,
                         "Too many passwords are being checked");
    return FALSE;
  }

  self->waiting++;
  while (self->inside >= SC_PASSWORDS_AT_ONCE)
    g_cond_wait (&self->left, &self->lock);
  self->waiting--;
  self->inside++;
  return TRUE;
}

/**
 * sc_passwords_leave:
 * @self: a door that the caller entered
 */
void
sc_passwords_leave (ScPasswords *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  self->inside--;
  g_cond_signal (&self->left);
}

/**
 * sc_passwords_get_waiting:
 * @self: a door
 *
 * Returns: how many wait before it
 */
guint
sc_passwords_get_waiting (ScPasswords *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return self->waiting;
}

static void
set_memory_error (GError **error)
{
  g_set_error_literal (error,
                       SC_PASSWORDS_ERROR,
                       SC_PASSWORDS_ERROR_MEMORY,
                       "There is no memory to hash a password");
}

/**
 * sc_passwords_hash:
 * @self: a door
 * @password: a password
 * @error: an error of %SC_PASSWORDS_ERROR
 *
 * Returns: (transfer full) (nullable): its hash with salt and parameters, to be stored
 */
char *
sc_passwords_hash (ScPasswords *self, const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];
  if (!sc_passwords_enter (self, error))
    return NULL;
  int failed = crypto_pwhash_str (hash, password, strlen (password), ARGON_PASSES, ARGON_BYTES);
  sc_passwords_leave (self);
  if (failed) {
    set_memory_error (error);
    return NULL;
  }
  return g_strdup (hash);
}

/**
 * sc_passwords_verify:
 * @self: a door
 * @password: what somebody typed
 * @hash: (nullable): what is stored, or %NULL where there is no such user
 * @ret_right: (out): whether they fit; untouched on failure
 * @error: an error of %SC_PASSWORDS_ERROR
 *
 * Compares, taking as long without a user as with one.
 *
 * Returns: %FALSE if it could not be found out
 */
gboolean
sc_passwords_verify (ScPasswords *self,
                     const char *password,
                     const char *hash,
                     gboolean *ret_right,
                     GError **error)
{
  const char *against = hash ? hash : nobodys_hash;
  if (!sc_passwords_enter (self, error))
    return FALSE;
  errno = 0;
  gboolean fits = crypto_pwhash_str_verify (against, password, strlen (password)) == 0;
  gboolean compared = fits || errno == EINVAL; /* which is all that libsodium says of the reason */
  sc_passwords_leave (self);
  if (!compared) {
    set_memory_error (error);
    return FALSE;
  }
  *ret_right = fits && hash;
  return TRUE;
}

/**
 * sc_passwords_is_outdated:
 * @hash: (nullable): a stored hash; %NULL stands for the one of nobody
 *
 * Returns: %TRUE if it was made with other parameters than today's
 */
gboolean
sc_passwords_is_outdated (const char *hash)
{
  return crypto_pwhash_str_needs_rehash (hash ? hash : nobodys_hash, ARGON_PASSES, ARGON_BYTES) !=
         0;
}
