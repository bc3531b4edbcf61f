/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whoever has their account deleted is out of all rooms at once, and no token that they have, of
 * ours or of a room, is good for anything but taking it back. */

#include "config.h"

#include "sct-room.h"

#include <string.h>

#define TOLD(...) ((const char *const[]) { __VA_ARGS__, NULL })
#define PASSWORD "{\"password\":\"password of bob\"}"
#define OUT "aws:DISCONNECT_USER {*\"deleted\"*}"

static void
enter (SctRoom *self)
{
  json_object_unref (sct_room_ask (self, "POST", SCT_CHAT, self->bob, NULL, 201));
  g_free (sct_control_take_told (self->control));
}

static void
leave (SctRoom *self)
{
  json_object_unref (sct_room_ask (self, "DELETE", "/v1/me", self->bob, PASSWORD, 202));
}

static void
test_leave (SctRoom *self, gconstpointer data)
{
  enter (self);
  leave (self);
  sct_room_assert_told (self, TOLD (OUT));
  sct_room_refuse (self, self->bob, SCT_CHAT, NULL, 403, "account_deleted");

  /* A token of just before is good for one minute. */
  self->service->now += G_TIME_SPAN_MINUTE;
  sct_room_tick (self);
  sct_room_assert_told (self, TOLD (NULL));
  self->service->now += 6 * G_TIME_SPAN_SECOND;
  sct_room_tick (self);
  sct_room_assert_told (self, TOLD (OUT));
  self->service->now += G_TIME_SPAN_MINUTE;
  sct_room_tick (self);
  sct_room_assert_told (self, TOLD (NULL));
}

/* A room that does not answer now is told later, and the account is closed meanwhile. */
static void
test_room_fails (SctRoom *self, gconstpointer data)
{
  enter (self);
  sct_control_order (self->control, "DisconnectUser", "throttle", 1);
  leave (self);
  sct_room_refuse (self, self->bob, SCT_CHAT, NULL, 403, "account_deleted");
  self->service->now += 2 * G_TIME_SPAN_SECOND;
  sct_room_tick (self);
  sct_room_assert_told (self, TOLD (OUT));
}

/* Nobody is told of rooms in which they cannot be any more. */
static void
test_long_ago (SctRoom *self, gconstpointer data)
{
  enter (self);
  self->service->now += 2 * G_TIME_SPAN_HOUR;
  leave (self);
  sct_room_assert_told (self, TOLD (NULL));
}

static gboolean
leave_meanwhile (const char *sql, gpointer data, GError **error)
{
  SctRoom *self = data;
  if (!strstr (sql, "FOR SHARE"))
    return TRUE;
  sc_store_set_gate (self->service->store, NULL, NULL);
  leave (self);
  return TRUE;
}

/* A token that is being made meanwhile is not given out. */
static void
test_while_coming_in (SctRoom *self, gconstpointer data)
{
  sc_store_set_gate (self->service->store, leave_meanwhile, self);
  sct_room_refuse (self, self->bob, SCT_CHAT, NULL, 401, "unauthorized");
  g_assert_cmpint (sct_control_ask (self->control, "CreateChatToken", "effects"), ==, 1);
}

static void
test_taken_back (SctRoom *self, gconstpointer data)
{
  leave (self);
  json_object_unref (sct_room_ask (self, "POST", "/v1/me/restore", self->bob, NULL, 200));
  enter (self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  SCT_ROOM_ADD ("/service/leaving/leave", test_leave);
  SCT_ROOM_ADD ("/service/leaving/room-fails", test_room_fails);
  SCT_ROOM_ADD ("/service/leaving/long-ago", test_long_ago);
  SCT_ROOM_ADD ("/service/leaving/while-coming-in", test_while_coming_in);
  SCT_ROOM_ADD ("/service/leaving/taken-back", test_taken_back);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
