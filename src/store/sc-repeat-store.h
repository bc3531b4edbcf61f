/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"

G_BEGIN_DECLS

#define SC_REPEAT_HASH_SIZE 32

/* As long as the answer to a request is kept, from when it came (IETF draft "The Idempotency-Key
 * HTTP Header Field" leaves it to the server). */
#define SC_REPEAT_AGE_US G_TIME_SPAN_DAY

/* Twice as long as nginx or API Gateway wait for an answer: whoever has not given one by then is
 * not at it any more. */
#define SC_REPEAT_CLAIM_US G_TIME_SPAN_MINUTE

/* More acts than a moderator gets done in a day; a stranger fills the table with no more. */
#define SC_REPEATS_PER_USER 1000

/**
 * ScRepeat:
 * @key: SHA-256 of who asks for what with which key
 * @request: the HMAC of the whole request under that key
 * @user_id: who asks
 * @at: when, microseconds since the epoch
 */
typedef struct {
  guint8 key[SC_REPEAT_HASH_SIZE];
  guint8 request[SC_REPEAT_HASH_SIZE];
  gint64 user_id;
  gint64 at;
} ScRepeat;

/**
 * ScRepeatState:
 * @SC_REPEAT_CLAIMED: nobody has asked this yet: it is the caller's to do
 * @SC_REPEAT_RUNNING: somebody is at it
 * @SC_REPEAT_DONE: it is done, and here is the answer
 * @SC_REPEAT_OTHER: the key was used for another request
 */
typedef enum {
  SC_REPEAT_CLAIMED,
  SC_REPEAT_RUNNING,
  SC_REPEAT_DONE,
  SC_REPEAT_OTHER,
} ScRepeatState;

/**
 * ScRepeatAnswer:
 * @status: an HTTP status
 * @body: (nullable): a body
 */
typedef struct {
  guint status;
  GBytes *body;
} ScRepeatAnswer;

gboolean sc_repeat_store_claim (ScStoreConnection *connection,
                                const ScRepeat *repeat,
                                ScRepeatState *ret_state,
                                ScRepeatAnswer *ret_answer,
                                GError **error);
gboolean sc_repeat_store_keep (ScStoreConnection *connection,
                               const ScRepeat *repeat,
                               const ScRepeatAnswer *answer,
                               GError **error);
gboolean sc_repeat_store_finish (ScStoreConnection *connection,
                                 const ScRepeat *repeat,
                                 const ScRepeatAnswer *answer,
                                 GError **error);
gboolean
sc_repeat_store_release (ScStoreConnection *connection, const ScRepeat *repeat, GError **error);
gboolean
sc_repeat_store_add (ScStoreConnection *connection, const ScRepeat *repeat, GError **error);
gboolean sc_repeat_store_find_user (ScStoreConnection *connection,
                                    const ScRepeat *repeat,
                                    gint64 *ret_user_id,
                                    GError **error);
gboolean sc_repeat_store_forget (ScStoreConnection *connection, gint64 now, GError **error);

G_END_DECLS
