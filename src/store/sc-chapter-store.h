/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel-store.h"
#include "sc-store.h"

G_BEGIN_DECLS

/* A stream has no more changes of its title than this: a streamer makes some in an hour, and a
 * program that changes it all the time fills no table. */
#define SC_CHAPTERS_MAX 200

/**
 * ScStreamTitle:
 * @stream_id: a stream
 * @offset_ms: from when on, milliseconds after the stream's begin
 * @title: what it was about
 * @category: what kind of thing that was, or empty
 *
 * What a stream was about for a while.
 */
typedef struct {
  char *stream_id;
  gint64 offset_ms;
  char *title;
  char *category;
} ScStreamTitle;

void sc_stream_title_free (ScStreamTitle *self);

gboolean sc_chapter_store_note (ScStoreConnection *connection,
                                gint64 user_id,
                                const ScChannelWords *words,
                                gint64 now,
                                GError **error);
GPtrArray *
sc_chapter_store_list (ScStoreConnection *connection, const char *recording_id, GError **error);
gboolean
sc_chapter_store_forget (ScStoreConnection *connection, const char *recording_id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScStreamTitle, sc_stream_title_free)

G_END_DECLS
