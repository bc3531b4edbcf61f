/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The bus: who gets which event, and what it looks like. */

#include "config.h"

#include "sc-event-bus.h"
#include "sc-event-pattern.h"
#include "sc-json.h"

#include <string.h>

#define CHANNEL "arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh"

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  JsonObject *object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  return object;
}

static const char event_text[] =
  "{\"source\":\"aws.ivs\",\"detail-type\":\"IVS Stream State Change\",\"resources\":[\"a\",\"b\"],"
  "\"detail\":{\"event_name\":\"Stream Start\",\"n\":1,\"flag\":true,\"none\":null,"
  "\"deep\":{\"x\":\"y\"}}}";

static const struct {
  const char *pattern;
  gboolean matches;
} patterns[] = {
  { "{\"source\":[\"aws.ivs\"]}", TRUE },
  { "{\"source\":[\"aws.ivs\",\"aws.s3\"]}", TRUE },
  { "{\"source\":[\"aws.s3\"]}", FALSE },
  { "{\"source\":[\"aws.iv\"]}", FALSE },
  { "{\"source\":[\"AWS.IVS\"]}", FALSE },
  { "{\"absent\":[\"x\"]}", FALSE },
  { "{\"absent\":[null]}", FALSE },
  { "{\"source\":[\"aws.ivs\"],\"detail-type\":[\"IVS Stream Health Change\"]}", FALSE },
  { "{\"resources\":[\"b\"]}", TRUE },
  { "{\"resources\":[\"c\"]}", FALSE },
  { "{\"detail\":{\"event_name\":[\"Stream Start\",\"Stream End\"]}}", TRUE },
  { "{\"detail\":{\"event_name\":[\"Stream End\"]}}", FALSE },
  { "{\"detail\":{\"n\":[1]}}", TRUE },
  { "{\"detail\":{\"n\":[\"1\"]}}", FALSE },
  { "{\"detail\":{\"flag\":[true],\"none\":[null]}}", TRUE },
  { "{\"detail\":{\"deep\":{\"x\":[\"y\"]}}}", TRUE },
  { "{\"detail\":{\"deep\":[\"y\"]}}", FALSE },
  { "{\"source\":{\"x\":[\"y\"]}}", FALSE },
};

static void
test_patterns (void)
{
  g_autoptr (JsonObject) event = parse (event_text);
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++) {
    g_autoptr (JsonObject) pattern = parse (patterns[i].pattern);
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", patterns[i].pattern);
    g_assert_true (sc_event_pattern_check (pattern, &error));
    g_assert_no_error (error);
    g_assert_cmpint (sc_event_pattern_matches (pattern, event), ==, patterns[i].matches);
  }
}

static void
test_refuses_patterns (void)
{
  static const char *const refused[] = {
    "{}",
    "{\"source\":\"aws.ivs\"}",
    "{\"source\":[]}",
    "{\"source\":[{\"prefix\":\"aws\"}]}",
    "{\"source\":[[\"x\"]]}",
    "{\"source\":null}",
    "{\"detail\":{\"event_name\":\"x\"}}",
    "{\"detail\":{}}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (JsonObject) pattern = parse (refused[i]);
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", refused[i]);
    g_assert_false (sc_event_pattern_check (pattern, &error));
    g_assert_error (error, SC_EVENT_ERROR, SC_EVENT_ERROR_PATTERN);
  }
}

static const struct {
  const char *schedule;
  guint seconds;
} schedules[] = {
  { "rate(1 minute)", 60 },
  { "rate(5 minutes)", 300 },
  { "rate(2 hours)", 7200 },
  { "rate(1 day)", 86400 },
  { "rate(1 minutes)", 0 },
  { "rate(5 minute)", 0 },
  { "rate(0 minutes)", 0 },
  { "rate(-1 minute)", 0 },
  { "rate(1 second)", 0 },
  { "rate(1 minute", 0 },
  { "rate(1  minute)", 0 },
  { "rate(1 minute) ", 0 },
  { "cron(0 * * * ? *)", 0 },
  { "", 0 },
  { "rate(99999999999999999999 minutes)", 0 },
};

