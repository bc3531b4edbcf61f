/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-audit-words.h"

#define MINUTE (60 * G_USEC_PER_SEC)
#define NOW (G_GINT64_CONSTANT (1767348000) * G_USEC_PER_SEC) /* 2 January 2026, 10:00 UTC */

static const ScModerationActionFields timeout = {
  .id = "a1",
  .kind = SC_MODERATION_TIMEOUT,
  .at = NOW - 5 * MINUTE,
  .actor_id = "u-ada",
  .actor_name = "ada",
  .person_id = "u-mia",
  .person_name = "mia %1$s",
  .reason = "calm down",
  .until = NOW + 5 * MINUTE,
};

static void
assert_words (ScModerationKind kind, const char *wanted)
{
  ScModerationActionFields action = timeout;
  action.kind = kind;
  g_autofree char *words = sc_audit_words (&action);
  g_assert_cmpstr (words, ==, wanted);
}

/* A name is never taken for a part of the sentence. */
static void
test_sentences (void)
{
  assert_words (SC_MODERATION_TIMEOUT, "ada timed mia %1$s out for 10 minutes");
  assert_words (SC_MODERATION_DELETE, "ada deleted a message of mia %1$s");
  assert_words (SC_MODERATION_BAN, "ada banned mia %1$s");
  assert_words (SC_MODERATION_UNBAN, "ada let mia %1$s come back");
  assert_words (SC_MODERATION_APPROVE, "ada approved a message of mia %1$s");
  assert_words (SC_MODERATION_REJECT, "ada rejected a message of mia %1$s");
  assert_words (SC_MODERATION_MOD, "ada made mia %1$s a moderator");
  assert_words (SC_MODERATION_UNMOD, "ada removed mia %1$s from the moderators");
  assert_words (SC_MODERATION_MODES, "ada changed how the chat is run");
  assert_words (SC_MODERATION_RULES, "ada changed the rules of the chat");

  const ScModerationActionFields nobody = { .kind = SC_MODERATION_BAN };
  g_autofree char *words = sc_audit_words (&nobody);
  g_assert_cmpstr (words, ==, "Somebody banned Somebody");
}

static void
test_details (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *details = sc_audit_details (&timeout, NOW, zone);
  g_assert_cmpstr (details, ==, "Reason: calm down\n5 minutes ago");

  ScModerationActionFields undone = timeout;
  undone.line_text = "buy!";
  undone.reason = "";
  undone.at = NOW - 3 * G_TIME_SPAN_DAY;
  undone.undone_at = undone.at + 1;
  g_autofree char *more = sc_audit_details (&undone, NOW, zone);
  g_assert_cmpstr (more, ==, "“buy!”\n30 December 2025, 10:00, and undone");
}

static void
test_log (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  ScModerationActionFields action = timeout;
  action.reason = NULL;
  action.line_text = "seen";
  action.line_check = SC_LINE_SAME;
  g_autofree char *same = sc_audit_details (&action, NOW, zone);
  g_assert_cmpstr (same, ==, "“seen”\n5 minutes ago");
  action.line_check = SC_LINE_DIFFERS;
  g_autofree char *gone = sc_audit_details (&action, NOW, zone);
  g_assert_cmpstr (gone, ==, "“seen”\nThe chat’s log had another message.\n5 minutes ago");
  action.logged_text = "said";
  g_autofree char *differs = sc_audit_details (&action, NOW, zone);
  g_assert_cmpstr (differs,
                   ==,
                   "“seen”\nThe chat’s log has another message: “said”\n5 minutes ago");
}

/* What an older or a newer server says of it is left out where it is not understood. */
static void
test_changes (void)
{
  static const struct {
    const char *details;
    const char *wanted;
  } rows[] = {
    { "{\"slow_seconds\":30,\"read_only\":true,\"emoji_only\":false}",
      "Slow Mode: 30 seconds\nRead Only: On\nEmoji Only: Off\n5 minutes ago" },
    { "{\"slow_seconds\":0}", "Slow Mode: Off\n5 minutes ago" },
    { "{\"rules\":{\"links\":\"hold\",\"capitals\":\"off\"},\"terms\":{\"added\":{\"count\":23,"
      "\"first\":[\"one\",\"two\"]},\"removed\":{\"count\":1,\"first\":[\"three\"]}}}",
      "Links: Hold\nMany Capitals: Off\nOwn Blocked Terms: added one, two +21\n"
      "Own Blocked Terms: removed three\n5 minutes ago" },
    { "{\"terms\":[\"one\"],\"rules\":7,\"slow_seconds\":\"x\",\"new\":true}", "5 minutes ago" },
    { "{}", "5 minutes ago" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    ScModerationActionFields action = timeout;
    action.kind = SC_MODERATION_RULES;
    action.reason = NULL;
    action.details = rows[i].details;
    g_autofree char *words = sc_audit_details (&action, NOW, zone);
    g_assert_cmpstr (words, ==, rows[i].wanted);
  }
}

static void
test_bans (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  const ScChatBanFields ban = { .user_id = "u", .at = NOW - MINUTE, .by = "ada", .reason = "spam" };
  g_autofree char *words = sc_ban_words (&ban, zone);
  g_autofree char *details = sc_ban_details (&ban, NOW, zone);
  g_assert_cmpstr (words, ==, "Banned");
  g_assert_cmpstr (details, ==, "Reason: spam\nby ada · 1 minute ago");

  const ScChatBanFields timed = { .user_id = "u", .at = NOW, .until = NOW + MINUTE };
  g_autofree char *until = sc_ban_words (&timed, zone);
  g_autofree char *by = sc_ban_details (&timed, NOW, zone);
  g_assert_cmpstr (until, ==, "Timed out until 2 January 2026, 10:01");
  g_assert_cmpstr (by, ==, "by Somebody · Less than a minute ago");
}

static void
test_rules (void)
{
  g_assert_cmpstr (sc_rule_words ("links"), ==, "Link");
  g_assert_cmpstr (sc_rule_words ("terms"), ==, "Blocked term");
  g_assert_cmpstr (sc_rule_words ("new-one"), ==, "Rule of the chat");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/audit/sentences", test_sentences);
  g_test_add_func ("/audit/details", test_details);
  g_test_add_func ("/audit/log", test_log);
  g_test_add_func ("/audit/changes", test_changes);
  g_test_add_func ("/audit/bans", test_bans);
  g_test_add_func ("/audit/rules", test_rules);
  return g_test_run ();
}
