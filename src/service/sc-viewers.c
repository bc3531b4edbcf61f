/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What viewers report about channels and people. */

#include "config.h"

#include "sc-chat-record.h"
#include "sc-handlers.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-moderation-action.h"
#include "sc-moderation-views.h"
#include "sc-repeats.h"
#include "sc-report-store.h"

static const char *const reasons[] = { "spam", "hate", "sexual", "violence", "other", NULL };

static ScResponse *
refuse_field (const char *field)
{
  return sc_response_new_fault (SC_FAULT_BAD_REQUEST, field, NULL);
}

static ScResponse *
read_report (ScCall *call, ScNewReport *report)
{
  report->kind = json_object_get_string_member (call->body, "kind");
  report->reason = json_object_get_string_member (call->body, "reason");
  report->line_id = sc_json_get_string_or (call->body, "line_id", NULL);
  report->content = sc_json_get_string_or (call->body, "text", NULL);
  report->person_public_id = sc_json_get_string_or (call->body, "user_id", NULL);
  report->words = sc_json_get_string_or (call->body, "words", NULL);
  gboolean is_line = g_str_equal (report->kind, "line");
  if (!is_line && !g_str_equal (report->kind, "channel"))
    return refuse_field ("kind");
  if (!g_strv_contains (reasons, report->reason))
    return refuse_field ("reason");
  if (report->line_id ? !sc_is_line_id (report->line_id) : is_line)
    return refuse_field ("line_id");
  if (report->content && g_utf8_strlen (report->content, -1) > SC_CHAT_RECORD_TEXT_MAX)
    return refuse_field ("text");
  if (report->person_public_id && !g_uuid_string_is_valid (report->person_public_id))
    return refuse_field ("user_id");
  if (report->words && g_utf8_strlen (report->words, -1) > SC_REPORT_WORDS_MAX)
    return refuse_field ("words");
  if (report->words && !report->words[0])
    report->words = NULL;
  return NULL;
}

/* What the line says and by whom, if the log was here already: the reporter need not be right. */
static gboolean
write_report (ScCall *call,
              ScStoreConnection *connection,
              ScNewReport *report,
              gboolean *added,
              GError **error)
{
  g_autofree char *sender_id = NULL, *content = NULL;
  if (!sc_store_begin (connection, error) ||
      (report->line_id && !sc_chat_store_find_line (connection,
                                                    report->user_id,
                                                    report->line_id,
                                                    &sender_id,
                                                    &content,
                                                    error)))
    return FALSE;
  if (content)
    report->content = content;
  if (sender_id && g_uuid_string_is_valid (sender_id))
    report->person_public_id = sender_id;
  return sc_report_store_insert (connection, report, added, error) &&
         (!*added || sc_repeats_commit (call, connection, 204, NULL, error));
}

/**
 * sc_handle_report:
 * @call: POST /v1/channels/NAME/reports {kind, reason, line_id?, text?, user_id?, words?}
 * @error: an error of a layer below
 *
 * Takes a complaint about a line or a channel, for the operators of the site.
 *
 * Returns: (transfer full) (nullable): 204; 400, 404, or 429 for who complains a lot
 */
ScResponse *
sc_handle_report (ScCall *call, GError **error)
{
  if (!sc_call_find_room (call, error))
    return NULL;
  if (!call->room)
    return sc_response_new_fault (SC_FAULT_NO_SUCH_CHANNEL, NULL, NULL);
  ScNewReport report = { .reporter_id = call->user->id,
                         .user_id = call->room->owner_id,
                         .at = sc_service_now (call->service) };
  ScResponse *refusal = read_report (call, &report);
  if (refusal)
    return refusal;
  gboolean added = FALSE;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection || !write_report (call, connection, &report, &added, error))
    return NULL;
  return added ? sc_response_new_empty ()
               : sc_response_new_fault (SC_FAULT_TOO_MANY_REPORTS, NULL, NULL);
}
