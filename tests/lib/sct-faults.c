/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-fault-proxy.h"

#include <string.h>

static const char *const playlist_words[] = {
  "as-is", "back", "ahead", "stale", "empty", "garbage"
};

static gboolean
parse_playlist (const char *value, SctFaults *faults)
{
  for (guint i = 0; i < G_N_ELEMENTS (playlist_words); i++) {
    if (g_str_equal (value, playlist_words[i])) {
      faults->playlist = (SctPlaylistFault) i;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
parse_pair (const char *name, const char *value, SctFaults *faults)
{
  guint64 number;
  if (g_str_equal (name, "match")) {
    faults->match = g_intern_string (value);
    return TRUE;
  }
  if (g_str_equal (name, "playlist"))
    return parse_playlist (value, faults);
  if (!g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT32, &number, NULL))
    return FALSE;
  if (g_str_equal (name, "delay"))
    faults->delay_ms = (guint) number;
  else if (g_str_equal (name, "jitter"))
    faults->jitter_ms = (guint) number;
  else if (g_str_equal (name, "bandwidth"))
    faults->bandwidth = number;
  else if (g_str_equal (name, "stall"))
    faults->stall = number > 0;
  else if (g_str_equal (name, "refuse"))
    faults->refuse = number > 0;
  else if (g_str_equal (name, "truncate"))
    faults->truncate_after = number;
  else if (g_str_equal (name, "status"))
    faults->status = (guint) number;
  else
    return FALSE;
  return TRUE;
}

/**
 * sct_faults_parse:
 * @text: names and values, as in "delay 25 jitter 40 bandwidth 4000000", "status 503 match .m3u8",
 *   "playlist stale", "stall 1", "refuse 1", "truncate 50000"; none is no fault
 * @ret_faults: (out): what they say; untouched where they say nothing that is known
 *
 * Returns: whether they are understood
 */
gboolean
sct_faults_parse (const char *text, SctFaults *ret_faults)
{
  SctFaults faults = { 0 };
  g_auto (GStrv) words = g_strsplit_set (text, " ", -1);
  guint n = g_strv_length (words);
  if (n > 0 && *words[0] == '\0')
    n = 0;
  if (n % 2)
    return FALSE;
  for (guint i = 0; i < n; i += 2)
    if (!parse_pair (words[i], words[i + 1], &faults))
      return FALSE;
  *ret_faults = faults;
  return TRUE;
}
