/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Rules objects: what the backend writes is read, and nothing else is. */

#include "config.h"

#include "sc-error.h"
#include "sc-review-rules.h"

#include <string.h>

static ScReviewRules *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return sc_review_rules_parse (bytes, error);
}

static void
test_whole (void)
{
  static const char text[] =
    "{\"version\":7,\"written_at\":\"2026-11-26T04:00:00.000000Z\","
    "\"modes\":{\"slow_seconds\":30,\"followers_only\":true,\"read_only\":false,\"emoji_only\":"
    "true},"
    "\"rules\":{\"terms\":\"refuse\",\"links\":\"off\",\"repeats\":\"hold\",\"capitals\":\"mask\"},"
    "\"languages\":[\"en\",\"de\"],\"terms\":[\"blorg\",\"gr\xc3\xbcnzel\"],"
    "\"allowed_links\":[\"https://example.org/\",\"\",\"Example.org\"],"
    "\"muted\":[{\"user_id\":\"ada\",\"until\":null},"
    "{\"user_id\":\"bob\",\"until\":\"2026-11-26T05:00:00.000000Z\"}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (ScReviewRules) rules = parse (text, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rules->slow_seconds, ==, 30);
  g_assert_true (rules->followers_only);
  g_assert_false (rules->read_only);
  g_assert_true (rules->emoji_only);
  g_assert_cmpint (rules->actions[SC_RULE_TERMS], ==, SC_RULE_REFUSE);
  g_assert_cmpint (rules->actions[SC_RULE_LINKS], ==, SC_RULE_OFF);
  g_assert_cmpint (rules->actions[SC_RULE_REPEATS], ==, SC_RULE_HOLD);
  g_assert_cmpint (rules->actions[SC_RULE_CAPITALS], ==, SC_RULE_MASK);
  g_assert_cmpstr (rules->languages[1], ==, "de");
  g_assert_cmpuint (sc_term_list_get_length (rules->terms), ==, 3);
  g_assert_cmpstr (rules->allowed_links[0], ==, "example.org");
  g_assert_cmpuint (g_strv_length (rules->allowed_links), ==, 1);

  gint64 five = G_GINT64_CONSTANT (1795669200) * G_USEC_PER_SEC; /* 2026-11-26T05:00:00Z */
  g_assert_true (sc_review_rules_is_muted (rules, "ada", five * 2));
  g_assert_true (sc_review_rules_is_muted (rules, "bob", five - 1));
  g_assert_false (sc_review_rules_is_muted (rules, "bob", five));
  g_assert_false (sc_review_rules_is_muted (rules, "eve", 1));
}

static void
test_defaults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScReviewRules) rules = parse ("{\"modes\":{},\"rules\":{},\"new\":1}", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rules->slow_seconds, ==, 0);
  g_assert_false (rules->followers_only || rules->read_only || rules->emoji_only);
  g_assert_cmpint (rules->actions[SC_RULE_TERMS], ==, SC_RULE_MASK);
  g_assert_cmpint (rules->actions[SC_RULE_LINKS], ==, SC_RULE_HOLD);
  g_assert_cmpint (rules->actions[SC_RULE_REPEATS], ==, SC_RULE_REFUSE);
  g_assert_cmpint (rules->actions[SC_RULE_CAPITALS], ==, SC_RULE_OFF);
  g_assert_cmpuint (g_strv_length (rules->languages), ==, 0);
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    "[]",
    "{}",
    "{\"modes\":{}}",
    "{\"rules\":{}}",
    "{\"modes\":[],\"rules\":{}}",
    "{\"modes\":{\"slow_seconds\":-1},\"rules\":{}}",
    "{\"modes\":{\"slow_seconds\":3601},\"rules\":{}}",
    "{\"modes\":{\"slow_seconds\":\"1\"},\"rules\":{}}",
    "{\"modes\":{\"read_only\":\"1\"},\"rules\":{}}",
    "{\"modes\":{\"followers_only\":1},\"rules\":{}}",
    "{\"modes\":{\"emoji_only\":null},\"rules\":{}}",
    "{\"modes\":{},\"rules\":{\"terms\":\"delete\"}}",
    "{\"modes\":{},\"rules\":{\"links\":true}}",
    "{\"modes\":{},\"rules\":{},\"languages\":\"en\"}",
    "{\"modes\":{},\"rules\":{},\"languages\":[1]}",
    "{\"modes\":{},\"rules\":{},\"languages\":[\"a language\"]}",
    "{\"modes\":{},\"rules\":{},\"terms\":{}}",
    "{\"modes\":{},\"rules\":{},\"terms\":[null]}",
    "{\"modes\":{},\"rules\":{},\"allowed_links\":[1]}",
    "{\"modes\":{},\"rules\":{},\"muted\":[{}]}",
    "{\"modes\":{},\"rules\":{},\"muted\":[\"ada\"]}",
    "{\"modes\":{},\"rules\":{},\"muted\":[{\"user_id\":\"\"}]}",
    "{\"modes\":{},\"rules\":{},\"muted\":[{\"user_id\":\"ada\",\"until\":\"soon\"}]}",
    "{\"modes\":{},\"rules\":{},\"muted\":[{\"user_id\":\"ada\",\"until\":1}]}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", texts[i]);
    g_assert_null (parse (texts[i], &error));
    g_assert_true (error && error->domain == SC_DATA_ERROR);
  }
}

static char *
make_long (const char *member, const char *element, guint count)
{
  GString *text = g_string_new ("{\"modes\":{},\"rules\":{},\"");
  g_string_append_printf (text, "%s\":[", member);
  for (guint i = 0; i < count; i++)
    g_string_append_printf (text, "%s%s", i ? "," : "", element);
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

/* Each bound is reached and not passed. */
static void
test_bounds (void)
{
  static const struct {
    const char *member;
    const char *element;
    guint most;
  } rows[] = {
    { "terms", "\"blorg\"", SC_REVIEW_RULES_MAX_TERMS },
    { "allowed_links", "\"example.org\"", SC_REVIEW_RULES_MAX_LINKS },
    { "muted",
      "{\"user_id\":\"7c7b3a52-6d0b-4f55-a5ff-2c1a7d9f0e11\"}",
      SC_REVIEW_RULES_MAX_MUTED },
    { "languages", "\"en\"", 10 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *most = make_long (rows[i].member, rows[i].element, rows[i].most);
    g_autofree char *more = make_long (rows[i].member, rows[i].element, rows[i].most + 1);
    g_autoptr (GError) error = NULL;
    g_autoptr (ScReviewRules) rules = parse (most, &error);
    g_assert_no_error (error);
    g_assert_null (parse (more, &error));
    g_assert_error (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE);
  }
  g_autofree char *huge = make_long ("unknown", "\"xxxxxxxxxxxxxxxx\"", 20000);
  g_autoptr (GError) error = NULL;
  g_assert_null (parse (huge, &error));
  g_assert_error (error, SC_DATA_ERROR, SC_DATA_ERROR_TOO_LARGE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moderation/rules/whole", test_whole);
  g_test_add_func ("/moderation/rules/defaults", test_defaults);
  g_test_add_func ("/moderation/rules/refused", test_refused);
  g_test_add_func ("/moderation/rules/bounds", test_bounds);
  return g_test_run ();
}
