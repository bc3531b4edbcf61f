/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Addresses of channels and recordings that the desktop opens with us:
 * streamcat://HOST/channel/NAME and streamcat://HOST/recording/ID, the latter with ?t= for a moment
 * of it. They come from anywhere: what is not exactly of that form leads nowhere, and none does
 * more than show a page. */

#include "config.h"

#include "sc-link.h"

#include "sc-moment.h"
#include "sc-validate.h"

#include <string.h>

#define CHANNEL_PATH "/channel/"
#define RECORDING_PATH "/recording/"

/* As our API has it: ids of recording sessions of Amazon IVS have 16 characters. */
#define RECORDING_ID_MAX 64

static char *
dup_host (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  if (!host || *host == '\0')
    return NULL;
  g_autofree char *lower = g_ascii_strdown (host, -1);
  g_autoptr (GString) text = g_string_new (lower);
  if (strchr (lower, ':')) /* an IPv6 address */
    g_string_printf (text, "[%s]", lower);
  if (g_uri_get_port (uri) >= 0)
    g_string_append_printf (text, ":%d", g_uri_get_port (uri));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_host_of_server (const char *server)
{
  g_autoptr (GUri) parsed = g_uri_parse (server, G_URI_FLAGS_NONE, NULL);
  return parsed ? dup_host (parsed) : NULL;
}

static gboolean
read_channel (ScLink *self, GUri *uri)
{
  const char *path = g_uri_get_path (uri);
  if (!g_str_has_prefix (path, CHANNEL_PATH) || g_uri_get_query (uri))
    return FALSE;
  self->channel = g_strdup (path + strlen (CHANNEL_PATH));
  return sc_validate_name (self->channel) == SC_VALID;
}

static gboolean
is_recording_id (const char *text)
{
  gsize size = strlen (text);
  return size > 0 && size <= RECORDING_ID_MAX &&
         strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == size;
}

/* A moment that cannot be read does not keep anybody from the recording. */
static gint64
read_moment (GUri *uri)
{
  const char *query = g_uri_get_query (uri);
  g_autoptr (GHashTable) given =
    query ? g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL) : NULL;
  const char *text = given ? g_hash_table_lookup (given, "t") : NULL;
  gint64 moment = SC_LINK_NO_MOMENT;
  if (text)
    sc_moment_parse (text, &moment);
  return moment;
}

static gboolean
read_recording (ScLink *self, GUri *uri)
{
  const char *path = g_uri_get_path (uri);
  if (!g_str_has_prefix (path, RECORDING_PATH))
    return FALSE;
  self->recording = g_strdup (path + strlen (RECORDING_PATH));
  self->moment = read_moment (uri);
  return is_recording_id (self->recording);
}

/**
 * sc_link_parse:
 * @uri: what somebody wants opened
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): where it leads, or %NULL if it is no link of ours
 */
ScLink *
sc_link_parse (const char *uri)
{
  if (strlen (uri) > SC_LINK_MAX)
    return NULL;
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  if (!parsed || !g_str_equal (g_uri_get_scheme (parsed), SC_LINK_SCHEME) ||
      g_uri_get_userinfo (parsed) || g_uri_get_fragment (parsed))
    return NULL;
  g_autoptr (ScLink) self = g_new0 (ScLink, 1);
  self->moment = SC_LINK_NO_MOMENT;
  self->host = dup_host (parsed);
  if (!self->host || (!read_channel (self, parsed) && !read_recording (self, parsed)))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sc_link_free:
 * @self: (nullable) (transfer full): a link
 */
void
sc_link_free (ScLink *self)
{
  if (!self)
    return;
  g_free (self->host);
  g_free (self->channel);
  g_free (self->recording);
  g_free (self);
}

/**
 * sc_link_dup_for_channel:
 * @server: the address of a server, "https://HOST"
 * @channel: the name of a channel there
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the link to the channel; %NULL if @server is no address
 */
char *
sc_link_dup_for_channel (const char *server, const char *channel)
{
  g_autofree char *host = dup_host_of_server (server);
  return host ? g_strconcat (SC_LINK_SCHEME "://", host, CHANNEL_PATH, channel, NULL) : NULL;
}

/**
 * sc_link_dup_for_recording:
 * @server: the address of a server, "https://HOST"
 * @recording: the id of a recording there
 * @moment: where in it, microseconds, of which whole seconds stay; %SC_LINK_NO_MOMENT for none
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the link to the recording; %NULL if @server is no address
 */
char *
sc_link_dup_for_recording (const char *server, const char *recording, gint64 moment)
{
  g_autofree char *host = dup_host_of_server (server);
  if (!host)
    return NULL;
  g_autoptr (GString) link = g_string_new (SC_LINK_SCHEME "://");
  g_string_append_printf (link, "%s" RECORDING_PATH "%s", host, recording);
  if (moment >= 0)
    g_string_append_printf (link, "?t=%" G_GINT64_FORMAT, moment / G_USEC_PER_SEC);
  return g_string_free (g_steal_pointer (&link), FALSE);
}

/**
 * sc_link_is_of_server:
 * @self: a link
 * @server: the address of a server, "https://HOST"
 *
 * Any thread.
 *
 * Returns: whether it leads to that server
 */
gboolean
sc_link_is_of_server (const ScLink *self, const char *server)
{
  g_autofree char *host = dup_host_of_server (server);
  return g_strcmp0 (self->host, host) == 0;
}
