/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel-store.h"
#include "sc-routes.h"

G_BEGIN_DECLS

/* sc-accounts.c */
ScResponse *sc_handle_sign_up (ScCall *call, GError **error);
ScResponse *sc_handle_get_me (ScCall *call, GError **error);

/* sc-account-deletion.c */
ScResponse *sc_handle_delete_me (ScCall *call, GError **error);
ScResponse *sc_handle_restore_me (ScCall *call, GError **error);

/* sc-sessions.c */
ScResponse *sc_handle_sign_in (ScCall *call, GError **error);
ScResponse *sc_handle_sign_out (ScCall *call, GError **error);

/* sc-session-list.c */
ScResponse *sc_handle_list_sessions (ScCall *call, GError **error);
ScResponse *sc_handle_end_session (ScCall *call, GError **error);
ScResponse *sc_handle_end_sessions (ScCall *call, GError **error);

/* sc-account-password.c */
ScResponse *sc_handle_change_password (ScCall *call, GError **error);

/* sc-recovery.c */
ScResponse *sc_handle_recover (ScCall *call, GError **error);
ScResponse *sc_handle_new_recovery_code (ScCall *call, GError **error);

/* sc-own-channel.c */
ScResponse *sc_handle_get_own_channel (ScCall *call, GError **error);
ScResponse *sc_handle_patch_own_channel (ScCall *call, GError **error);
ScResponse *sc_handle_get_stream_key (ScCall *call, GError **error);
ScResponse *sc_handle_get_srt (ScCall *call, GError **error);

/* sc-avatars.c */
ScResponse *sc_handle_put_avatar (ScCall *call, GError **error);
ScResponse *sc_handle_delete_avatar (ScCall *call, GError **error);

/* sc-own-streams.c */
ScResponse *sc_handle_get_live (ScCall *call, GError **error);
ScResponse *sc_handle_get_own_stream (ScCall *call, GError **error);
ScResponse *sc_handle_stop_stream (ScCall *call, GError **error);

/* sc-stream-reports.c */
ScResponse *sc_handle_list_stream_reports (ScCall *call, GError **error);

/* sc-key-reset.c */
ScResponse *sc_handle_reset_stream_key (ScCall *call, GError **error);

/* sc-chat.c */
ScResponse *sc_handle_create_chat_token (ScCall *call, GError **error);

/* sc-chat-actions.c, sc-chat-undo.c, sc-chat-audit.c */
ScResponse *sc_handle_act (ScCall *call, GError **error);
ScResponse *sc_handle_undo_action (ScCall *call, GError **error);
ScResponse *sc_handle_list_actions (ScCall *call, GError **error);
ScResponse *sc_handle_list_bans (ScCall *call, GError **error);
ScResponse *sc_handle_get_person (ScCall *call, GError **error);

/* sc-held-lines.c */
ScResponse *sc_handle_list_held (ScCall *call, GError **error);
ScResponse *sc_handle_decide_held (ScCall *call, GError **error);

/* sc-room-settings.c */
ScResponse *sc_handle_get_chat_settings (ScCall *call, GError **error);
ScResponse *sc_handle_patch_chat_settings (ScCall *call, GError **error);
ScResponse *sc_handle_add_moderator (ScCall *call, GError **error);
ScResponse *sc_handle_remove_moderator (ScCall *call, GError **error);

/* sc-follows.c */
ScResponse *sc_handle_follow (ScCall *call, GError **error);
ScResponse *sc_handle_unfollow (ScCall *call, GError **error);
ScResponse *sc_handle_get_follow (ScCall *call, GError **error);
ScResponse *sc_handle_list_follows (ScCall *call, GError **error);
ScResponse *sc_handle_list_live_follows (ScCall *call, GError **error);
ScResponse *sc_handle_patch_follow (ScCall *call, GError **error);

/* sc-viewers.c */
ScResponse *sc_handle_report (ScCall *call, GError **error);

/* sc-chat-history.c */
ScResponse *sc_handle_list_chat_lines (ScCall *call, GError **error);

/* sc-chat-replay.c */
ScResponse *sc_handle_list_recording_chat (ScCall *call, GError **error);
ScResponse *sc_handle_list_chapters (ScCall *call, GError **error);

/* sc-own-recordings.c */
ScResponse *sc_handle_list_own_recordings (ScCall *call, GError **error);
ScResponse *sc_handle_patch_recording (ScCall *call, GError **error);
ScResponse *sc_handle_delete_recording (ScCall *call, GError **error);

/* sc-recording-watch.c */
ScResponse *sc_handle_watch_recording (ScCall *call, GError **error);

/* sc-public-channels.c */
JsonObject *sc_call_view_channel (ScCall *call, ScChannelRow *row);
JsonArray *sc_call_view_channels (ScCall *call, GPtrArray *rows);
ScResponse *sc_handle_list_live (ScCall *call, GError **error);
ScResponse *sc_handle_get_channel (ScCall *call, GError **error);

/* sc-search.c */
ScResponse *sc_handle_search (ScCall *call, GError **error);

/* sc-categories.c */
JsonArray *sc_view_categories (GPtrArray *rows);
ScResponse *sc_handle_list_categories (ScCall *call, GError **error);

/* sc-public-recordings.c */
ScResponse *sc_handle_list_recordings (ScCall *call, GError **error);
ScResponse *sc_handle_list_recordings_of (ScCall *call, GError **error);
ScResponse *sc_handle_get_recording (ScCall *call, GError **error);

G_END_DECLS
