/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-acts.h"
#include "sc-chat-settings.h"
#include "sc-http.h"
#include "sc-moderation-action.h"

#include <libdex.h>

G_BEGIN_DECLS

#define SC_TYPE_CLIENT (sc_client_get_type ())
G_DECLARE_FINAL_TYPE (ScClient, sc_client, SC, CLIENT, GObject)

/**
 * ScModerationOrder:
 * @kind: %SC_MODERATION_DELETE, %SC_MODERATION_TIMEOUT, %SC_MODERATION_BAN or %SC_MODERATION_UNBAN
 * @line_id: (nullable): the line that it is about; a deletion has one
 * @line_text: (nullable): what was on the screen, as the log may not have it yet
 * @user_id: (nullable): whom it is about, or
 * @user_name: (nullable): what they are called
 * @seconds: how long a timeout is, from %SC_TIMEOUT_MIN_SECONDS to %SC_TIMEOUT_MAX_SECONDS
 * @reason: (nullable): why, at most %SC_REASON_MAX characters
 *
 * What a moderator wants done.
 */
typedef struct {
  ScModerationKind kind;
  const char *line_id;
  const char *line_text;
  const char *user_id;
  const char *user_name;
  guint seconds;
  const char *reason;
} ScModerationOrder;

/**
 * ScReportReason:
 * @SC_REPORT_SPAM: advertising, or the same again and again
 * @SC_REPORT_HATE: hate against people
 * @SC_REPORT_SEXUAL: what is sexual
 * @SC_REPORT_VIOLENCE: threats and violence
 * @SC_REPORT_OTHER: something else, which the words say
 *
 * What is wrong with what is reported.
 */
typedef enum {
  SC_REPORT_SPAM,
  SC_REPORT_HATE,
  SC_REPORT_SEXUAL,
  SC_REPORT_VIOLENCE,
  SC_REPORT_OTHER,
} ScReportReason;

/**
 * ScReport:
 * @reason: what is wrong
 * @line_id: (nullable): the line; %NULL where the channel is reported
 * @line_text: (nullable): what it says
 * @user_id: (nullable): who said it
 * @words: (nullable): what the reporter adds, at most %SC_REPORT_WORDS_MAX characters
 *
 * What a viewer complains about.
 */
typedef struct {
  ScReportReason reason;
  const char *line_id;
  const char *line_text;
  const char *user_id;
  const char *words;
} ScReport;

ScClient *sc_client_new (ScHttp *http);

const char *sc_client_get_server (ScClient *self);
void sc_client_set_server (ScClient *self, const char *server);
const char *sc_client_get_token (ScClient *self);
void sc_client_set_token (ScClient *self, const char *token);
void sc_client_set_device (ScClient *self, const char *device);
ScHttp *sc_client_get_http (ScClient *self);
ScActs *sc_client_get_acts (ScClient *self);

/* users */
DexFuture *sc_client_sign_up (ScClient *self, const char *name, const char *password);
DexFuture *sc_client_who_am_i (ScClient *self);

/* account */
DexFuture *
sc_client_recover (ScClient *self, const char *name, const char *code, const char *password);
DexFuture *
sc_client_change_password (ScClient *self, const char *password, const char *new_password);
DexFuture *sc_client_new_recovery_code (ScClient *self, const char *password);
DexFuture *sc_client_delete_account (ScClient *self, const char *password);
DexFuture *sc_client_restore_account (ScClient *self);

/* sessions */
DexFuture *sc_client_sign_in (ScClient *self, const char *name, const char *password);
DexFuture *sc_client_sign_out (ScClient *self);
DexFuture *sc_client_list_sign_ins (ScClient *self);
DexFuture *sc_client_end_sign_in (ScClient *self, const char *id);
DexFuture *sc_client_sign_out_everywhere (ScClient *self);

/* own channel */
DexFuture *sc_client_get_own_channel (ScClient *self);
DexFuture *sc_client_put_avatar (ScClient *self, GBytes *png);
DexFuture *sc_client_delete_avatar (ScClient *self);
/**
 * ScChannelChange:
 * @title: (nullable): what it is about
 * @category: (nullable): what kind of thing that is, or empty
 * @about: (nullable): what it says about itself, or empty
 * @type: (nullable): its type on Amazon IVS
 * @latency_mode: (nullable): "LOW" or "NORMAL"
 *
 * What is to be another of one's own channel; %NULL stays.
 */
