/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-routes.h"

G_BEGIN_DECLS

/* Everybody who may ask for something in ada's channel. */
typedef enum {
  SCT_SIGNED_OUT,
  SCT_MALFORMED,
  SCT_UNKNOWN,
  SCT_EXPIRED,
  SCT_IDLE,
  SCT_REVOKED,
  SCT_SUSPENDED,
  SCT_LEAVING,
  SCT_OTHER,
  SCT_OTHER_STREAMER,
  SCT_OTHER_MODERATOR,
  SCT_LET_GO,
  SCT_BANNED,
  SCT_TIMED_OUT,
  SCT_BANNED_MODERATOR,
  SCT_MODERATOR,
  SCT_OWNER,
  SCT_N_ASKERS
} SctAsker;

/**
 * SctQuestion:
 * @asker: who asks
 * @method: a method
 * @target: a path
 * @token: (nullable): their token
 * @body: (nullable): a body
 *
 * One request.
 */
typedef struct {
  SctAsker asker;
  const char *method;
  const char *target;
  const char *token;
  const char *body;
} SctQuestion;

/**
 * SctMatrixAsk:
 * @question: a request
 * @ret_body: (out) (transfer full) (nullable): the answer's
 * @user_data: of the matrix
 *
 * Asks at the door that is looked at.
 *
 * Returns: the status of the answer
 */
typedef guint (*SctMatrixAsk) (const SctQuestion *question,
                               JsonObject **ret_body,
                               gpointer user_data);

/**
 * SctMatrix:
 * @store: the database of the service that is asked
 * @now: what time it is there, microseconds
 * @ask: how it is asked
 * @user_data: for @ask
 * @n_tokens: how many tokens were made so far; every request has one of its own
 *
 * Who may pass which route. What is expected follows from the route's "who" alone and from a few
 * exceptions, so that a new route is in here as soon as it is in the table.
 */
typedef struct {
  ScStore *store;
  gint64 now;
  SctMatrixAsk ask;
  gpointer user_data;
  guint n_tokens;
} SctMatrix;

void sct_matrix_make_people (SctMatrix *self);
char *sct_matrix_make_token (SctMatrix *self, SctAsker asker);
gboolean sct_matrix_is_refused (const ScRoute *route, SctAsker asker);
void sct_matrix_assert_cell (SctMatrix *self, const ScRoute *route, SctAsker asker);

G_END_DECLS
