/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-rtmp-session.h"
#include "sct-fuzz.h"
#include "sct-rtmp-script.h"

/* An encoder's bytes, from the handshake on, in pieces as a network might cut them. Whatever comes,
 * nothing is handed on before a key was accepted, and little is held. */

static ScRtmpVerdict
on_publish (const char *key, gpointer user_data)
{
  gboolean *accepted = user_data;
  g_assert (!*accepted && g_utf8_validate (key, -1, NULL));
  *accepted = g_str_has_prefix (key, "sk_");
  return *accepted ? SC_RTMP_ACCEPT : SC_RTMP_DENY;
}

static void
on_media (guint8 type, guint32 timestamp, GBytes *body, gpointer user_data)
{
  g_assert (*(gboolean *) user_data);
  g_assert (type == 8 || type == 9 || type == 18);
  g_assert (g_bytes_get_size (body) <= SC_RTMP_MAX_MESSAGE);
}

GByteArray *
sct_fuzz_seed (void)
{
  return sct_rtmp_script ();
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const ScRtmpSessionDelegate delegate = { on_publish, on_media };
  gboolean accepted = FALSE;
  g_autoptr (ScRtmpSession) session = sc_rtmp_session_new (&delegate, &accepted);
  gsize piece = size > 0 ? 1 + data[size - 1] * 16u : 1;
  for (gsize done = 0; done < size; done += piece) {
    g_autoptr (GByteArray) out = g_byte_array_new ();
    g_autoptr (GError) error = NULL;
    gsize count = MIN (piece, size - done);
    g_autofree guint8 *exact = g_memdup2 (data + done, count); /* so that ASan sees one too far */
    if (!sc_rtmp_session_feed (session, exact, count, out, &error))
      break;
    g_assert (!error && out->len < 16 * 1024);
    g_assert (accepted == sc_rtmp_session_is_publishing (session));
    g_assert (accepted || sc_rtmp_session_held (session) <= SC_RTMP_MAX_STRANGER_HELD);
  }
  return 0;
}
