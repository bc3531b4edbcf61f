/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-streams.h"

G_BEGIN_DECLS

void sc_stream_events_put (ScEventBus *bus,
                           const ScLiveStream *stream,
                           const char *type,
                           const char *name,
                           const char *code);
void sc_stream_events_put_limit (ScEventBus *bus,
                                 const ScLiveStream *stream,
                                 const ScStreamLimit *limit);

G_END_DECLS
