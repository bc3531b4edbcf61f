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

/* A link that names no moment of a recording. */
#define SC_LINK_NO_MOMENT -1

/**
 * ScLink:
 * @host: whose channel or recording it is, with the port where there is one; as
 *   "streamcat.example" or "localhost:8080"
 * @channel: (nullable): the channel's name; %NULL for a recording
 * @recording: (nullable): the recording's id; %NULL for a channel
 * @moment: where in the recording, microseconds; %SC_LINK_NO_MOMENT for anywhere
 *
 * Where a streamcat:// address leads.
 */
typedef struct {
  char *host;
  char *channel;
  char *recording;
  gint64 moment;
} ScLink;

ScLink *sc_link_parse (const char *uri);
void sc_link_free (ScLink *self);
char *sc_link_dup_for_channel (const char *server, const char *channel);
char *sc_link_dup_for_recording (const char *server, const char *recording, gint64 moment);
gboolean sc_link_is_of_server (const ScLink *self, const char *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLink, sc_link_free)

G_END_DECLS
