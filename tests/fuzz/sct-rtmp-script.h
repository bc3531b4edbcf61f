/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an encoder says, byte for byte, to feed parsers with. */

void sct_rtmp_message (GByteArray *bytes,
                       guint chunk_size,
                       guint8 type,
                       guint32 timestamp,
                       const GByteArray *payload);
void sct_rtmp_hello (GByteArray *bytes);
void sct_rtmp_connect (GByteArray *bytes, const char *app);
void sct_rtmp_command (GByteArray *bytes, const char *name, double transaction);
void sct_rtmp_publish (GByteArray *bytes, const char *key);
void sct_rtmp_media (GByteArray *bytes, guint8 type, guint32 timestamp, guint size);
GByteArray *sct_rtmp_script (void);

G_END_DECLS
