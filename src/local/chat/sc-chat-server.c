/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* All rooms of the local cloud and who is in them.
 *
 * Lives in the main thread; the local cloud owns it. */

#include "config.h"

#include "sc-chat-server.h"

struct _ScChatServer {
  GObject parent_instance;

  ScCloud *cloud;
  ScChatHooks hooks;
  GSocketService *service;
};

G_DEFINE_FINAL_TYPE (ScChatServer, sc_chat_server, G_TYPE_OBJECT)

static void
sc_chat_server_finalize (GObject *object)
{
  ScChatServer *self = SC_CHAT_SERVER (object);
  g_clear_object (&self->cloud);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sc_chat_server_parent_class)->finalize (object);
}

static void
sc_chat_server_class_init (ScChatServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_chat_server_finalize;
}

static void
sc_chat_server_init (ScChatServer *self)
{
  self->service = g_socket_service_new ();
}

/**
 * sc_chat_server_new:
 * @cloud: the rooms as resources
 * @hooks: what other parts do; copied
 *
 * Returns: (transfer full): the rooms, which nobody can enter yet
 */
ScChatServer *
sc_chat_server_new (ScCloud *cloud, const ScChatHooks *hooks)
{
  ScChatServer *self = g_object_new (SC_TYPE_CHAT_SERVER, NULL);
  self->cloud = g_object_ref (cloud);
  self->hooks = *hooks;
  return self;
}

/**
 * sc_chat_server_listen:
 * @self: the rooms
 * @address: where
 * @error: an error of %G_IO_ERROR
 *
 * Returns: %FALSE when it cannot listen
 */
gboolean
sc_chat_server_listen (ScChatServer *self, GSocketAddress *address, GError **error)
{
  return g_socket_listener_add_address (G_SOCKET_LISTENER (self->service),
                                        address,
                                        G_SOCKET_TYPE_STREAM,
                                        G_SOCKET_PROTOCOL_DEFAULT,
                                        NULL,
                                        NULL,
                                        error);
}

/**
 * sc_chat_server_close:
 * @self: the rooms
 *
 * Listens no more, and sends everybody away.
 */
void
sc_chat_server_close (ScChatServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
}
