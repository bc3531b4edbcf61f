/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-media-info.h"

G_BEGIN_DECLS

/**
 * ScStreamLimit:
 * @name: as Amazon IVS calls it
 * @unit: of the amounts
 * @value: the most that a channel takes
 * @exceeded_by: by how much the stream has more
 *
 * A limit that a stream breaks.
 */
typedef struct {
  const char *name;
  const char *unit;
  guint64 value;
  guint64 exceeded_by;
} ScStreamLimit;

/* Bitrate and resolution. */
#define SC_STREAM_LIMITS_MAX 2

guint sc_stream_limits_find (const char *channel_type,
                             const ScMediaInfo *info,
                             ScStreamLimit ret_broken[SC_STREAM_LIMITS_MAX]);

G_END_DECLS
