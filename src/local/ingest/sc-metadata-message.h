/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "Maximum: 1 KB per request", PutMetadata, Amazon IVS Low-Latency Streaming API. */
#define SC_METADATA_MAX 1024

/* Who puts it there, in Amazon IVS's streams: PutMetadata. */
#define SC_METADATA_OWNER "metadata.live-video.net"

/* Where a publisher process reads the messages. */
#define SC_METADATA_FD 3

void sc_metadata_message_write (const char *owner, const char *text, GByteArray *out);
gboolean sc_metadata_message_read (GByteArray *input, char **ret_owner, char **ret_text);

G_END_DECLS
