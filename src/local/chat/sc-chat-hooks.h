/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScChatReviewed:
 * @answer: (nullable): what the function answered, or %NULL where it failed or took too long
 * @done_data: what was given with the call
 *
 * Takes a function's answer; called once for each review, in the main thread, also when the rooms
 * are closed already, and from within the call where the answer is there at once.
 */
typedef void (*ScChatReviewed) (GBytes *answer, gpointer done_data);

/**
 * ScChatReview:
 * @function_arn: the message review handler
 * @room_arn: the room that asks, which has to be permitted to
 * @event: the JSON of "Message review handler", Amazon IVS Chat User Guide
 * @timeout_ms: how long the room waits
 *
 * A line that a room wants to have reviewed.
 */
typedef struct {
  const char *function_arn;
  const char *room_arn;
  GBytes *event;
  guint timeout_ms;
} ScChatReview;

/**
 * ScChatHooks:
 * @review: (nullable): invokes a message review handler; calls @done once, with %NULL where the
 * function is not there, fails, or has not answered in time. Without it every review fails, and the
 * room's fallbackResult decides
 * @log: (nullable): keeps a record of "Chat logging", Amazon IVS Chat User Guide, for a logging
 * configuration of the room; the record is borrowed
 * @data: data for both
 *
 * What rooms ask other parts of the local cloud.
 */
typedef struct {
  void (*review) (const ScChatReview *review,
                  ScChatReviewed done,
                  gpointer done_data,
                  gpointer data);
  void (*log) (const char *logging_configuration_arn,
               const char *room_arn,
               JsonObject *record,
               gpointer data);
  gpointer data;
} ScChatHooks;

G_END_DECLS
