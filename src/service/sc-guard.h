/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-limit-store.h"
#include "sc-routes.h"

G_BEGIN_DECLS

/* How many wrong passwords (or codes) there may be, at once and after that. */

/* For one account from one network, or with one of its sessions: more than anybody mistypes. */
#define SC_GUARD_PAIR_BURST 20
#define SC_GUARD_PAIR_EVERY_US (5 * G_TIME_SPAN_MINUTE)

/* From one network for all accounts it is not known to: a school class that has forgotten its
 * passwords. */
#define SC_GUARD_NETWORK_BURST 60
#define SC_GUARD_NETWORK_EVERY_US G_TIME_SPAN_MINUTE

/* For one account from all networks it is not known from: the most that NIST SP 800-63B-4, 3.2.2
 * ("Rate Limiting (Throttling)") allows in a row, and 24 a day after that. */
#define SC_GUARD_ACCOUNT_BURST 100
#define SC_GUARD_ACCOUNT_EVERY_US G_TIME_SPAN_HOUR

/* Accounts made from one network: two school classes at once. */
#define SC_GUARD_SIGN_UP_BURST 60
#define SC_GUARD_SIGN_UP_EVERY_US G_TIME_SPAN_MINUTE

/**
 * ScGuard:
 * @limits: what a try was taken from, in the order of the taking
 * @count: how many
 * @place: the network it came from
 * @has_place: whether that is known
 *
 * One try to prove who one is, or to make an account, that was let through.
 */
typedef struct {
  ScLimit limits[3];
  guint count;
  guint8 place[SC_LIMIT_KEY_SIZE];
  gboolean has_place;
} ScGuard;

/**
 * ScGuardOutcome:
 * @SC_GUARD_WRONG: it was a wrong password
 * @SC_GUARD_RIGHT: it was the right one
 * @SC_GUARD_UNKNOWN: nobody looked at it
 */
typedef enum {
  SC_GUARD_WRONG,
  SC_GUARD_RIGHT,
  SC_GUARD_UNKNOWN,
} ScGuardOutcome;

gboolean sc_guard_enter (ScCall *call,
                         const char *name,
                         ScGuard *ret_guard,
                         ScResponse **ret_refusal,
                         GError **error);
void sc_guard_leave (const ScGuard *self, ScCall *call, const char *name, ScGuardOutcome outcome);
ScResponse *sc_guard_run (ScCall *call, const char *name, ScHandler handler, GError **error);
gboolean sc_guard_take_of_user (ScCall *call,
                                const char *kind,
                                guint burst,
                                gint64 every_us,
                                ScResponse **ret_refusal,
                                GError **error);
gboolean sc_guard_make_network_key (const char *address, const char *kind, guint8 *ret_key);
ScResponse *sc_guard_run_sign_up (ScCall *call, ScHandler handler, GError **error);

G_END_DECLS
