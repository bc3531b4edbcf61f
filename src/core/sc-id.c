/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-id.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

/**
 * sc_random_bytes:
 * @buffer: where to write
 * @size: how many bytes
 *
 * Fills @buffer from the kernel's generator, fit for secrets. Aborts where the kernel has none:
 * going on with guessable secrets would be worse. Any thread.
 */
void
sc_random_bytes (guint8 *buffer, gsize size)
{
  for (gsize done = 0; done < size;) {
    gssize got = getrandom (buffer + done, size - done, 0);
    if (got < 0 && errno != EINTR)
      g_error ("The kernel gives no random bytes: %s", g_strerror (errno));
    if (got > 0)
      done += (gsize) got;
  }
}

/**
 * sc_id_new:
 * @prefix: what the id starts with, as "st-"
 * @length: how many random characters follow; 12 carry 71 bits, 22 carry 131
 *
 * Makes an id in the form that Amazon IVS uses for its resources: letters and digits, from the
 * kernel's generator. Any thread.
 *
 * Returns: (transfer full): the id
 */
char *
sc_id_new (const char *prefix, guint length)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const guint letters = sizeof alphabet - 1;
  GString *id = g_string_new (prefix);
  while (length > 0) {
    guint8 byte;
    sc_random_bytes (&byte, 1);
    if (byte >= 256 / letters * letters) /* the rest would favour the first letters */
      continue;
    g_string_append_c (id, alphabet[byte % letters]);
    length--;
  }
  return g_string_free (id, FALSE);
}
