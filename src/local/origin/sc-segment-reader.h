/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-segment.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* How long a request for a segment that is announced may wait for its first byte: the longest
 * segment that can come before it. */
#define SC_SEGMENT_READER_PATIENCE_SECONDS 6

void sc_segment_reader_start (ScSegment *segment, SoupServerMessage *message);

G_END_DECLS
