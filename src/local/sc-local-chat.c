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

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

struct _ScLocalChat {
  ScChatServer *server;
};

/**
 * sc_local_chat_new:
 * @state: the state directory
 * @cloud: the rooms; outlives the object
 * @control: gets the operations on what is said in rooms; outlives the object
 * @error: %G_IO_ERROR: the socket cannot be made
 *
 * Starts to take people at run/chat.sock.
 *
 * Returns: (transfer full) (nullable): the rooms
 */
ScLocalChat *
sc_local_chat_new (ScStateDir *state, ScCloud *cloud, ScControl *control, GError **error)
{
  const ScChatHooks hooks = { 0 };
  g_autofree char *path = g_build_filename (sc_state_dir_get_run (state), "chat.sock", NULL);
  g_autoptr (ScLocalChat) self = g_new0 (ScLocalChat, 1);
  self->server = sc_chat_server_new (cloud, &hooks);
  sc_control_add_operations (control, sc_chat_room_operations, self->server);
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
