/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-bucket.h"
#include "sct-control.h"
#include "sct-service.h"

G_BEGIN_DECLS

#define SCT_CHAT "/v1/channels/ada/chat"

/* A real room on the local cloud, of the streamer ada with the moderator mo; bob and eve are there
 * as well. The tokens open sessions of our API. */
typedef struct {
  SctControl *control;
  SctBucket *bucket;
  SctService *service;
  char *room_arn;
  char *ada;
  char *mo;
  char *bob;
  char *eve;
} SctRoom;

void sct_room_set_up (SctRoom *self, gconstpointer data);
void sct_room_tear_down (SctRoom *self, gconstpointer data);

#define SCT_ROOM_ADD(path, function)                                                               \
  g_test_add (path, SctRoom, NULL, sct_room_set_up, function, sct_room_tear_down)

char *sct_room_dup_id_of (SctRoom *self, const char *name);
void sct_room_say (SctRoom *self, const char *line_id, const char *name, const char *text);
JsonObject *sct_room_ask (SctRoom *self,
                          const char *method,
                          const char *target,
                          const char *token,
                          const char *body,
                          guint status);
char *sct_room_act (SctRoom *self, const char *token, const char *body, gint64 pending);
void sct_room_refuse (SctRoom *self,
                      const char *token,
                      const char *target,
                      const char *body,
                      guint status,
                      const char *code);
void sct_room_tick (SctRoom *self);
void sct_room_assert_told (SctRoom *self, const char *const *patterns);
JsonObject *sct_room_dup_rules (SctRoom *self);

G_END_DECLS
