/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-vod-fetch.h"
#include "sc-vod-ladder.h"

G_BEGIN_DECLS

typedef struct _ScVodPlaylists ScVodPlaylists;

ScVodPlaylists *sc_vod_playlists_new (const char *uri);
void sc_vod_playlists_free (ScVodPlaylists *self);

const ScHlsPlaylist *sc_vod_playlists_open (ScVodPlaylists *self,
                                            ScVodFetch *fetch,
                                            GCancellable *cancellable,
                                            ScVodFault *ret_fault,
                                            GError **error);
const ScHlsPlaylist *sc_vod_playlists_choose (ScVodPlaylists *self,
                                              ScVodFetch *fetch,
                                              const ScVodPace *pace,
                                              GCancellable *cancellable);

G_END_DECLS
