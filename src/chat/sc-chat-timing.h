/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How often the log is asked again after joining. */
#define SC_CHAT_HISTORY_ROUNDS 3

/**
 * ScChatTiming:
 * @backoff_base_ms: the longest wait after the first failed attempt to connect
 * @backoff_cap_ms: the longest wait after any
 * @stable_ms: a connection that lived this long was a good one: the next failure is a first
 * @renew_margin_ms: how long before a session's end its successor is opened, or a quarter of what
 *   is left of it, if that is less
 * @drain_ms: how long the old connection stays beside the new one, for what is under way on it
 * @echo_ms: how long the echo of a line may take
 * @pace_ms: the least time between two lines of ours
 * @spread_ms: over how long those who are to ask for a new token at the same event do so
 * @ban_check_ms: how often whoever is banned asks whether they still are
 * @history_ms: when the log is asked again after joining or coming back; it lags
 * @batch_ms: how long what others say waits at most for more of it, before it is shown
 *
 * A room's patience. It is passed in, so that a test need not wait.
 */
typedef struct {
  guint backoff_base_ms;
  guint backoff_cap_ms;
  guint stable_ms;
  guint renew_margin_ms;
  guint drain_ms;
  guint echo_ms;
  guint pace_ms;
  guint spread_ms;
  guint ban_check_ms;
  guint history_ms[SC_CHAT_HISTORY_ROUNDS];
  guint batch_ms;
} ScChatTiming;

extern const ScChatTiming sc_chat_timing;

guint sc_chat_timing_get_backoff (const ScChatTiming *self, guint attempt);

G_END_DECLS
