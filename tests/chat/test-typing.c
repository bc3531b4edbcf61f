/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What somebody types: lines, commands, durations, and the names of others. */

#include "config.h"

#include "sc-chat-command.h"
#include "sc-chat-duration.h"
#include "sc-chat-mentions.h"
#include "sc-chat-refusal.h"

static const struct {
  const char *text;
  ScChatCommandKind kind;
  const char *name;
  guint seconds;
  gboolean on;
  const char *words;
} understood[] = {
  { "hello", SC_CHAT_COMMAND_SAY, NULL, 0, FALSE, "hello" },
  { "//ban is a command", SC_CHAT_COMMAND_SAY, NULL, 0, FALSE, "/ban is a command" },
  { "what /help", SC_CHAT_COMMAND_SAY, NULL, 0, FALSE, "what /help" },
  { "/help", SC_CHAT_COMMAND_HELP, NULL, 0, FALSE, NULL },
  { "/timeout ada", SC_CHAT_COMMAND_TIMEOUT, "ada", 600, FALSE, NULL },
  { "/timeout @ada 10m", SC_CHAT_COMMAND_TIMEOUT, "ada", 600, FALSE, NULL },
  { "/TimeOut ada 90 calm down", SC_CHAT_COMMAND_TIMEOUT, "ada", 90, FALSE, "calm down" },
  { "/timeout ada 2h", SC_CHAT_COMMAND_TIMEOUT, "ada", 7200, FALSE, NULL },
  { "/timeout ada 14d", SC_CHAT_COMMAND_TIMEOUT, "ada", 1209600, FALSE, NULL },
  { "/timeout ada 1h30m x", SC_CHAT_COMMAND_TIMEOUT, "ada", 5400, FALSE, "x" },
  { "/timeout ada spam", SC_CHAT_COMMAND_TIMEOUT, "ada", 600, FALSE, "spam" },
  { "/ban ada", SC_CHAT_COMMAND_BAN, "ada", 0, FALSE, NULL },
  { "/ban ada 3 strikes", SC_CHAT_COMMAND_BAN, "ada", 0, FALSE, "3 strikes" },
  { "/unban ada", SC_CHAT_COMMAND_UNBAN, "ada", 0, FALSE, NULL },
  { "/slow", SC_CHAT_COMMAND_SLOW, NULL, 30, TRUE, NULL },
  { "/slow 10", SC_CHAT_COMMAND_SLOW, NULL, 10, TRUE, NULL },
  { "/slow off", SC_CHAT_COMMAND_SLOW, NULL, 0, FALSE, NULL },
  { "/followers", SC_CHAT_COMMAND_FOLLOWERS, NULL, 0, TRUE, NULL },
  { "/followers OFF", SC_CHAT_COMMAND_FOLLOWERS, NULL, 0, FALSE, NULL },
  { "/readonly on", SC_CHAT_COMMAND_READ_ONLY, NULL, 0, TRUE, NULL },
  { "/emojionly", SC_CHAT_COMMAND_EMOJI_ONLY, NULL, 0, TRUE, NULL },
  { "/mod ada", SC_CHAT_COMMAND_MOD, "ada", 0, FALSE, NULL },
  { "/unmod ada", SC_CHAT_COMMAND_UNMOD, "ada", 0, FALSE, NULL },
  { "/block ada", SC_CHAT_COMMAND_BLOCK, "ada", 0, FALSE, NULL },
  { "/unblock ada", SC_CHAT_COMMAND_UNBLOCK, "ada", 0, FALSE, NULL },
};

static void
test_commands (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (understood); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ScChatCommand) command = NULL;
    sc_chat_command_parse (understood[i].text, SC_CHAT_STREAMER, &command, &error);
    g_assert_no_error (error);
    g_assert_cmpint (command->kind, ==, understood[i].kind);
    g_assert_cmpstr (command->name, ==, understood[i].name);
    g_assert_cmpuint (command->seconds, ==, understood[i].seconds);
    g_assert_cmpint (command->on, ==, understood[i].on);
    g_assert_cmpstr (command->text, ==, understood[i].words);
  }
}

