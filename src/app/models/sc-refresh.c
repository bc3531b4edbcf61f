/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a model of the app asks the server again and again. Main thread only. */

#include "config.h"

#include "sc-refresh.h"

#include "sc-future.h"

typedef struct {
  const ScRefresh *refresh;
  GWeakRef owner;
  ScClient *client;
  char *name;
  guint delay_ms; /* before the first question */
} RefreshArgs;

static void
refresh_args_free (gpointer data)
{
  RefreshArgs *args = data;
  g_weak_ref_clear (&args->owner);
  g_clear_object (&args->client);
  g_free (args->name);
  g_free (args);
}

/* Returns whether to go on. */
static gboolean
ask_once (RefreshArgs *args)
{
  const ScRefresh *refresh = args->refresh;
  g_autoptr (GError) error = NULL;
  g_autoptr (ScListPage) page = NULL;
  g_autoptr (GObject) answer = NULL;
  DexFuture *future = refresh->ask (args->client, args->name);
  if (refresh->take_page)
    page = dex_await_boxed (future, &error);
  else
    answer = dex_await_object (future, &error);

  g_autoptr (GObject) owner = g_weak_ref_get (&args->owner);
  if (!owner || sc_error_is_cancelled (error))
    return FALSE;
  if (refresh->take_page)
    refresh->take_page (owner, page, g_steal_pointer (&error));
  else
    refresh->take (owner, answer, g_steal_pointer (&error));
  return TRUE;
}

/* Ends with the owner or when it is cancelled; a timeout that runs out is its next turn. */
static DexFuture *
refresh_fiber (gpointer data)
{
  RefreshArgs *args = data;
  g_autoptr (GError) ended = NULL;

  if (args->delay_ms > 0)
    dex_await (dex_timeout_new_msec ((int) args->delay_ms), &ended);
  while (!sc_error_is_cancelled (ended) && ask_once (args)) {
    g_clear_error (&ended);
    dex_await (dex_timeout_new_msec ((int) args->refresh->interval_ms), &ended);
  }
  return NULL;
}

/**
 * sc_refresh_start:
 * @refresh: what to ask, how often, and who takes it
 * @owner: a #GObject, for @refresh's take(); it is not kept alive
 * @client: whom to ask
 * @name: (nullable): what to ask about
 *
 * Asks now, and then again and again.
 *
 * Returns: (transfer full): what to dex_clear() when it is to stop, in dispose at the latest
 */
DexFuture *
sc_refresh_start (const ScRefresh *refresh, gpointer owner, ScClient *client, const char *name)
{
  return sc_refresh_start_within (refresh, owner, client, name, 0);
}

/**
 * sc_refresh_start_within:
 * @refresh: what to ask, how often, and who takes it
 * @owner: a #GObject, for @refresh's take(); it is not kept alive
 * @client: whom to ask
 * @name: (nullable): what to ask about
 * @spread_ms: within how long
 *
 * Asks at a random moment within that time, and then again and again: for what many learn of in the
 * same instant.
 *
 * Returns: (transfer full): what to dex_clear() when it is to stop, in dispose at the latest
 */
DexFuture *
sc_refresh_start_within (const ScRefresh *refresh,
                         gpointer owner,
                         ScClient *client,
                         const char *name,
                         guint spread_ms)
{
  RefreshArgs *args = g_new0 (RefreshArgs, 1);
  args->refresh = refresh;
  g_weak_ref_init (&args->owner, owner);
  args->client = g_object_ref (client);
  args->name = g_strdup (name);
  args->delay_ms = spread_ms > 0 ? g_random_int () % spread_ms : 0;
  return sc_spawn (refresh_fiber, args, refresh_args_free);
}