static void
test_schedules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (schedules); i++) {
    guint seconds = 0;
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", schedules[i].schedule);
    gboolean good = sc_event_schedule_parse (schedules[i].schedule, &seconds, &error);
    g_assert_cmpint (good, ==, schedules[i].seconds > 0);
    g_assert_cmpuint (seconds, ==, schedules[i].seconds);
    if (!good)
      g_assert_error (error, SC_EVENT_ERROR, SC_EVENT_ERROR_SCHEDULE);
  }
}

static void
on_target_event (const char *arn, GBytes *event, gpointer user_data)
{
  GPtrArray *got = user_data;
  g_autoptr (GError) error = NULL;
  JsonObject *object = sc_json_parse (event, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  json_object_set_string_member (object, "test-target", arn);
  g_ptr_array_add (got, object);
}

static ScEventBus *
new_bus (GPtrArray *got)
{
  static const char *const targets[] = { "f1", "f2", NULL };
  g_autoptr (JsonObject) pattern =
    parse ("{\"source\":[\"aws.ivs\"],\"detail-type\":[\"IVS Stream State Change\"]}");
  ScEventBus *bus = sc_event_bus_new ("123456789012", "us-west-2", on_target_event, got);
  const ScEventRule rule = { .arn = "rule", .pattern = pattern, .targets = targets };
  g_autoptr (GError) error = NULL;
  g_assert_true (sc_event_bus_add_rule (bus, &rule, &error));
  return bus;
}

static void
test_envelope (void)
{
  g_autoptr (GPtrArray) got = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (ScEventBus) bus = new_bus (got);
  g_autoptr (JsonObject) detail = parse ("{\"event_name\":\"Stream Start\"}");
  const ScEvent event = { "aws.ivs", "IVS Stream State Change", CHANNEL, detail };
  g_autofree char *id = sc_event_bus_put (bus, &event);

  g_assert_cmpuint (got->len, ==, 2);
  JsonObject *first = g_ptr_array_index (got, 0), *second = g_ptr_array_index (got, 1);
  g_assert_cmpstr (json_object_get_string_member (first, "test-target"), ==, "f1");
  g_assert_cmpstr (json_object_get_string_member (second, "test-target"), ==, "f2");
  g_assert_cmpstr (json_object_get_string_member (first, "id"), ==, id);
  g_assert_true (g_uuid_string_is_valid (id));
  g_assert_cmpstr (json_object_get_string_member (first, "version"), ==, "0");
  g_assert_cmpstr (json_object_get_string_member (first, "account"), ==, "123456789012");
  g_assert_cmpstr (json_object_get_string_member (first, "region"), ==, "us-west-2");
  g_assert_true (g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$",
                                       json_object_get_string_member (first, "time"),
                                       0,
                                       0));
  JsonArray *resources = json_object_get_array_member (first, "resources");
  g_assert_cmpuint (json_array_get_length (resources), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (resources, 0), ==, CHANNEL);
}

static void
test_no_rule_no_target (void)
{
  g_autoptr (GPtrArray) got = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (ScEventBus) bus = new_bus (got);
  g_autoptr (JsonObject) detail = json_object_new ();
  const ScEvent event = { "aws.ivs", "IVS Stream Health Change", CHANNEL, detail };
  g_autofree char *id = sc_event_bus_put (bus, &event);
  g_assert_nonnull (id);
  g_assert_cmpuint (got->len, ==, 0);
}

static void
test_rule_needs_pattern_or_schedule (void)
{
  static const char *const targets[] = { "f1", NULL };
  g_autoptr (GPtrArray) got = g_ptr_array_new ();
  g_autoptr (ScEventBus) bus = sc_event_bus_new ("1", "r", on_target_event, got);
  const ScEventRule rules[] = {
    { .arn = "neither", .targets = targets },
    { .arn = "cron", .schedule = "cron(x)", .targets = targets },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (sc_event_bus_add_rule (bus, &rules[i], &error));
    g_assert_true (error && error->domain == SC_EVENT_ERROR);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event-bus/patterns", test_patterns);
  g_test_add_func ("/event-bus/refuses-patterns", test_refuses_patterns);
  g_test_add_func ("/event-bus/schedules", test_schedules);
  g_test_add_func ("/event-bus/envelope", test_envelope);
  g_test_add_func ("/event-bus/no-rule-no-target", test_no_rule_no_target);
  g_test_add_func ("/event-bus/rule-needs-pattern-or-schedule",
                   test_rule_needs_pattern_or_schedule);
  return g_test_run ();
}
