/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-hls-playlist.h"
#include "sc-live-feed.h"
#include "sc-live-fetch.h"

G_BEGIN_DECLS

/* How often the client's owner is called to look after what is shown: every second beat. */
#define SC_LIVE_TICK_MS 50

/**
 * ScLiveNews:
 * @SC_LIVE_NEWS_GOOD: bytes come
 * @SC_LIVE_NEWS_LOST: the server is not reached
 * @SC_LIVE_NEWS_NOTHING_NEW: it is, and has nothing new
 * @SC_LIVE_NEWS_ENDED: it says that the stream ended, which may be a pause
 *
 * How the network was last.
 */
typedef enum {
  SC_LIVE_NEWS_GOOD,
  SC_LIVE_NEWS_LOST,
  SC_LIVE_NEWS_NOTHING_NEW,
  SC_LIVE_NEWS_ENDED,
} ScLiveNews;

/**
 * ScLiveClientFuncs:
 * @feed: told what comes out of the segments; its @on_end when the stream is over
 * @on_master: the renditions that there are
 * @on_playlist: a media playlist came, of the variant @index of the master
 * @on_rendition: what is read from now on
 * @on_news: how the network is
 * @on_answer: what an answer says of the server's clock
 * @on_burst: bytes came as fast as the network carried them
 * @on_probe: the answer to a probe came, whole
 * @choose: returns the index of the variant to read next; @current is -1 at first
 * @is_full: whether no more should come for now
 * @refresh: returns (transfer full) (nullable) another address of the stream, as the server refused
 *   this one
 * @on_tick: called every %SC_LIVE_TICK_MS, or when sc_live_client_tick_within() has it sooner;
 *   @last_byte is when the last byte of a segment came, monotonic microseconds, 0 before the first
 * @on_failure: the stream cannot be opened; @status is of HTTP, 0 without an answer
 *
 * On the client's thread, @feed's on those it names.
 */
typedef struct {
  ScLiveFeedFuncs feed;
  void (*on_master) (const ScHlsPlaylist *master, gpointer user_data);
  void (*on_playlist) (const ScHlsPlaylist *playlist, guint index, gpointer user_data);
  void (*on_rendition) (guint index, gpointer user_data);
  void (*on_news) (ScLiveNews news, gpointer user_data);
  void (*on_answer) (const ScLiveAnswer *answer, gpointer user_data);
  void (*on_burst) (gsize bytes, gint64 duration, gpointer user_data);
  void (*on_probe) (const ScLiveAnswer *answer, gpointer user_data);
  guint (*choose) (gint current, gpointer user_data);
  gboolean (*is_full) (gpointer user_data);
  char *(*refresh) (gpointer user_data);
  void (*on_tick) (gint64 last_byte, gpointer user_data);
  void (*on_failure) (const GError *error, guint status, gpointer user_data);
} ScLiveClientFuncs;

typedef struct _ScLiveClient ScLiveClient;

ScLiveClient *
sc_live_client_new (const char *uri, const ScLiveClientFuncs *funcs, gpointer user_data);
void sc_live_client_free (ScLiveClient *self);

void sc_live_client_set_held (ScLiveClient *self, gboolean held);
void sc_live_client_tick_within (ScLiveClient *self, gint64 wait);
void sc_live_client_look_again (ScLiveClient *self);

G_END_DECLS
