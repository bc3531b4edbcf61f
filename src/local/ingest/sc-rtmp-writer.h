/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void sc_rtmp_write_acknowledgement (GByteArray *out, guint32 received);
void sc_rtmp_write_window (GByteArray *out, guint32 window);
void sc_rtmp_write_connected (GByteArray *out, double transaction);
void sc_rtmp_write_rejected (GByteArray *out, double transaction, const char *description);
void sc_rtmp_write_stream_created (GByteArray *out, double transaction, guint32 stream_id);
void sc_rtmp_write_stream_begin (GByteArray *out, guint32 stream_id);
void sc_rtmp_write_status (GByteArray *out,
                           guint32 stream_id,
                           const char *level,
                           const char *code,
                           const char *description);

G_END_DECLS
