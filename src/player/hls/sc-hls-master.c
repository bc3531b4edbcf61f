/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-hls-attributes.h"
#include "sc-hls-parser.h"

#include <math.h>
#include <string.h>

/* The tags of a multivariant playlist. What a variant is called stands on its line in the newer
 * form of Amazon IVS, and on the line of its VIDEO group in the older one. */

/* Amazon IVS makes up to six; a stream has a few. */
#define MAX_VARIANTS 64u

/* The longest name that a menu shows; "1080p60" is usual. */
#define MAX_NAME 64u

#define MAX_PIXELS 16384u
#define MAX_FRAME_RATE 1000.0

/* What the group of the rendition is called that the encoder sent. */
#define SOURCE_GROUP "chunked"

/**
 * sc_hls_master_free_variant:
 * @data: (transfer full): a #ScHlsVariant
 */
void
sc_hls_master_free_variant (gpointer data)
{
  ScHlsVariant *variant = data;
  g_free (variant->uri);
  g_free (variant->name);
  g_free (variant->codecs);
  g_free (variant);
}

static void
read_resolution (ScHlsVariant *variant, const char *list)
{
  guint64 width, height;
  g_autofree char *text = sc_hls_attribute_dup (list, "RESOLUTION");
  char *cross = text ? strchr (text, 'x') : NULL;
  if (!cross)
    return;
  *cross = '\0';
  if (!sc_hls_parse_integer (text, MAX_PIXELS, &width) ||
      !sc_hls_parse_integer (cross + 1, MAX_PIXELS, &height))
    return;
  variant->width = (int) width;
  variant->height = (int) height;
}

static void
read_rates (ScHlsVariant *variant, const char *list)
{
  guint64 bandwidth;
  g_autofree char *peak = sc_hls_attribute_dup (list, "BANDWIDTH");
  g_autofree char *frame_rate = sc_hls_attribute_dup (list, "FRAME-RATE");
  if (sc_hls_parse_integer (peak, G_MAXUINT, &bandwidth))
    variant->bandwidth = (guint) bandwidth;
  (void) sc_hls_parse_decimal (frame_rate, MAX_FRAME_RATE, &variant->frame_rate);
}

/* Returns the first attribute of two that can be shown as a name. */
static char *
dup_name (const char *list)
{
  static const char *const names[] = { "IVS-NAME", "STABLE-VARIANT-ID" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    char *name = sc_hls_attribute_dup (list, names[i]);
    if (name && *name && strlen (name) <= MAX_NAME)
      return name;
    g_free (name);
  }
  return NULL;
}

static gboolean
is_source (const char *list, const char *group)
{
  g_autofree char *made_by = sc_hls_attribute_dup (list, "IVS-VARIANT-SOURCE");
  g_autofree char *id = sc_hls_attribute_dup (list, "STABLE-VARIANT-ID");
  if (made_by)
    return g_str_equal (made_by, "source");
  return g_strcmp0 (group, SOURCE_GROUP) == 0 || g_strcmp0 (id, SOURCE_GROUP) == 0;
}

static gboolean
read_variant (ScHlsParser *self, const char *value, GError **error)
{
  if (self->variant)
    return sc_hls_fail (error, "A variant has no address");
  if (self->playlist->variants->len >= MAX_VARIANTS) {
    g_set_error_literal (error, SC_HLS_ERROR, SC_HLS_ERROR_TOO_BIG, "There are too many variants");
    return FALSE;
  }
  char *group = sc_hls_attribute_dup (value, "VIDEO");
  ScHlsVariant *variant = g_new0 (ScHlsVariant, 1);
  read_resolution (variant, value);
  read_rates (variant, value);
  variant->codecs = sc_hls_attribute_dup (value, "CODECS");
  variant->name = dup_name (value);
  variant->is_source = is_source (value, group);
  g_ptr_array_add (self->variant_groups, group ? group : g_strdup (""));
  self->playlist->is_master = TRUE;
  self->variant = variant;
  return TRUE;
}

/**
 * sc_hls_master_add_variant:
 * @self: a parser that has read what a variant is
 * @uri: a line that is an address
 * @error: %SC_HLS_ERROR
 *
 * Returns: whether that could be
 */
