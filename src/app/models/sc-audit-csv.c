/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was done in a chat, as a table for other programs: RFC 4180, UTF-8. Its words are those of
 * our API, whatever the language is here. Pure functions. */

#include "config.h"

#include "sc-audit-csv.h"

#include "sc-time.h"

#include <string.h>

/* What a spreadsheet takes for a formula at the begin of a cell ("CSV Injection", OWASP). What
 * people said in a chat is nothing to be computed. */
#define FORMULA "=+-@\t\r"

static void
add_cell (GString *csv, const char *text)
{
  if (csv->len > 0 && csv->str[csv->len - 1] != '\n')
    g_string_append_c (csv, ',');
  if (!text || !*text)
    return;
  g_string_append_c (csv, '"');
  if (strchr (FORMULA, *text))
    g_string_append_c (csv, '\'');
  for (; *text; text++) {
    if (*text == '"')
      g_string_append_c (csv, '"');
    g_string_append_c (csv, *text);
  }
  g_string_append_c (csv, '"');
}

static void
add_time (GString *csv, gint64 time_us)
{
  g_autofree char *text = time_us > 0 ? sc_time_to_string (time_us) : NULL;
  add_cell (csv, text);
}

/**
 * sc_audit_csv_begin:
 * @csv: an empty string
 *
 * Begins a table with the names of its columns.
 */
void
sc_audit_csv_begin (GString *csv)
{
  g_string_append (csv,
                   "at,kind,moderator,person,person_id,message_id,message,reason,until,undone_at,"
                   "details\r\n");
}

/**
 * sc_audit_csv_add:
 * @csv: a table that was begun
 * @action: what was done
 *
 * Adds a row.
 */
void
sc_audit_csv_add (GString *csv, const ScModerationActionFields *action)
{
  add_time (csv, action->at);
  add_cell (csv, sc_moderation_kind_to_string (action->kind));
  add_cell (csv, action->actor_name ? action->actor_name : action->actor_id);
  add_cell (csv, action->person_name);
  add_cell (csv, action->person_id);
  add_cell (csv, action->line_id);
  add_cell (csv, action->line_text);
  add_cell (csv, action->reason);
  add_time (csv, action->until);
  add_time (csv, action->undone_at);
  add_cell (csv, action->details);
  g_string_append (csv, "\r\n");
}