typedef struct {
  const char *title;
  const char *category;
  const char *about;
  const char *type;
  const char *latency_mode;
} ScChannelChange;

DexFuture *sc_client_change_channel (ScClient *self, const ScChannelChange *change);
DexFuture *sc_client_get_stream_key (ScClient *self);
DexFuture *sc_client_get_srt_server (ScClient *self);
DexFuture *sc_client_get_srt_passphrase (ScClient *self);
DexFuture *sc_client_get_stream_status (ScClient *self);
DexFuture *sc_client_get_past_stream (ScClient *self, const char *id);
DexFuture *sc_client_stop_stream (ScClient *self);
DexFuture *sc_client_reset_stream_key (ScClient *self, gboolean stops);

/* channels */
void sc_client_list_live_ahead (ScClient *self, const char *server);
DexFuture *sc_client_list_live (ScClient *self);
DexFuture *sc_client_list_live_in (ScClient *self, const char *category, const char *before);
DexFuture *sc_client_get_channel (ScClient *self, const char *name);

/* follows */
DexFuture *sc_client_set_following (ScClient *self, const char *channel, gboolean following);
DexFuture *sc_client_get_follow (ScClient *self, const char *channel);
DexFuture *sc_client_list_followed (ScClient *self, const char *before, guint limit);
DexFuture *sc_client_set_notify (ScClient *self, const char *channel, gboolean notify);
DexFuture *sc_client_list_live_followed (ScClient *self);

/* search */
DexFuture *sc_client_search (ScClient *self, const char *words);
DexFuture *sc_client_list_categories (ScClient *self, const char *before);

/* recordings */
DexFuture *sc_client_list_recordings (ScClient *self, const char *channel, const char *before);
DexFuture *sc_client_get_recording (ScClient *self, const char *id);
DexFuture *sc_client_list_chapters (ScClient *self, const char *id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *sc_client_list_own_recordings (ScClient *self, const char *before);
DexFuture *sc_client_set_recording_words (ScClient *self,
                                          const char *id,
                                          const char *title,
                                          const char *category);
DexFuture *sc_client_set_recording_hidden (ScClient *self, const char *id, gboolean hidden);
DexFuture *sc_client_delete_recording (ScClient *self, const char *id);
DexFuture *sc_client_watch_recording (ScClient *self, const char *id);

/* chat */
DexFuture *sc_client_create_chat_token (ScClient *self, const char *name);
DexFuture *sc_client_chat_lines (ScClient *self,
                                 const char *channel,
                                 const char *before,
                                 const char *after,
                                 guint limit);
DexFuture *sc_client_recording_chat (ScClient *self,
                                     const char *recording_id,
                                     gint64 from_ms,
                                     gint64 before_ms,
                                     const char *cursor,
                                     guint limit);
DexFuture *sc_client_report (ScClient *self, const char *channel, const ScReport *report);

/* moderation */
DexFuture *sc_client_act (ScClient *self, const char *channel, const ScModerationOrder *order);
DexFuture *sc_client_undo_action (ScClient *self, const char *channel, const char *action_id);
DexFuture *sc_client_list_actions (ScClient *self,
                                   const char *channel,
                                   const char *user_id,
                                   const char *before);
DexFuture *sc_client_get_person (ScClient *self, const char *channel, const char *user_id);
DexFuture *sc_client_list_bans (ScClient *self, const char *channel, const char *before);
DexFuture *sc_client_list_held (ScClient *self, const char *channel);
DexFuture *
sc_client_decide_held (ScClient *self, const char *channel, const char *id, gboolean approve);

/* chat settings */
DexFuture *sc_client_get_chat_settings (ScClient *self, const char *channel);
DexFuture *sc_client_set_chat_modes (ScClient *self, const char *channel, const ScChatModes *modes);
DexFuture *
sc_client_set_chat_rules (ScClient *self, const char *channel, const ScChatSettings *settings);
DexFuture *sc_client_set_moderator (ScClient *self,
                                    const char *channel,
                                    const char *user_name,
                                    gboolean moderates);

G_END_DECLS
