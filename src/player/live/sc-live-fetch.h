/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * ScLiveRequest:
 * @uri: what to get
 * @from: the first byte to ask for
 * @length: how many bytes to ask for; 0 for all from @from on
 * @patience: the longest that may pass without a byte, microseconds
 * @max_bytes: the most that an answer may have
 */
typedef struct {
  const char *uri;
  gint64 from;
  gint64 length;
  gint64 patience;
  gsize max_bytes;
} ScLiveRequest;

typedef struct _ScLiveFetch ScLiveFetch;

/**
 * ScLiveFetchFuncs:
 * @on_data: (nullable): bytes came, as many as there were
 * @on_done: the answer is whole (@error %NULL), or will never be; nothing is called after it
 *
 * On the thread that started it.
 */
typedef struct {
  void (*on_data) (ScLiveFetch *fetch, GBytes *data, gpointer user_data);
  void (*on_done) (ScLiveFetch *fetch, const GError *error, gpointer user_data);
} ScLiveFetchFuncs;

/**
 * ScLiveAnswer:
 * @status: of HTTP, or 0 while there is none
 * @sent: when it was asked, monotonic microseconds
 * @first_byte: when the head came
 * @last_byte: when the last byte came that came so far
 * @date_us: what the server's Date said, microseconds since the epoch; 0 without
 * @bytes: how many of the body came
 * @is_partial: whether it begins at the byte that was asked for (HTTP 206)
 */
typedef struct {
  guint status;
  gint64 sent;
  gint64 first_byte;
  gint64 last_byte;
  gint64 date_us;
  gsize bytes;
  gboolean is_partial;
} ScLiveAnswer;

ScLiveFetch *sc_live_fetch_start (SoupSession *session,
                                  const ScLiveRequest *request,
                                  const ScLiveFetchFuncs *funcs,
                                  gpointer user_data);
void sc_live_fetch_cancel (ScLiveFetch *self);
void sc_live_fetch_gather (ScLiveFetch *self);
const ScLiveAnswer *sc_live_fetch_get_answer (const ScLiveFetch *self);
char *sc_live_fetch_dup_uri (const ScLiveFetch *self);
GBytes *sc_live_fetch_get_body (const ScLiveFetch *self);
void sc_live_fetch_wait_all (GMainContext *context, gint64 patience);

G_END_DECLS
