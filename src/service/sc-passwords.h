/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A hash takes 46 MiB and 55 ms of one processor: two at once bound the memory, and what waits
 * behind sixteen others is better told to come again. */
#define SC_PASSWORDS_AT_ONCE 2
#define SC_PASSWORDS_WAITING 16

/**
 * ScPasswordsError:
 * @SC_PASSWORDS_ERROR_BUSY: two hash and sixteen wait; nothing was done
 * @SC_PASSWORDS_ERROR_MEMORY: there is no memory for a hash
 */
typedef enum {
  SC_PASSWORDS_ERROR_BUSY,
  SC_PASSWORDS_ERROR_MEMORY,
} ScPasswordsError;

#define SC_PASSWORDS_ERROR (sc_passwords_error_quark ())
GQuark sc_passwords_error_quark (void);

typedef struct _ScPasswords ScPasswords;

ScPasswords *sc_passwords_new (void);
void sc_passwords_free (ScPasswords *self);

char *sc_passwords_hash (ScPasswords *self, const char *password, GError **error);
gboolean sc_passwords_verify (ScPasswords *self,
                              const char *password,
                              const char *hash,
                              gboolean *ret_right,
                              GError **error);
gboolean sc_passwords_is_outdated (const char *hash);

gboolean sc_passwords_enter (ScPasswords *self, GError **error);
void sc_passwords_leave (ScPasswords *self);
guint sc_passwords_get_waiting (ScPasswords *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScPasswords, sc_passwords_free)

G_END_DECLS
