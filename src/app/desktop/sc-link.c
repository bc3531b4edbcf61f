/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Addresses of channels that the desktop opens with us: streamcat://HOST/channel/NAME. They come
 * from anywhere: what is not exactly of that form leads nowhere, and none does more than show a
 * page. */

#include "config.h"

#include "sc-link.h"

#include "sc-validate.h"

#include <string.h>

#define CHANNEL_PATH "/channel/"

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
      g_uri_get_userinfo (parsed) || g_uri_get_query (parsed) || g_uri_get_fragment (parsed))
    return NULL;
  const char *path = g_uri_get_path (parsed);
  if (!g_str_has_prefix (path, CHANNEL_PATH))
    return NULL;
  const char *name = path + strlen (CHANNEL_PATH);
  g_autofree char *host = dup_host (parsed);
  if (!host || sc_validate_name (name) != SC_VALID)
    return NULL;
  ScLink *self = g_new0 (ScLink, 1);
  self->host = g_steal_pointer (&host);
  self->channel = g_strdup (name);
  return self;
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
  g_autoptr (GUri) parsed = g_uri_parse (server, G_URI_FLAGS_NONE, NULL);
  g_autofree char *host = parsed ? dup_host (parsed) : NULL;
  return host ? g_strconcat (SC_LINK_SCHEME "://", host, CHANNEL_PATH, channel, NULL) : NULL;
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
  g_autoptr (GUri) parsed = g_uri_parse (server, G_URI_FLAGS_NONE, NULL);
  g_autofree char *host = parsed ? dup_host (parsed) : NULL;
  return g_strcmp0 (self->host, host) == 0;
}
