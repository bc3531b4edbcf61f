/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-ingest-error.h"

G_BEGIN_DECLS

/* Bytes that a stranger may send before the key: the handshake has 3,073, the commands of OBS 700.
 */
#define SC_RTMP_MAX_STRANGER_BYTES (64 * 1024)

/* A stranger's longest message: OBS's connect has 300 bytes, the longest stream key with its query
 * parameters some hundred. */
#define SC_RTMP_MAX_STRANGER_MESSAGE 4096

/* What a conversation holds before the key: unfinished messages, as many bytes as two of them may
 * have, and the beginning of a chunk's header. The handshake is less. */
#define SC_RTMP_MAX_STRANGER_HELD (2 * SC_RTMP_MAX_STRANGER_MESSAGE + 18)

/* The longest message of a publisher: a keyframe of 8.5 Mb/s has 1 MB if it takes a whole second.
 */
#define SC_RTMP_MAX_MESSAGE (4 * 1024 * 1024)

/**
 * ScRtmpVerdict:
 * @SC_RTMP_ACCEPT: the key is good
 * @SC_RTMP_DENY: there is no such key
 * @SC_RTMP_BUSY: the key is in use
 * @SC_RTMP_UNABLE: we cannot take a stream now
 *
 * What comes of a stream key.
 */
typedef enum {
  SC_RTMP_ACCEPT,
  SC_RTMP_DENY,
  SC_RTMP_BUSY,
  SC_RTMP_UNABLE,
} ScRtmpVerdict;

/**
 * ScRtmpSessionDelegate:
 * @publish: decides on a stream key, given without its query parameters
 * @media: takes an FLV tag's type (8 sound, 9 picture, 18 metadata), its time in milliseconds and
 * body
 *
 * Called from within sc_rtmp_session_feed().
 */
typedef struct {
  ScRtmpVerdict (*publish) (const char *key, gpointer user_data);
  void (*media) (guint8 type, guint32 timestamp, GBytes *body, gpointer user_data);
} ScRtmpSessionDelegate;

typedef struct _ScRtmpSession ScRtmpSession;

ScRtmpSession *sc_rtmp_session_new (const ScRtmpSessionDelegate *delegate, gpointer user_data);
void sc_rtmp_session_free (ScRtmpSession *self);
gboolean sc_rtmp_session_feed (ScRtmpSession *self,
                               const guint8 *data,
                               gsize size,
                               GByteArray *out,
                               GError **error);
void sc_rtmp_session_refuse (ScRtmpSession *self, const char *description, GByteArray *out);
gboolean sc_rtmp_session_is_publishing (const ScRtmpSession *self);
gsize sc_rtmp_session_held (const ScRtmpSession *self);
guint sc_rtmp_session_progress (const ScRtmpSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRtmpSession, sc_rtmp_session_free)

G_END_DECLS
