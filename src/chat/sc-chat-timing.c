/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-chat-timing.h"

/* A review takes up to 200 ms, so an echo that is not there after 10 s does not come. A connection
 * may send 10 requests a second (Amazon IVS Chat, service quotas): 5 leave room for the room's
 * others. Ten batches a second look immediate and cost a tenth of a flood. */
const ScChatTiming sc_chat_timing = {
  .backoff_base_ms = 1000,
  .backoff_cap_ms = 30000,
  .stable_ms = 10000,
  .renew_margin_ms = 60000,
  .drain_ms = 2000,
  .echo_ms = 10000,
  .pace_ms = 200,
  .batch_ms = 100,
};
