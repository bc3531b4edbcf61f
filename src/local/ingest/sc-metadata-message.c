/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-metadata-message.h"

#include <string.h>

/* The second pipe into a publisher process, apart from what strangers send: metadata to put into
 * the stream, two strings with a zero behind each. */

/**
 * sc_metadata_message_write:
 * @owner: who puts it there
 * @text: what
 * @out: where to append the message
 */
void
sc_metadata_message_write (const char *owner, const char *text, GByteArray *out)
{
  g_byte_array_append (out, (const guint8 *) owner, (guint) strlen (owner) + 1);
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text) + 1);
}

/**
 * sc_metadata_message_read:
 * @input: bytes as they came; those of the message are taken off its front
 * @ret_owner: (out) (transfer full): who puts it there
 * @ret_text: (out) (transfer full): what
 *
 * Returns: %FALSE when more bytes are needed
 */
gboolean
sc_metadata_message_read (GByteArray *input, char **ret_owner, char **ret_text)
{
  const guint8 *end = input->len > 0 ? memchr (input->data, '\0', input->len) : NULL;
  gsize owner_size = end ? (gsize) (end - input->data) + 1 : 0;
  gsize rest = input->len - owner_size;
  const guint8 *text = input->data + owner_size;
  const guint8 *text_end = end && rest > 0 ? memchr (text, '\0', rest) : NULL;
  if (!text_end)
    return FALSE;
  *ret_owner = g_strdup ((const char *) input->data);
  *ret_text = g_strdup ((const char *) text);
  g_byte_array_remove_range (input, 0, (guint) (owner_size + (gsize) (text_end - text) + 1));
  return TRUE;
}
