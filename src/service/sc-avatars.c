/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The own picture. Its object is written down, then stored under the name of its content, then
 * shown; whoever dies between leaves what sc-avatar-removal.c removes. */

#include "config.h"

#include "sc-avatar-store.h"
#include "sc-handlers.h"
#include "sc-png.h"
#include "sc-s3.h"

/* A name that holds the content's hash never gets another content. */
#define FOR_EVER "public, max-age=31536000, s-maxage=3600, immutable"

static gboolean
plan (ScCall *call, const char *hash, ScAvatarPlan *ret_plan, GError **error)
{
  g_auto (ScAvatarPlan) made = { 0 };
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_store_begin (connection, error) ||
      !sc_avatar_store_plan (connection,
                             call->user->id,
                             hash,
                             sc_service_now (call->service),
                             &made,
                             error) ||
      !sc_store_commit (connection, error))
    return FALSE;
  *ret_plan = made;
  made.key = NULL;
  return TRUE;
}

static gboolean
store (ScCall *call, const char *key, GBytes *picture, GError **error)
{
  const ScS3Put object = { .bucket = sc_service_get_rules_bucket (call->service),
                           .key = key,
                           .content_type = "image/png",
                           .cache_control = FOR_EVER,
                           .object = picture };
  return sc_s3_put_object (sc_service_get_quick_aws (call->service), &object, error);
}

static gboolean
show (ScCall *call, const char *key, gboolean *ret_shown, GError **error)
{
  gboolean shown = FALSE;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_store_begin (connection, error) ||
      !sc_avatar_store_show (connection,
                             call->user->id,
                             key,
                             sc_service_now (call->service),
                             &shown,
                             error) ||
      (shown && !sc_store_commit (connection, error)))
    return FALSE;
  if (!shown)
    sc_store_rollback (connection);
  *ret_shown = shown;
  return TRUE;
}

static ScResponse *
answer_url (ScCall *call, const char *key)
{
  g_autofree char *url = sc_service_dup_object_url (call->service, key);
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "avatar_url", url);
  return sc_response_new_json (200, body);
}

static ScResponse *
refuse_for_now (ScAvatarStep step)
{
  if (step == SC_AVATAR_TOO_MANY)
    return sc_response_new_fault (SC_FAULT_TOO_MANY_ATTEMPTS,
                                  NULL,
                                  "These were many pictures. Please try again in some minutes.");
  return sc_response_new_fault (SC_FAULT_BUSY, NULL, NULL);
}

static ScResponse *
put_picture (ScCall *call, GBytes *picture, GError **error)
{
  gboolean shown = FALSE;
  g_auto (ScAvatarPlan) what = { 0 };
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, picture);
  if (!plan (call, hash, &what, error))
    return NULL;
  if (what.step == SC_AVATAR_SHOWN)
    return answer_url (call, what.key);
  if (what.step != SC_AVATAR_STORE)
    return refuse_for_now (what.step);
  if (!store (call, what.key, picture, error) || !show (call, what.key, &shown, error))
    return NULL;
  return shown ? answer_url (call, what.key) : refuse_for_now (SC_AVATAR_GOING);
}

/**
 * sc_handle_put_avatar:
 * @call: PUT /v1/me/avatar, with a picture in PNG as sc_png_clean() takes it
 * @error: an error of a layer below
 *
 * Shows another picture of who asks: nothing but its pixels is kept. The one before is removed.
 *
 * Returns: (transfer full) (nullable): 200 {avatar_url}; 400 says what is wrong with the picture,
 *   404 where none can be shown, 429 after too many
 */
ScResponse *
sc_handle_put_avatar (ScCall *call, GError **error)
{
  g_autoptr (GError) cause = NULL;
  if (!sc_service_get_rules_bucket (call->service) ||
      !sc_service_get_recordings_url (call->service))
    return sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, "This server shows no pictures.");
  g_autoptr (GBytes) picture = sc_png_clean (call->request->body, &cause);
  if (!picture)
    return sc_response_new_fault (SC_FAULT_INVALID_PICTURE, NULL, cause->message);
  return put_picture (call, picture, error);
}

/**
 * sc_handle_delete_avatar:
 * @call: DELETE /v1/me/avatar
 * @error: an error of a layer below
 *
 * Shows no picture of who asks, and has the one that was shown removed.
 *
 * Returns: (transfer full) (nullable): 204, also where there was none
 */
ScResponse *
sc_handle_delete_avatar (ScCall *call, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !sc_store_begin (connection, error) ||
      !sc_avatar_store_hide (connection, call->user->id, sc_service_now (call->service), error) ||
      !sc_store_commit (connection, error))
    return NULL;
  return sc_response_new_empty ();
}
