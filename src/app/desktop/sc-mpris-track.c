/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the MPRIS D-Bus Interface Specification writes down what is played. */

#include "config.h"

#include "sc-mpris-track.h"

#define TRACKS "/io/github/streamcat/StreamCat/"

/**
 * sc_mpris_track_dup_path:
 * @kind: what kind of thing it is, in letters
 * @id: which of them; anything
 *
 * A D-Bus object path takes letters, digits and "_" alone; two ids have two paths. Any thread.
 *
 * Returns: (transfer full): the path
 */
char *
sc_mpris_track_dup_path (const char *kind, const char *id)
{
  g_autoptr (GString) path = g_string_new (TRACKS);
  g_string_append_printf (path, "%s/", kind);
  for (const char *at = id; *at; at++) {
    if (g_ascii_isalnum (*at))
      g_string_append_c (path, *at);
    else
      g_string_append_printf (path, "_%02x", (guchar) *at);
  }
  return g_string_free (g_steal_pointer (&path), FALSE);
}

static void
add (GVariantBuilder *map, const char *key, GVariant *value)
{
  g_variant_builder_add (map, "{sv}", key, value);
}

/**
 * sc_mpris_track_to_metadata:
 * @self: what is said
 *
 * The desktop fetches the picture: from https alone, as we do. Any thread.
 *
 * Returns: (transfer floating): the same as a "Metadata_Map"
 */
GVariant *
sc_mpris_track_to_metadata (const ScMprisTrack *self)
{
  const char *const artists[] = { self->artist };
  g_auto (GVariantBuilder) map = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  add (&map, "mpris:trackid", g_variant_new_object_path (self->path));
  add (&map, "xesam:title", g_variant_new_string (self->title));
  add (&map, "xesam:artist", g_variant_new_strv (artists, 1));
  if (self->link)
    add (&map, "xesam:url", g_variant_new_string (self->link));
  if (self->picture && g_str_has_prefix (self->picture, "https://"))
    add (&map, "mpris:artUrl", g_variant_new_string (self->picture));
  if (self->length > 0)
    add (&map, "mpris:length", g_variant_new_int64 (self->length));
  return g_variant_builder_end (&map);
}
