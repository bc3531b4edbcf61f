/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-cloud.h"
#include "sc-recorder.h"
#include "sc-stack.h"

G_BEGIN_DECLS

typedef struct _ScLocalRecordings ScLocalRecordings;

ScLocalRecordings *sc_local_recordings_new (ScStateDir *state,
                                            ScCloud *cloud,
                                            ScStack *stack,
                                            const char *thumbnailer);
void sc_local_recordings_free (ScLocalRecordings *self);

void sc_local_recordings_begin (ScLocalRecordings *self,
                                const char *channel_id,
                                const char *stream_id,
                                const ScMediaInfo *info);
ScRecorder *sc_local_recordings_get_recorder (ScLocalRecordings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLocalRecordings, sc_local_recordings_free)

G_END_DECLS
