/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-record.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Bytes that may wait for a publisher process; beyond, the encoder is read no further: half a
 * second at the most that Amazon IVS takes, 8.5 Mb/s, and more than a keyframe. */
#define SC_PUBLISHER_MAX_QUEUED (1024u * 1024)

/**
 * ScPublisherDelegate:
 * @record: takes what the process tells, but for the last record
 * @drained: less than %SC_PUBLISHER_MAX_QUEUED waits again
 * @over: the process is done: without @error all of its input is packaged. Called once, last
 *
 * Never called from within sc_publisher_close().
 */
typedef struct {
  void (*record) (const ScRecord *record, gpointer user_data);
  void (*drained) (gpointer user_data);
  void (*over) (const GError *error, gpointer user_data);
} ScPublisherDelegate;

#define SC_TYPE_PUBLISHER (sc_publisher_get_type ())
G_DECLARE_FINAL_TYPE (ScPublisher, sc_publisher, SC, PUBLISHER, GObject)

ScPublisher *sc_publisher_new (const char *program,
                               guint renditions,
                               const ScPublisherDelegate *delegate,
                               gpointer user_data,
                               GError **error);
void sc_publisher_push (ScPublisher *self, guint8 type, guint32 timestamp, GBytes *body);
gboolean sc_publisher_put_metadata (ScPublisher *self, const char *owner, const char *text);
gboolean sc_publisher_is_full (ScPublisher *self);
void sc_publisher_finish (ScPublisher *self);
void sc_publisher_close (ScPublisher *self);

G_END_DECLS
