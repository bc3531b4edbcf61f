/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Keeping somebody off the site, and letting them in again: what an operator orders. The account
 * first, so that whoever stops half-way has stopped the person; each step may be done again. */

#include "config.h"

#include "sc-suspension.h"

#include "sc-ivs.h"
#include "sc-leave-rooms.h"
#include "sc-provision-private.h"
#include "sc-room-calls.h"
#include "sc-suspension-store.h"

typedef struct {
  ScService *service;
  const ScSuspensionOrder *order;
  ScSuspect *suspect;
  gboolean is_well;
} Work;

static void
tell (Work *work, const char *step, const GError *error)
{
  work->order->step (step, error, work->order->user_data);
  work->is_well = work->is_well && !error;
}

static ScStoreConnection *
connect_store (Work *work, GError **error)
{
  return sc_store_acquire (sc_service_get_store (work->service), error);
}

static gboolean
find (Work *work, GError **error)
{
  g_autoptr (ScStoreConnection) connection = connect_store (work, error);
  return connection &&
         sc_suspension_store_find (connection, work->order->name, &work->suspect, error);
}

static void
set_suspended (Work *work, const char *reason, const char *step)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = connect_store (work, &error);
  if (connection)
    sc_suspension_store_set (connection,
                             work->suspect->id,
                             reason,
                             sc_service_now (work->service),
                             &error);
  tell (work, step, error);
}

static void
end_sessions (Work *work)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = connect_store (work, &error);
  gint64 ended =
    connection ? sc_suspension_store_end_sessions (connection, work->suspect->id, &error) : 0;
  g_autofree char *step =
    g_strdup_printf ("Signed out everywhere: %" G_GINT64_FORMAT " sessions", MAX (ended, 0));
  tell (work, step, error);
}

static gboolean
write_key (Work *work, const char *arn, GError **error)
{
  g_autoptr (ScStoreConnection) connection = connect_store (work, error);
  return connection && sc_suspension_store_set_key (connection, work->suspect->id, arn, error);
}

/* A key that is gone was deleted by somebody who did not get to write it down. */
static void
delete_key (Work *work)
{
  g_autoptr (GError) error = NULL;
  const char *arn = work->suspect->stream_key_arn;
  if (!arn) {
    tell (work, "Had no stream key", NULL);
    return;
  }
  if (!sc_ivs_delete_stream_key (sc_service_get_aws (work->service), arn, &error) &&
      g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_FOUND))
    g_clear_error (&error);
  if (!error)
    write_key (work, NULL, &error);
  tell (work, "Deleted the stream key", error);
}

static void
stop_stream (Work *work)
{
  g_autoptr (GError) error = NULL;
  const char *arn = work->suspect->channel_arn;
  gboolean stopped = arn && sc_ivs_stop_stream (sc_service_get_aws (work->service), arn, &error);
  gboolean was_not_live = g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_BROADCASTING) ||
                          g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_FOUND);
  if (was_not_live)
    g_clear_error (&error);
  tell (work, stopped || error ? "Stopped the stream" : "Was not live", error);
}

static gboolean
order_all_leave (Work *work, GPtrArray *ids, GError **error)
{
  const ScLeaver leaver = { work->suspect->id, work->suspect->public_id, "suspended" };
  g_autoptr (ScStoreConnection) connection = connect_store (work, error);
  return connection && sc_store_begin (connection, error) &&
         sc_leave_rooms_order (work->service, connection, &leaver, ids, error) &&
         sc_store_commit (connection, error);
}

static void
leave_rooms (Work *work)
{
  guint pending = 0;
  g_autoptr (GError) error = NULL;
  ScRoomOrders orders = { .ids = g_ptr_array_new_null_terminated (8, g_free, TRUE) };
  if (order_all_leave (work, orders.ids, &error))
    sc_room_calls_make (work->service, &orders, &pending, &error);
  g_autofree char *step = g_strdup_printf ("Put out of %u rooms", orders.ids->len - pending);
  tell (work, step, error);
  if (pending > 0) {
    g_autofree char *later =
      g_strdup_printf ("%u rooms do not answer yet: the server tries again", pending);
    tell (work, later, NULL);
  }
  sc_room_orders_clear (&orders);
}

/* Looks for a key first: somebody may have made one and not got to write it down. */
static char *
dup_key (Work *work, GError **error)
{
  ScAws *aws = sc_service_get_aws (work->service);
  const char *channel_arn = work->suspect->channel_arn;
  g_autoptr (GPtrArray) keys = sc_ivs_list_stream_keys (aws, channel_arn, error);
  if (!keys)
    return NULL;
  if (keys->len > 0)
    return g_strdup (((ScIvsStreamKey *) keys->pdata[0])->arn);
  g_autoptr (ScIvsStreamKey) key =
    sc_ivs_create_stream_key (aws, channel_arn, SC_PROVISION_PROJECT, error);
  return key ? g_strdup (key->arn) : NULL;
}

static void
make_key (Work *work)
{
  g_autoptr (GError) error = NULL;
  if (!work->suspect->channel_arn || work->suspect->stream_key_arn) {
    tell (work, "Needs no new stream key", NULL);
    return;
  }
  g_autofree char *arn = dup_key (work, &error);
  if (arn)
    write_key (work, arn, &error);
  tell (work, "Made a new stream key", error);
}

static gboolean
begin (Work *work, gboolean *ret_found)
{
  g_autoptr (GError) error = NULL;
  *ret_found = TRUE;
  if (!find (work, &error))
    tell (work, "Looked for the account", error);
  else
    *ret_found = work->suspect != NULL;
  return work->suspect != NULL;
}

/**
 * sc_suspend_user:
 * @service: a service
 * @order: whom, why, and who is told
 * @ret_found: (out): %FALSE if there is nobody of this name
 *
 * Keeps somebody off the site: they cannot sign in, are signed out everywhere, cannot stream, are
 * put out of rooms, and their channel is not shown as live. What fails is told, and done by doing
 * it again. Blocks for as long as AWS takes.
 *
 * Returns: %TRUE if all was done
 */
gboolean
sc_suspend_user (ScService *service, const ScSuspensionOrder *order, gboolean *ret_found)
{
  Work work = { .service = service, .order = order, .is_well = TRUE };
  if (!begin (&work, ret_found))
    return FALSE;
  set_suspended (&work, order->reason, "Closed the account: signing in is refused");
  end_sessions (&work);
  delete_key (&work);
  stop_stream (&work);
  leave_rooms (&work);
  sc_suspect_free (work.suspect);
  return work.is_well;
}

/**
 * sc_restore_user:
 * @service: a service
 * @order: whom, and who is told
 * @ret_found: (out): %FALSE if there is nobody of this name
 *
 * Lets somebody in again who was suspended, with a new stream key. What fails is told, and done by
 * doing it again. Blocks for as long as AWS takes.
 *
 * Returns: %TRUE if all was done
 */
gboolean
sc_restore_user (ScService *service, const ScSuspensionOrder *order, gboolean *ret_found)
{
  Work work = { .service = service, .order = order, .is_well = TRUE };
  if (!begin (&work, ret_found))
    return FALSE;
  set_suspended (&work, NULL, "Opened the account: signing in is possible again");
  make_key (&work);
  sc_suspect_free (work.suspect);
  return work.is_well;
}
