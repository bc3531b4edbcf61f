/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"

G_BEGIN_DECLS

/* How many pictures of one person are in the bucket at most, with those that are about to go: who
 * tries out more than that waits for tick. */
#define SC_AVATARS_MAX 8

/* Longer than it takes to store one. */
#define SC_AVATAR_STORING_US (10 * G_TIME_SPAN_MINUTE)

/**
 * ScAvatarStep:
 * @SC_AVATAR_STORE: it is to be stored now
 * @SC_AVATAR_SHOWN: it is shown already
 * @SC_AVATAR_GOING: it is just being removed
 * @SC_AVATAR_TOO_MANY: there are %SC_AVATARS_MAX already
 *
 * What is to be done with a picture.
 */
typedef enum {
  SC_AVATAR_STORE,
  SC_AVATAR_SHOWN,
  SC_AVATAR_GOING,
  SC_AVATAR_TOO_MANY,
} ScAvatarStep;

/**
 * ScAvatarPlan:
 * @key: the key of the object
 * @step: what is to be done
 *
 * What is to become of a picture.
 */
typedef struct {
  char *key;
  ScAvatarStep step;
} ScAvatarPlan;

void sc_avatar_plan_clear (ScAvatarPlan *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScAvatarPlan, sc_avatar_plan_clear)

/**
 * ScAvatarRemoval:
 * @key: an object that is to go
 * @attempts: how often this was tried before without success
 *
 * As whoever claimed it works on it.
 */
typedef struct {
  char *key;
  guint attempts;
} ScAvatarRemoval;

void sc_avatar_removal_free (ScAvatarRemoval *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScAvatarRemoval, sc_avatar_removal_free)

gboolean sc_avatar_store_plan (ScStoreConnection *connection,
                               gint64 user_id,
                               const char *hash,
                               gint64 now,
                               ScAvatarPlan *ret_plan,
                               GError **error);
gboolean sc_avatar_store_show (ScStoreConnection *connection,
                               gint64 user_id,
                               const char *key,
                               gint64 now,
                               gboolean *ret_shown,
                               GError **error);
gboolean
sc_avatar_store_hide (ScStoreConnection *connection, gint64 user_id, gint64 now, GError **error);
gboolean sc_avatar_store_claim (ScStoreConnection *connection,
                                gint64 now,
                                gint64 until,
                                ScAvatarRemoval **ret_removal,
                                GError **error);
gboolean sc_avatar_store_put_off (ScStoreConnection *connection,
                                  const ScAvatarRemoval *removal,
                                  gint64 next_at,
                                  GError **error);
gboolean sc_avatar_store_finish (ScStoreConnection *connection, const char *key, GError **error);

G_END_DECLS
