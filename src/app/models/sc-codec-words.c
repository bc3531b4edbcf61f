/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What to install when GStreamer lacks something. Pure functions. */

#include "config.h"

#include "sc-codec-words.h"

#include "sc-player-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define LIBAV "gstreamer1.0-libav"
#define GOOD "gstreamer1.0-plugins-good"
#define BAD "gstreamer1.0-plugins-bad"

/* What the Flatpak's runtime leaves to an extension, as the manifest names it. */
#define FLATPAK_CODECS "org.freedesktop.Platform.ffmpeg-full"

/* The rest comes with the runtime itself. */
#define IN_RUNTIME NULL

/* Parts of what GStreamer calls the thing that is missing (GstMissingPlugins' installer details),
 * and who has it: Debian 13's package, the Flatpak's extension. */
static const struct {
  const char *part;
  const char *debian;
  const char *flatpak;
} packages[] = {
  { "decoder-video/x-h264", LIBAV, FLATPAK_CODECS },
  { "decoder-video/x-h265", LIBAV, FLATPAK_CODECS },
  { "decoder-video/x-av1", BAD, IN_RUNTIME },
  { "decoder-video/x-vp9", GOOD, IN_RUNTIME },
  { "decoder-audio/mpeg", LIBAV, FLATPAK_CODECS },
  { "decoder-audio/x-opus", "gstreamer1.0-plugins-base", IN_RUNTIME },
  { "decoder-video/mpegts", BAD, IN_RUNTIME },
  { "decoder-video/quicktime", GOOD, IN_RUNTIME },
  { "decoder-application/x-hls", GOOD, IN_RUNTIME },
  { "gtk4paintablesink", "gstreamer1.0-gtk4", IN_RUNTIME },
  { "playbin3", "gstreamer1.0-plugins-base", IN_RUNTIME },
};

/**
 * sc_codec_package:
 * @missing: what GStreamer says is missing, as "H.264 decoder (decoder-video/x-h264)"
 * @in_flatpak: whether we run in a Flatpak
 *
 * Returns: (transfer none) (nullable): the package or extension that has it, if we know
 */
const char *
sc_codec_package (const char *missing, gboolean in_flatpak)
{
  for (guint i = 0; i < G_N_ELEMENTS (packages); i++)
    if (strstr (missing, packages[i].part))
      return in_flatpak ? packages[i].flatpak : packages[i].debian;
  return NULL;
}

/**
 * sc_codec_words:
 * @error: why there is no picture
 * @in_flatpak: whether we run in a Flatpak
 *
 * Returns: (transfer full) (nullable): a sentence that says what to install; %NULL if that is not
 *   the trouble, or not known
 */
char *
sc_codec_words (const GError *error, gboolean in_flatpak)
{
  if (!g_error_matches (error, SC_PLAYER_ERROR, SC_PLAYER_ERROR_MISSING_CODEC))
    return NULL;
  const char *package = sc_codec_package (error->message, in_flatpak);
  if (!package)
    return NULL;
  if (in_flatpak)
    /* Translators: %s is the name of a Flatpak extension */
    return g_strdup_printf (_ ("Install the Flatpak extension “%s”, then try again."), package);
  /* Translators: %s is the name of a package, as Debian calls it */
  return g_strdup_printf (_ ("Install the package “%s”, then try again."), package);
}