gboolean
sc_hls_master_add_variant (ScHlsParser *self, const char *uri, GError **error)
{
  self->variant->uri = sc_hls_parser_resolve (self, uri, error);
  if (!self->variant->uri)
    return FALSE;
  g_ptr_array_add (self->playlist->variants, g_steal_pointer (&self->variant));
  return TRUE;
}

/* Only VIDEO groups: what they are called. Sound of its own is not part of any stream of ours. */
static gboolean
read_media (ScHlsParser *self, const char *value, GError **error)
{
  g_autofree char *type = sc_hls_attribute_dup (value, "TYPE");
  g_autofree char *group = sc_hls_attribute_dup (value, "GROUP-ID");
  g_autofree char *name = sc_hls_attribute_dup (value, "NAME");
  self->playlist->is_master = TRUE;
  if (g_strcmp0 (type, "VIDEO") != 0 || !group || !name || !*name || strlen (name) > MAX_NAME)
    return TRUE;
  if (g_hash_table_size (self->groups) < MAX_VARIANTS)
    g_hash_table_insert (self->groups, g_steal_pointer (&group), g_steal_pointer (&name));
  return TRUE;
}

static gboolean
read_session_data (ScHlsParser *self, const char *value, GError **error)
{
  g_autofree char *id = sc_hls_attribute_dup (value, "DATA-ID");
  g_autofree char *data = sc_hls_attribute_dup (value, "VALUE");
  if (g_strcmp0 (id, "SERVER-TIME") == 0)
    sc_hls_parser_see_server_time (self, data);
  return TRUE;
}

/* The older form of Twitch: all of the session's data on one line. */
static gboolean
read_twitch_info (ScHlsParser *self, const char *value, GError **error)
{
  g_autofree char *time = sc_hls_attribute_dup (value, "SERVER-TIME");
  sc_hls_parser_see_server_time (self, time);
  return TRUE;
}

/**
 * sc_hls_master_find_tag:
 * @name: a tag up to its colon
 *
 * Returns: (nullable): how to read it, if a multivariant playlist has it
 */
const ScHlsTag *
sc_hls_master_find_tag (const char *name)
{
  static const ScHlsTag tags[] = {
    { "#EXT-X-STREAM-INF", read_variant },
    { "#EXT-X-MEDIA", read_media },
    { "#EXT-X-SESSION-DATA", read_session_data },
    { "#EXT-X-TWITCH-INFO", read_twitch_info },
  };
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (g_str_equal (tags[i].name, name))
      return &tags[i];
  return NULL;
}

/* Returns "720p60", "720p" without a frame rate, "160k" for sound alone. */
static char *
make_name (const ScHlsVariant *variant)
{
  if (variant->height == 0)
    return g_strdup_printf ("%uk", variant->bandwidth / 1000);
  if (variant->frame_rate < 1)
    return g_strdup_printf ("%dp", variant->height);
  return g_strdup_printf ("%dp%d", variant->height, (int) lround (variant->frame_rate));
}

/* Makes a name that is taken another: "720p60 2". @taken holds those in use. */
static void
make_unique (ScHlsVariant *variant, GHashTable *taken)
{
  g_autofree char *name = g_steal_pointer (&variant->name);
  variant->name = g_strdup (name);
  for (guint i = 2; !g_hash_table_add (taken, g_strdup (variant->name)); i++) {
    g_free (variant->name);
    variant->name = g_strdup_printf ("%s %u", name, i);
  }
}

/**
 * sc_hls_master_finish:
 * @self: a parser that has read every line
 *
 * Gives every variant a name of its own.
 */
void
sc_hls_master_finish (ScHlsParser *self)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->playlist->variants->len; i++) {
    ScHlsVariant *variant = g_ptr_array_index (self->playlist->variants, i);
    const char *group =
      g_hash_table_lookup (self->groups, g_ptr_array_index (self->variant_groups, i));
    if (!variant->name)
      variant->name = group ? g_strdup (group) : make_name (variant);
    make_unique (variant, taken);
  }
}
