/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _ScLogStore ScLogStore;

/**
 * ScLogFilter:
 * @name: its name, which the target is told
 * @group: the log group that it reads
 * @target: the ARN of the function that gets what it reads
 *
 * An AWS::Logs::SubscriptionFilter whose pattern is empty: it takes all.
 */
typedef struct {
  const char *name;
  const char *group;
  const char *target;
} ScLogFilter;

/**
 * ScLogTarget:
 * @arn: a filter's target
 * @event: the event for it
 * @user_data: the data given with it
 */
typedef void (*ScLogTarget) (const char *arn, GBytes *event, gpointer user_data);

ScLogStore *sc_log_store_new (const char *account, ScLogTarget target, gpointer user_data);
void sc_log_store_free (ScLogStore *self);

void sc_log_store_add_group (ScLogStore *self, const char *name, guint retention_days);
gboolean sc_log_store_add_filter (ScLogStore *self, const ScLogFilter *filter);
gboolean sc_log_store_put (ScLogStore *self,
                           const char *group,
                           const char *stream,
                           gint64 time_us,
                           const char *message);
JsonArray *sc_log_store_list (ScLogStore *self, const char *group, const char *stream);
void sc_log_store_flush (ScLogStore *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLogStore, sc_log_store_free)

G_END_DECLS
