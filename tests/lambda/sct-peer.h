/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* An HTTP server of a test's own that keeps connections, and cuts them when it is told. Each
 * connection has a thread. */
typedef struct _SctPeer SctPeer;

/**
 * SctPeerAnswer:
 * @path: of the request
 * @body: of the request
 * @ret_id: (out): the id of an event, for who asks the runtime API for one
 * @user_data: as given to sct_peer_new()
 *
 * Makes the body of an answer. In the thread of a connection; may block.
 *
 * Returns: (transfer full): what is answered with status 200
 */
typedef char *(*SctPeerAnswer) (const char *path,
                                const char *body,
                                const char **ret_id,
                                gpointer user_data);

/**
 * SctCut:
 * @SCT_CUT_CLOSED: the connection is closed in order
 * @SCT_CUT_RESET: it is reset
 * @SCT_CUT_SILENT: it stays, and nobody is there any more, as behind a gateway that forgot it
 *
 * What becomes of connections that are kept.
 */
typedef enum {
  SCT_CUT_CLOSED,
  SCT_CUT_RESET,
  SCT_CUT_SILENT
} SctCut;

SctPeer *sct_peer_new (SctPeerAnswer answer, gpointer user_data);
void sct_peer_free (SctPeer *self);

char *sct_peer_dup_address (SctPeer *self);
guint sct_peer_cut (SctPeer *self, SctCut cut);
guint sct_peer_get_n_lost (SctPeer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctPeer, sct_peer_free)

G_END_DECLS
