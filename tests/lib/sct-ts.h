/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A transport stream, byte for byte, to feed scanners with. */

enum {
  SCT_TS_PMT = 0x20,
  SCT_TS_VIDEO = 0x100,
  SCT_TS_AUDIO = 0x101,
  SCT_TS_METADATA = 0x102,
  SCT_TS_PACKET = 188,
};

typedef struct {
  GByteArray *bytes;
  guint8 counters[0x2000];
} SctTs;

SctTs *sct_ts_new (void);
void sct_ts_free (SctTs *self);

void sct_ts_section (SctTs *self, guint pid, guint8 table, const guint8 *body, gsize length);
void sct_ts_program (SctTs *self, guint n_descriptor_bytes);
void sct_ts_pes (SctTs *self, guint pid, guint64 pts, const guint8 *payload, gsize length);

GByteArray *sct_id3_tag (guint8 version, guint8 flags, const GByteArray *frames);
void sct_id3_frame (GByteArray *frames,
                    guint8 version,
                    const char *id,
                    guint8 flags,
                    const void *body,
                    gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctTs, sct_ts_free)

G_END_DECLS
