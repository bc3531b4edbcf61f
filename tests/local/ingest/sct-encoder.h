/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-studio.h"

G_BEGIN_DECLS

/**
 * SctEncoder:
 *
 * An encoder that says what a test wants said: it writes bytes to the ingest on a thread of its own
 * and then holds the connection, silently, until it is freed.
 */
typedef struct _SctEncoder SctEncoder;

SctEncoder *sct_encoder_new (guint16 port, GByteArray *bytes);
void sct_encoder_free (SctEncoder *self);

GByteArray *sct_encoder_greeting (const char *key);
GBytes *sct_encoder_flv (const char *picture, const char *options);
guint32 sct_encoder_add_flv (GByteArray *bytes, GBytes *flv, guint32 offset, guint32 sound_until);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctEncoder, sct_encoder_free)

G_END_DECLS
