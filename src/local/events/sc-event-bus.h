/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-event-error.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _ScEventBus ScEventBus;

/**
 * ScEvent:
 * @source: who says it, as "aws.ivs"
 * @detail_type: what kind it is, as "IVS Stream State Change"
 * @resource: (nullable): the ARN of what it is about
 * @detail: what happened
 *
 * What somebody puts on the bus; the bus adds id, time, account and region.
 */
typedef struct {
  const char *source;
  const char *detail_type;
  const char *resource;
  JsonObject *detail;
} ScEvent;

/**
 * ScEventRule:
 * @arn: names it
 * @pattern: (nullable): the events that it takes
 * @schedule: (nullable): when it makes an event of its own, as "rate(1 minute)"
 * @targets: ARNs of the functions that get the events
 *
 * An AWS::Events::Rule; it has a pattern, a schedule, or both.
 */
typedef struct {
  const char *arn;
  JsonObject *pattern;
  const char *schedule;
  const char *const *targets;
} ScEventRule;

typedef void (*ScEventTarget) (const char *arn, GBytes *event, gpointer user_data);

ScEventBus *sc_event_bus_new (const char *account,
                              const char *region,
                              ScEventTarget target,
                              gpointer user_data);
void sc_event_bus_free (ScEventBus *self);

gboolean sc_event_bus_add_rule (ScEventBus *self, const ScEventRule *rule, GError **error);
void sc_event_bus_start (ScEventBus *self);
char *sc_event_bus_put (ScEventBus *self, const ScEvent *event);
guint sc_event_bus_put_raw (ScEventBus *self, JsonObject *event);

gboolean sc_event_schedule_parse (const char *schedule, guint *ret_seconds, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScEventBus, sc_event_bus_free)

G_END_DECLS
