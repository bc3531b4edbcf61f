/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-media-info.h"

/**
 * sc_media_info_codecs:
 * @self: what is in a stream
 *
 * Returns: (transfer full): the CODECS attribute of RFC 8216 4.3.4.2, "avc1.4D401F,mp4a.40.2"
 */
char *
sc_media_info_codecs (const ScMediaInfo *self)
{
  if (self->audio_codec[0] == '\0')
    return g_strdup (self->video_codec);
  return g_strdup_printf ("%s,%s", self->video_codec, self->audio_codec);
}
