/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-chat-timing.h"

#include "sc-backoff.h"

/* A review takes up to 200 ms, so an echo that is not there after 10 s does not come. A connection
 * may send 10 requests a second (Amazon IVS Chat, service quotas): 5 leave room for the room's
 * others. A log of chat lags
 * 10 s on average (Amazon IVS Chat, chat logging), and then comes our own function. An account may
 * make 200 tokens a second (service quotas): 5 s are for a thousand viewers. Whoever is let back in
 * early need not know within seconds, and the banned of a large channel ask our API only twice a
 * minute each. Ten batches a second look immediate and cost a tenth of a flood. */
const ScChatTiming sc_chat_timing = {
  .backoff_base_ms = 1000,
  .backoff_cap_ms = 30000,
  .stable_ms = 10000,
  .renew_margin_ms = 60000,
  .drain_ms = 2000,
  .echo_ms = 10000,
  .pace_ms = 200,
  .spread_ms = 5000,
  .ban_check_ms = 30000,
  .history_ms = { 5000, 15000, 30000 },
  .batch_ms = 100,
};

/**
 * sc_chat_timing_get_backoff:
 * @self: how patient to be
 * @attempt: how many tries have failed before, from 0
 *
 * Returns: how long to wait before the next, milliseconds, by chance within bounds that grow
 */
guint
sc_chat_timing_get_backoff (const ScChatTiming *self, guint attempt)
{
  gint64 delay_us = sc_backoff_delay (attempt,
                                      (gint64) self->backoff_base_ms * 1000,
                                      (gint64) self->backoff_cap_ms * 1000,
                                      g_random_double ());
  return (guint) (delay_us / 1000);
}
