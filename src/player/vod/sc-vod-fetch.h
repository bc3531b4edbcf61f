/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-hls-playlist.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScVodFault:
 * @status: the HTTP status, 0 where there was no answer
 * @is_transient: whether it may be gone when asked again
 *
 * Why something could not be fetched, beside the error.
 */
typedef struct {
  guint status;
  gboolean is_transient;
} ScVodFault;

typedef struct _ScVodFetch ScVodFetch;

ScVodFetch *sc_vod_fetch_new (void);
void sc_vod_fetch_free (ScVodFetch *self);

gint64 sc_vod_fetch_get_length (ScVodFetch *self);
GInputStream *sc_vod_fetch_open (ScVodFetch *self,
                                 const char *uri,
                                 const ScHlsRange *range,
                                 GCancellable *cancellable,
                                 ScVodFault *ret_fault,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScVodFetch, sc_vod_fetch_free)

G_END_DECLS