static const struct {
  const char *text;
  ScChatRole role;
  ScChatCommandError error;
} mistyped[] = {
  { "/", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_UNKNOWN },
  { "/tmieout ada", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_UNKNOWN },
  { "/ ban ada", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_UNKNOWN },
  { "/ban", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_NO_NAME },
  { "/ban @", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_NO_NAME },
  { "/ban a!", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_BAD_NAME },
  { "/unban ada now", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_BAD_ARGUMENT },
  { "/timeout ada 59", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_BAD_DURATION },
  { "/timeout ada 15d", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_BAD_DURATION },
  { "/timeout ada 10x", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_BAD_DURATION },
  { "/timeout ada 99999999999999999999d", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_BAD_DURATION },
  { "/slow fast", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_BAD_ARGUMENT },
  { "/slow 601", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_BAD_ARGUMENT },
  { "/slow 10 off", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_BAD_ARGUMENT },
  { "/followers maybe", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_BAD_ARGUMENT },
  { "/help me", SC_CHAT_STREAMER, SC_CHAT_COMMAND_ERROR_BAD_ARGUMENT },
  { "/ban ada", SC_CHAT_VIEWER, SC_CHAT_COMMAND_ERROR_NOT_ALLOWED },
  { "/mod ada", SC_CHAT_MODERATOR, SC_CHAT_COMMAND_ERROR_NOT_ALLOWED },
};

static void
test_mistyped (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mistyped); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ScChatCommand) command = NULL;
    g_assert_false (sc_chat_command_parse (mistyped[i].text, mistyped[i].role, &command, &error));
    g_assert_null (command);
    g_assert_error (error, SC_CHAT_COMMAND_ERROR, (int) mistyped[i].error);
  }
}

static const struct {
  const char *text;
  ScChatRole role;
  const char *nearest;
} guesses[] = {
  { "/tmieout ada", SC_CHAT_MODERATOR, "/timeout" },
  { "/time", SC_CHAT_MODERATOR, "/timeout" },
  { "/bam ada", SC_CHAT_MODERATOR, "/ban" },
  { "/umban ada", SC_CHAT_MODERATOR, "/unban" },
  { "/Slwo", SC_CHAT_MODERATOR, "/slow" },
  { "/hlpe", SC_CHAT_GUEST, "/help" },
  { "/bam ada", SC_CHAT_VIEWER, NULL },
  { "/weather", SC_CHAT_STREAMER, NULL },
  { "/", SC_CHAT_STREAMER, NULL },
  { "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", SC_CHAT_STREAMER, NULL },
};

static void
test_nearest (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (guesses); i++) {
    const ScChatCommandInfo *info = sc_chat_command_find_nearest (guesses[i].text, guesses[i].role);
    g_assert_cmpstr (info ? info->word : NULL, ==, guesses[i].nearest);
  }
}

/* Each can be typed as help shows it, and none stands there twice. */
static void
test_table (void)
{
  guint n_commands;
  const ScChatCommandInfo *table = sc_chat_command_get_table (&n_commands);
  g_assert_cmpuint (n_commands, ==, SC_CHAT_COMMAND_UNBLOCK);
  for (guint i = 0; i < n_commands; i++) {
    g_assert_cmpint (table[i].word[0], ==, '/');
    g_assert_true (*table[i].description);
    for (guint j = 0; j < i; j++)
      g_assert_cmpint (table[i].kind, !=, table[j].kind);
  }
}

static void
test_durations (void)
{
  guint seconds = 7;
  g_assert_true (sc_chat_duration_parse ("3d", 1000000, &seconds));
  g_assert_cmpuint (seconds, ==, 3 * 24 * 3600);
  g_assert_true (sc_chat_duration_parse ("1W", 1000000, &seconds));
  g_assert_cmpuint (seconds, ==, 7 * 24 * 3600);
  static const char *const bad[] = { "",     "m",    "1y",      "-1",
                                     "1.5h", "1m m", "1000001", "18446744073709551617" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (sc_chat_duration_parse (bad[i], 1000000, &seconds));
  g_assert_cmpuint (seconds, ==, 7 * 24 * 3600);
}

static const struct {
  const char *text;
  const char *first; /* who is addressed first */
  gboolean me;
} addressed[] = {
  { "hi @mia", "@mia", TRUE },
  { "@MIA: look", "@MIA", TRUE },
  { "(@mia)", "@mia", TRUE },
  { "mia", NULL, FALSE },
  { "@miau @mia", "@miau", TRUE },
  { "write to ada@mia.example", NULL, FALSE },
  { "ä@mia", NULL, FALSE },
  { "@@mia", NULL, FALSE },
  { "@mi", NULL, FALSE },
  { "@-mia", NULL, FALSE },
  { "@ada-mia", "@ada-mia", FALSE },
  { "@", NULL, FALSE },
};

static void
test_mentions (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addressed); i++) {
    g_autoptr (GArray) mentions = sc_chat_mentions_find (addressed[i].text);
    g_autofree char *first = NULL;
    if (mentions->len > 0) {
      ScChatMention mention = g_array_index (mentions, ScChatMention, 0);
      first = g_strndup (addressed[i].text + mention.start, mention.end - mention.start);
    }
    g_assert_cmpstr (first, ==, addressed[i].first);
    g_assert_cmpint (sc_chat_mentions_include (addressed[i].text, "mia"), ==, addressed[i].me);
  }
  g_assert_false (sc_chat_mentions_include ("@", NULL));
  g_assert_false (sc_chat_mentions_include ("@", ""));
}

