/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SctPlaylistFault:
 * @SCT_PLAYLIST_AS_IS: nothing
 * @SCT_PLAYLIST_BACK: the media sequence is a thousand lower
 * @SCT_PLAYLIST_AHEAD: the media sequence is a thousand higher
 * @SCT_PLAYLIST_STALE: the first one that was asked for since, again and again
 * @SCT_PLAYLIST_EMPTY: no segments
 * @SCT_PLAYLIST_GARBAGE: no playlist at all
 *
 * What becomes of a media playlist on its way.
 */
typedef enum {
  SCT_PLAYLIST_AS_IS,
  SCT_PLAYLIST_BACK,
  SCT_PLAYLIST_AHEAD,
  SCT_PLAYLIST_STALE,
  SCT_PLAYLIST_EMPTY,
  SCT_PLAYLIST_GARBAGE,
} SctPlaylistFault;

/**
 * SctFaults:
 * @delay_ms: how long everything takes, each way
 * @jitter_ms: up to how much longer what goes to the client takes, piece by piece, in order
 * @bandwidth: bits a second to all clients together, or 0 for all there is
 * @stall: nothing goes either way; it waits
 * @refuse: a new connection is reset
 * @truncate_after: a connection ends after so many further bytes to the client, or 0
 * @status: what requests are answered with, or 0; the server does not see them
 * @match: (nullable): which requests @status is for: those with this in their path
 * @playlist: what becomes of media playlists
 *
 * What a network, and a server, do to their clients. %{0} is nothing.
 */
typedef struct {
  guint delay_ms;
  guint jitter_ms;
  guint64 bandwidth;
  gboolean stall;
  gboolean refuse;
  guint64 truncate_after;
  guint status;
  const char *match;
  SctPlaylistFault playlist;
} SctFaults;

gboolean sct_faults_parse (const char *text, SctFaults *ret_faults);

/**
 * SctFaultProxy:
 *
 * A network between a client and a server of this machine that does what #SctFaults says. It has a
 * thread of its own. What is no HTTP request is passed on as it is.
 */
typedef struct _SctFaultProxy SctFaultProxy;

SctFaultProxy *sct_fault_proxy_new (guint16 upstream_port);
void sct_fault_proxy_free (SctFaultProxy *self);

guint16 sct_fault_proxy_get_port (SctFaultProxy *self);
void sct_fault_proxy_set (SctFaultProxy *self, const SctFaults *faults);
void sct_fault_proxy_reset (SctFaultProxy *self);
guint sct_fault_proxy_get_n_requests (SctFaultProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctFaultProxy, sct_fault_proxy_free)

G_END_DECLS
