/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SC_LINK_SCHEME "streamcat"

/* A host name has at most 253 characters (RFC 1035, 2.3.4), a port 5; the rest of a link is short.
 */
#define SC_LINK_MAX 512

/**
 * ScLink:
 * @host: whose channel it is, with the port where there is one; as "streamcat.example" or
 *   "localhost:8080"
 * @channel: the channel's name
 *
 * Where a streamcat:// address leads.
 */
typedef struct {
  char *host;
  char *channel;
} ScLink;

ScLink *sc_link_parse (const char *uri);
void sc_link_free (ScLink *self);
char *sc_link_dup_for_channel (const char *server, const char *channel);
gboolean sc_link_is_of_server (const ScLink *self, const char *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLink, sc_link_free)

G_END_DECLS
