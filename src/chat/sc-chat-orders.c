/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a moderator told the room to do. The room answers with an event to everybody, which names
 * what it happened to, or with an error to us, which names the request. Main thread; the room owns
 * it. */

#include "config.h"

#include "sc-chat-orders.h"

#include "sc-chat-error.h"

typedef struct {
  ScChatOrders *orders;
  char *request_id;
  char *target;
  DexPromise *promise;
  guint timeout_source;
} Order;

struct _ScChatOrders {
  guint patience_ms;
  ScChatSend send;
  gpointer user_data;
  GPtrArray *pending;
};

static void
order_free (Order *order)
{
  g_clear_handle_id (&order->timeout_source, g_source_remove);
  dex_unref (order->promise);
  g_free (order->request_id);
  g_free (order->target);
  g_free (order);
}

/**
 * sc_chat_orders_new:
 * @patience_ms: how long an answer may take
 * @send: sends over the connection, if there is one
 * @user_data: for @send
 *
 * Returns: (transfer full): no orders
 */
ScChatOrders *
sc_chat_orders_new (guint patience_ms, ScChatSend send, gpointer user_data)
{
  ScChatOrders *self = g_new0 (ScChatOrders, 1);
  self->patience_ms = patience_ms;
  self->send = send;
  self->user_data = user_data;
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) order_free);
  return self;
}

/**
 * sc_chat_orders_free:
 * @self: (nullable) (transfer full): orders
 */
void
sc_chat_orders_free (ScChatOrders *self)
{
  if (!self)
    return;
  g_autoptr (GError) problem =
    g_error_new_literal (SC_CHAT_ERROR, SC_CHAT_ERROR_NOT_CONNECTED, "The room was left");
  sc_chat_orders_give_up (self, problem); /* whoever waits learns it */
  g_ptr_array_unref (self->pending);
  g_free (self);
}

static void
reject (Order *order, const GError *problem)
{
  g_autoptr (DexPromise) promise = dex_ref (order->promise);
  g_ptr_array_remove (order->orders->pending, order);
  dex_promise_reject (promise, g_error_copy (problem));
}

static void
on_timeout (gpointer user_data)
{
  Order *order = user_data;
  order->timeout_source = 0;
  g_autoptr (GError) problem =
    g_error_new_literal (SC_CHAT_ERROR, SC_CHAT_ERROR_TIMED_OUT, "The room did not answer");
  reject (order, problem);
}

static DexFuture *
give (ScChatOrders *self, const char *request_id, const char *request, const char *target)
{
  if (!self->send (request, self->user_data))
    return dex_future_new_reject (SC_CHAT_ERROR,
                                  SC_CHAT_ERROR_NOT_CONNECTED,
                                  "There is no connection");
  Order *order = g_new0 (Order, 1);
  order->orders = self;
  order->request_id = g_strdup (request_id);
  order->target = g_strdup (target);
  order->promise = dex_promise_new ();
  order->timeout_source = g_timeout_add_once (self->patience_ms, on_timeout, order);
  g_ptr_array_add (self->pending, order);
  return DEX_FUTURE (dex_ref (order->promise));
}

/**
 * sc_chat_orders_delete:
 * @self: orders
 * @message_id: a message
 *
 * Returns: (transfer full): a future that resolves to %TRUE when the message is deleted, or rejects
 *   with %SC_CHAT_ERROR
 */
DexFuture *
sc_chat_orders_delete (ScChatOrders *self, const char *message_id)
{
  g_autofree char *request_id = sc_chat_request_new_id ();
  g_autofree char *request = sc_chat_request_delete (request_id, message_id);
  return give (self, request_id, request, message_id);
}

/**
 * sc_chat_orders_disconnect:
 * @self: orders
 * @user_id: a person
 *
 * Returns: (transfer full): a future that resolves to %TRUE when the person is out of the room, or
 *   rejects with %SC_CHAT_ERROR
 */
DexFuture *
sc_chat_orders_disconnect (ScChatOrders *self, const char *user_id)
{
  g_autofree char *request_id = sc_chat_request_new_id ();
  g_autofree char *request = sc_chat_request_disconnect (request_id, user_id);
  return give (self, request_id, request, user_id);
}

/**
 * sc_chat_orders_refuse:
 * @self: orders
 * @request_id: which request the room refused
 * @problem: why, an error of %SC_CHAT_ERROR
 *
 * Returns: whether the request was one of these
 */
gboolean
sc_chat_orders_refuse (ScChatOrders *self, const char *request_id, const GError *problem)
{
  for (guint i = 0; i < self->pending->len; i++) {
    Order *order = self->pending->pdata[i];
    if (g_str_equal (order->request_id, request_id)) {
      reject (order, problem);
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * sc_chat_orders_done:
 * @self: orders
 * @request_id: which request the room did; may be empty
 * @target: what it did it to
 *
 * Resolves what was ordered for this target, no matter who ordered it first.
 */
void
sc_chat_orders_done (ScChatOrders *self, const char *request_id, const char *target)
{
  for (guint i = self->pending->len; i-- > 0;) {
    Order *order = self->pending->pdata[i];
    if (!g_str_equal (order->request_id, request_id) && !g_str_equal (order->target, target))
      continue;
    g_autoptr (DexPromise) promise = dex_ref (order->promise);
    g_ptr_array_remove_index (self->pending, i);
    dex_promise_resolve_boolean (promise, TRUE);
  }
}

/**
 * sc_chat_orders_give_up:
 * @self: orders
 * @problem: why no answer will come, an error of %SC_CHAT_ERROR
 */
void
sc_chat_orders_give_up (ScChatOrders *self, const GError *problem)
{
  while (self->pending->len > 0)
    reject (self->pending->pdata[0], problem);
}
