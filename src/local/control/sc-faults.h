/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScFaultKind:
 * @SC_FAULT_NONE: the call goes its way
 * @SC_FAULT_THROTTLE: 429, without effect
 * @SC_FAULT_FAIL_BEFORE: 500, without effect
 * @SC_FAULT_QUOTA: 402, without effect
 * @SC_FAULT_DENIED: 403 AccessDenied, without effect
 * @SC_FAULT_PENDING: 403 PendingVerification, without effect
 * @SC_FAULT_FAIL_AFTER: 500, after its effect
 * @SC_FAULT_HANG: no answer ever
 * @SC_FAULT_RESET: the connection is reset
 * @SC_FAULT_HALF_BODY: 200 and half of the body, after its effect
 * @SC_FAULT_LATE: 500, after its effect, which lists show only %SC_FAULT_LATE_US later
 *
 * How a call can be made to fail.
 */
typedef enum {
  SC_FAULT_NONE,
  SC_FAULT_THROTTLE,
  SC_FAULT_FAIL_BEFORE,
  SC_FAULT_QUOTA,
  SC_FAULT_DENIED,
  SC_FAULT_PENDING,
  SC_FAULT_FAIL_AFTER,
  SC_FAULT_HANG,
  SC_FAULT_RESET,
  SC_FAULT_HALF_BODY,
  SC_FAULT_LATE,
} ScFaultKind;

/* How long lists do not show what a late call made: they are eventually consistent, and longer than
 * that no list that anybody has written about lagged. */
#define SC_FAULT_LATE_US (10 * G_TIME_SPAN_SECOND)

/**
 * ScFault:
 * @kind: how the call fails
 * @effect: whether it does its work nevertheless
 *
 * What happens to one call.
 */
typedef struct {
  ScFaultKind kind;
  gboolean effect;
} ScFault;

typedef struct _ScFaults ScFaults;

ScFaults *sc_faults_new (void);
void sc_faults_free (ScFaults *self);
gboolean sc_faults_order (ScFaults *self, JsonObject *order, GError **error);
ScFault sc_faults_take (ScFaults *self, const char *operation, gint64 now_us);
void sc_faults_count_effect (ScFaults *self, const char *operation);
void sc_faults_count_hung (ScFaults *self, guint now);
void sc_faults_clear (ScFaults *self);
JsonObject *sc_faults_report (ScFaults *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScFaults, sc_faults_free)

G_END_DECLS
