/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-store.h"
#include "sc-repeat-store.h"
#include "sc-response.h"
#include "sc-service.h"
#include "sc-user-store.h"

G_BEGIN_DECLS

/**
 * ScCall:
 * @service: the rules
 * @request: what came in
 * @body: (nullable): the body, whose members are just those of the route, of its types
 * @name: (nullable): what stood in the path in the place of NAME
 * @id: (nullable): what stood in the path in the place of ID or USERNAME
 * @user: (nullable): who asks; never %NULL on a route for users, always %NULL on one for anyone
 * @token_hash: the hash of their token, where there is a user
 * @room: (nullable): the channel of NAME and what the user is there; on a route for moderators or
 *   streamers, or after sc_call_find_room()
 * @repeat: (nullable): the claim on its Idempotency-Key, for sc_repeats_commit()
 *
 * One request on its way through a handler, in one thread.
 */
typedef struct {
  ScService *service;
  const ScRequest *request;
  JsonObject *body;
  char *name;
  char *id;
  ScUser *user;
  guint8 token_hash[32];
  ScRoomRow *room;
  const ScRepeat *repeat;
} ScCall;

/**
 * ScHandler:
 * @call: a request that may pass: its route, its user and its body are right
 * @error: an error of a layer below, from which the answer is made
 *
 * Returns: (transfer full) (nullable): the answer
 */
typedef ScResponse *(*ScHandler) (ScCall *call, GError **error);

/**
 * ScWho:
 * @SC_WHO_ANYONE: nobody is asked who they are
 * @SC_WHO_GUEST_OR_USER: who sends a token is asked, and refused if it is not good
 * @SC_WHO_USER_OR_LEAVER: only who is signed in, also to an account that is to be deleted
 * @SC_WHO_USER: only who is signed in
 * @SC_WHO_MODERATOR: only the streamer and the moderators of the channel NAME
 * @SC_WHO_STREAMER: only the streamer of the channel NAME
 *
 * Who may ask.
 */
typedef enum {
  SC_WHO_ANYONE,
  SC_WHO_GUEST_OR_USER,
  SC_WHO_USER_OR_LEAVER,
  SC_WHO_USER,
  SC_WHO_MODERATOR,
  SC_WHO_STREAMER,
} ScWho;

/**
 * ScRepeatKind:
 * @SC_REPEAT_NONE: the method itself is as good twice as once: for all but POST
 * @SC_REPEAT_KEPT: the answer is kept for who asks again with the same Idempotency-Key
 * @SC_REPEAT_SECRET: the answer is a secret that is not kept, and another one does no harm
 *
 * What becomes of a request that comes again.
 */
typedef enum {
  SC_REPEAT_NONE,
  SC_REPEAT_KEPT,
  SC_REPEAT_SECRET,
} ScRepeatKind;

/**
 * ScRoute:
 * @method: the method
 * @pattern: the path; the segment NAME stands for a channel's name, ID for an id of letters,
 *   digits, "-" and "_", USERNAME for a user's name
 * @who: who may ask
 * @members: (nullable): the members of the body as sc_body_parse() takes them; %NULL for no body
 * @handler: what answers
 * @summary: what it does, for the page about the API
 * @repeat: what becomes of a request that comes again
 * @picture_max: the most bytes of a body that is a picture; 0 where it is none
 */
typedef struct {
  const char *method;
  const char *pattern;
  ScWho who;
  const char *const *members;
  ScHandler handler;
  const char *summary;
  ScRepeatKind repeat;
  gsize picture_max;
} ScRoute;

const ScRoute *sc_routes_get (guint *ret_count);
gsize sc_routes_get_body_max (const char *method, const char *path);
gboolean sc_call_find_room (ScCall *call, GError **error);

G_END_DECLS
