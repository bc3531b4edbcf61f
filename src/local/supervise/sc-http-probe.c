/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether a process that speaks HTTP answers. Main context only. */

#include "config.h"

#include "sc-http-probe.h"

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GBytes) body =
    soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  if (!body)
    g_task_return_error (task, error);
  else if (soup_message_get_status (message) != SOUP_STATUS_OK)
    g_task_return_new_error (task,
                             G_IO_ERROR,
                             G_IO_ERROR_BUSY,
                             "it answers %u",
                             soup_message_get_status (message));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * sc_http_probe:
 * @session: how to reach it
 * @url: what to get
 * @task: (transfer full): returns %TRUE when the answer is 200
 *
 * Asks on a connection of its own, as somebody would who comes now. Does not block: for the probe
 * of a #ScChildSpec.
 */
void
sc_http_probe (SoupSession *session, const char *url, GTask *task)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, url);
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  soup_session_send_and_read_async (session,
                                    message,
                                    G_PRIORITY_DEFAULT,
                                    g_task_get_cancellable (task),
                                    on_answered,
                                    task);
}
