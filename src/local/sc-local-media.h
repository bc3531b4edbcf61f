/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-local-streams.h"
#include "sc-settings.h"

G_BEGIN_DECLS

typedef struct _ScLocalMedia ScLocalMedia;

ScLocalMedia *sc_local_media_new (ScStateDir *state,
                                  const ScSettings *settings,
                                  ScLocalStreams *streams,
                                  const char *libexec_dir,
                                  guint chunk_ms,
                                  GError **error);
void sc_local_media_free (ScLocalMedia *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLocalMedia, sc_local_media_free)

G_END_DECLS
