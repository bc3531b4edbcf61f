/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Chat tokens: each opens one connection, once, within its minute.
 *
 * A token is kept by its hash alone: no dump of this process has one, and how long a look-up takes
 * says nothing about the tokens that are there. */

#include "config.h"

#include "sc-room-token.h"

#include "sc-id.h"

/* Letters and digits, as a subprotocol must have; 238 bits. */
#define TOKEN_LENGTH 40

typedef struct {
  char *hash;
  gint64 expires_us;
  ScRoomSession *session; /* NULL once redeemed */
} Token;

struct _ScRoomTokens {
  GQueue tokens;       /* of Token, in the order of their end */
  GHashTable *by_hash; /* borrowed hash to borrowed Token */
};

/**
 * sc_room_session_free:
 * @self: (transfer full): a session
 */
void
sc_room_session_free (ScRoomSession *self)
{
  g_free (self->room_arn);
  g_free (self->user_id);
  g_clear_pointer (&self->attributes, json_object_unref);
  g_free (self);
}

static void
free_token (gpointer data)
{
  Token *token = data;
  g_clear_pointer (&token->session, sc_room_session_free);
  g_free (token->hash);
  g_free (token);
}

/**
 * sc_room_tokens_new:
 *
 * Returns: (transfer full): no tokens yet
 */
ScRoomTokens *
sc_room_tokens_new (void)
{
  ScRoomTokens *self = g_new0 (ScRoomTokens, 1);
  g_queue_init (&self->tokens);
  self->by_hash = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * sc_room_tokens_free:
 * @self: (transfer full): tokens
 */
void
sc_room_tokens_free (ScRoomTokens *self)
{
  g_hash_table_unref (self->by_hash);
  g_queue_clear_full (&self->tokens, free_token);
  g_free (self);
}

static void
drop_expired (ScRoomTokens *self, gint64 now_us)
{
  Token *oldest = NULL;
  while ((oldest = g_queue_peek_head (&self->tokens)) && oldest->expires_us <= now_us) {
    g_hash_table_remove (self->by_hash, oldest->hash);
    free_token (g_queue_pop_head (&self->tokens));
  }
}

/**
 * sc_room_tokens_issue:
 * @self: tokens
 * @session: (transfer full): what the new one stands for
 * @now_us: the monotonic time
 *
 * Returns: (transfer full) (nullable): a token, or %NULL where %SC_ROOM_TOKENS_MAX are out
 */
char *
sc_room_tokens_issue (ScRoomTokens *self, ScRoomSession *session, gint64 now_us)
{
  drop_expired (self, now_us);
  if (self->tokens.length >= SC_ROOM_TOKENS_MAX) {
    sc_room_session_free (session);
    return NULL;
  }
  char *text = sc_id_new ("", TOKEN_LENGTH);
  Token *token = g_new0 (Token, 1);
  token->hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  token->expires_us = now_us + SC_ROOM_TOKEN_SECONDS * G_USEC_PER_SEC;
  token->session = session;
  g_queue_push_tail (&self->tokens, token);
  g_hash_table_insert (self->by_hash, token->hash, token);
  return text;
}

/**
 * sc_room_tokens_redeem:
 * @self: tokens
 * @token: what a client sent
 * @now_us: the monotonic time
 *
 * Returns: (transfer full) (nullable): what it stands for, or %NULL where it is none, or old, or
 * was used
 */
ScRoomSession *
sc_room_tokens_redeem (ScRoomTokens *self, const char *token, gint64 now_us)
{
  drop_expired (self, now_us);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  Token *found = g_hash_table_lookup (self->by_hash, hash);
  return found ? g_steal_pointer (&found->session) : NULL;
}
