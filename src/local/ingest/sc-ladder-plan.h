/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-broadcast.h"

G_BEGIN_DECLS

/* The most renditions besides the source. */
#define SC_LADDER_MAX_RUNGS (SC_BROADCAST_MAX_RENDITIONS - 1)

/**
 * ScLadderRung:
 * @width: of the picture, even
 * @height: of the picture, even
 * @frame_rate: frames a second, or 0 where the source does not tell
 * @divisor: of so many frames of the source one is kept
 * @bitrate: of the picture, bits a second
 *
 * A rendition that is to be made.
 */
typedef struct {
  guint width;
  guint height;
  double frame_rate;
  guint divisor;
  guint bitrate;
} ScLadderRung;

guint sc_ladder_count_for_cores (guint cores);
guint sc_ladder_count_for_type (const char *channel_type, guint most);
guint sc_ladder_plan (const ScMediaInfo *source, guint most, ScLadderRung *ret_rungs);

G_END_DECLS