static void
assert_completed (ScChatNames *names, const char *prefix, guint max, const char *joined)
{
  g_auto (GStrv) found = sc_chat_names_complete (names, prefix, max);
  g_autofree char *text = g_strjoinv (" ", found);
  g_assert_cmpstr (text, ==, joined);
}

static void
test_names (void)
{
  g_autoptr (ScChatNames) names = sc_chat_names_new ();
  static const char *const spoke[] = { "ada", "Adam", "bob", "x y", "", "ADA" };
  for (guint i = 0; i < G_N_ELEMENTS (spoke); i++)
    sc_chat_names_note (names, spoke[i]);
  sc_chat_names_note (names, NULL);
  assert_completed (names, "", 10, "ada bob Adam");
  assert_completed (names, "@AD", 10, "ada Adam");
  assert_completed (names, "ad", 1, "ada");
  assert_completed (names, "z", 10, "");
  for (guint i = 0; i < SC_CHAT_NAMES_MAX; i++) {
    g_autofree char *name = g_strdup_printf ("viewer%u", i);
    sc_chat_names_note (names, name);
  }
  assert_completed (names, "ad", 10, "");
  assert_completed (names, "viewer49", 2, "viewer499 viewer498");
}

static const struct {
  const char *reason;
  ScChatRefusalCode code;
  guint seconds;
} reasons[] = {
  { "empty", SC_CHAT_REFUSAL_EMPTY, 0 },
  { "too_long", SC_CHAT_REFUSAL_TOO_LONG, 0 },
  { "control_character", SC_CHAT_REFUSAL_CONTROL_CHARACTER, 0 },
  { "term", SC_CHAT_REFUSAL_TERM, 0 },
  { "link", SC_CHAT_REFUSAL_LINK, 0 },
  { "repeat", SC_CHAT_REFUSAL_REPEAT, 0 },
  { "capitals", SC_CHAT_REFUSAL_CAPITALS, 0 },
  { "slow:17", SC_CHAT_REFUSAL_SLOW, 17 },
  { "slow:x", SC_CHAT_REFUSAL_SLOW, 0 },
  { "slow:99999999999", SC_CHAT_REFUSAL_SLOW, 0 },
  { "slow", SC_CHAT_REFUSAL_SLOW, 0 },
  { "followers_only", SC_CHAT_REFUSAL_FOLLOWERS_ONLY, 0 },
  { "read_only", SC_CHAT_REFUSAL_READ_ONLY, 0 },
  { "emoji_only", SC_CHAT_REFUSAL_EMOJI_ONLY, 0 },
  { "muted", SC_CHAT_REFUSAL_MUTED, 0 },
  { "held", SC_CHAT_REFUSAL_HELD, 0 },
  { "unavailable", SC_CHAT_REFUSAL_UNAVAILABLE, 0 },
  { "be nice", SC_CHAT_REFUSAL_OTHER, 0 },
  { "", SC_CHAT_REFUSAL_OTHER, 0 },
  { NULL, SC_CHAT_REFUSAL_OTHER, 0 },
};

static void
test_refusals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++) {
    ScChatRefusal refusal = sc_chat_refusal_parse (reasons[i].reason);
    g_assert_cmpint (refusal.code, ==, reasons[i].code);
    g_assert_cmpuint (refusal.seconds, ==, reasons[i].seconds);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/typing/commands", test_commands);
  g_test_add_func ("/typing/mistyped", test_mistyped);
  g_test_add_func ("/typing/nearest", test_nearest);
  g_test_add_func ("/typing/table", test_table);
  g_test_add_func ("/typing/durations", test_durations);
  g_test_add_func ("/typing/mentions", test_mentions);
  g_test_add_func ("/typing/names", test_names);
  g_test_add_func ("/typing/refusals", test_refusals);
  return g_test_run ();
}
