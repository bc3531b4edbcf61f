/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-server.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Rooms on a socket of their own, with a clock and hooks that a test holds. */
typedef struct {
  char *folder;
  char *socket;
  ScCloud *cloud;
  ScChatServer *server;
  SoupSession *session;
  gint64 now_us;
  char *room_arn;

  GPtrArray *records;   /* of JsonObject: what was logged */
  GPtrArray *reviews;   /* of SctReview: what was asked and not answered yet */
  gboolean answers_now; /* with review_answer, or NULL for a failure */
  const char *review_answer;
} SctRooms;

/* A question to the review handler. */
typedef struct {
  JsonObject *event;
  guint timeout_ms;
  ScChatReviewed done;
  gpointer done_data;
} SctReview;

/* Somebody with a WebSocket. */
typedef struct {
  SctRooms *rooms;
  SoupWebsocketConnection *socket; /* NULL where it was refused */
  guint status;                    /* of the handshake */
  GQueue pushes;                   /* of JsonObject */
  gboolean is_closed;
} SctGuest;

SctRooms *sct_rooms_new (const char *room);
void sct_rooms_free (SctRooms *self);
char *sct_rooms_add (SctRooms *self, const char *room);
JsonObject *
sct_rooms_call (SctRooms *self, const char *operation, const char *input, GError **error);
char *sct_rooms_make_token (SctRooms *self, const char *user_id, const char *capabilities);
void sct_rooms_answer (SctRooms *self, guint index, const char *answer);

SctGuest *sct_guest_new (SctRooms *rooms, const char *token);
SctGuest *sct_guest_enter (SctRooms *rooms, const char *user_id, const char *capabilities);
void sct_guest_free (SctGuest *self);
void sct_guest_ask (SctGuest *self, const char *request);
JsonObject *sct_guest_wait (SctGuest *self);
guint sct_guest_wait_closed (SctGuest *self);
void sct_guest_assert_error (SctGuest *self, int code, const char *request_id);
void sct_guest_assert_line (SctGuest *self, const char *content, const char *request_id);

void sct_wait_for (gboolean (*there) (gpointer data), gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctRooms, sct_rooms_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctGuest, sct_guest_free)

G_END_DECLS
