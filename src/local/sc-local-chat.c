/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where rooms meet the other parts of the local cloud: their socket behind the edge, the functions
 * that review lines, and the log.
 *
 * Lives in the main thread; the local cloud owns it. */

#include "config.h"

#include "sc-local-chat.h"

#include "sc-chat-operations.h"
#include "sc-chat-server.h"
#include "sc-json.h"
#include "sc-time.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

/* Who asks for reviews, as permissions name it. */
#define PRINCIPAL "ivschat.amazonaws.com"

struct _ScLocalChat {
  ScStack *stack;
  ScChatServer *server;
  gboolean closed;
};

typedef struct {
  ScChatReviewed done;
  gpointer done_data;
} Review;

static void
on_review_done (GBytes *answer, const GError *error, gpointer user_data)
{
  g_autofree Review *review = user_data;
  if (error)
    g_debug ("A line has no review: %s", error->message);
  review->done (answer, review->done_data);
}

/* Amazon IVS Chat does not name the room to Lambda but by its own ARN; a permission for one room
 * alone is none here. */
static void
review_line (const ScChatReview *asked, ScChatReviewed done, gpointer done_data, gpointer data)
{
  ScLocalChat *self = data;
  Review *review = g_new0 (Review, 1);
  review->done = done;
  review->done_data = done_data;
  if (!self->closed &&
      sc_stack_may_invoke (self->stack, PRINCIPAL, asked->room_arn, asked->function_arn) &&
      sc_function_host_call (sc_stack_get_functions (self->stack),
                             asked->function_arn,
                             asked->event,
                             asked->timeout_ms,
                             on_review_done,
                             review))
    return;
  g_free (review);
  done (NULL, done_data);
}

/* The log group of a logging configuration, or NULL where it logs to elsewhere. */
static const char *
find_log_group (ScLocalChat *self, const char *arn)
{
  JsonObject *properties =
    sc_stack_find_resource (self->stack, "AWS::IVSChat::LoggingConfiguration", arn);
  JsonObject *destination =
    properties ? sc_json_get_object_or_null (properties, "DestinationConfiguration") : NULL;
  JsonObject *logs =
    destination ? sc_json_get_object_or_null (destination, "CloudWatchLogs") : NULL;
  return logs ? sc_json_get_string_or (logs, "LogGroupName", NULL) : NULL;
}

static void
log_record (const char *logging_arn, const char *room_arn, JsonObject *record, gpointer data)
{
  ScLocalChat *self = data;
  const char *group = self->closed ? NULL : find_log_group (self, logging_arn);
  if (!group)
    return;
  gint64 time_us = g_get_real_time ();
  sc_time_from_string (sc_json_get_string_or (record, "event_timestamp", ""), &time_us, NULL);
  g_autofree char *stream =
    g_strconcat ("aws/IVSChatLogs/1.0/room_", sc_arn_get_id (room_arn), NULL);
  g_autofree char *text = sc_json_to_string (record);
  sc_log_store_put (sc_stack_get_logs (self->stack), group, stream, time_us, text);
}

static void
cut_everybody (gpointer data)
{
  ScLocalChat *self = data;
  sc_chat_server_cut (self->server);
}

/**
 * sc_local_chat_new:
 * @state: the state directory
 * @cloud: the rooms; outlives the object
 * @control: gets the operations on what is said in rooms; outlives the object
 * @stack: has the functions that review lines, and the log; lives until the rooms are closed
 * @error: %G_IO_ERROR: the socket cannot be made
 *
 * Starts to take people at run/chat.sock.
 *
 * Returns: (transfer full) (nullable): the rooms
 */
ScLocalChat *
sc_local_chat_new (ScStateDir *state,
                   ScCloud *cloud,
                   ScControl *control,
                   ScStack *stack,
                   GError **error)
{
  g_autofree char *path = g_build_filename (sc_state_dir_get_run (state), "chat.sock", NULL);
  g_autoptr (ScLocalChat) self = g_new0 (ScLocalChat, 1);
  const ScChatHooks hooks = { review_line, log_record, self };
  self->stack = stack;
  self->server = sc_chat_server_new (cloud, &hooks);
  sc_control_add_operations (control, sc_chat_room_operations, self->server);
  sc_control_add_drill (control, "cut-chat", cut_everybody, self);
  g_unlink (path); /* a killed run left it there; the state directory is locked */
  g_autoptr (GSocketAddress) edge = g_unix_socket_address_new (path);
  return sc_chat_server_listen (self->server, edge, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * sc_local_chat_close:
 * @self: the rooms
 *
 * Sends everybody away. The control planes may still ask for what nobody hears.
 */
void
sc_local_chat_close (ScLocalChat *self)
{
  self->closed = TRUE;
  sc_chat_server_close (self->server);
}

/**
 * sc_local_chat_free:
 * @self: (transfer full): the rooms; the control planes are closed
 *
 * Sends everybody away who is still there.
 */
void
sc_local_chat_free (ScLocalChat *self)
{
  sc_chat_server_close (self->server);
  g_object_unref (self->server);
  g_free (self);
}
