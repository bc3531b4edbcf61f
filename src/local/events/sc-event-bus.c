/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The local cloud's Amazon EventBridge: the default bus, its rules and their schedules. Delivery is
 * the targets' business: the bus hands each a copy and forgets the event. Main thread. */

#include "config.h"

#include "sc-event-bus.h"

#include "sc-event-pattern.h"
#include "sc-json.h"

#include <string.h>

typedef struct {
  ScEventBus *bus;
  char *arn;
  JsonObject *pattern;
  guint seconds; /* of the schedule, 0 for none */
  GStrv targets;
  guint source;
} Rule;

struct _ScEventBus {
  char *account;
  char *region;
  ScEventTarget target;
  gpointer user_data;
  GPtrArray *rules;
};

static void
free_rule (Rule *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->pattern, json_object_unref);
  g_strfreev (self->targets);
  g_free (self->arn);
  g_free (self);
}

/**
 * sc_event_schedule_parse:
 * @schedule: a ScheduleExpression, of which "rate(VALUE UNIT)" is known
 * @ret_seconds: (out): the time between two events; untouched on failure
 * @error: %SC_EVENT_ERROR_SCHEDULE
 *
 * Amazon EventBridge wants the singular after 1 and the plural after any other number.
 *
 * Returns: %TRUE if @schedule is a rate
 */
gboolean
sc_event_schedule_parse (const char *schedule, guint *ret_seconds, GError **error)
{
  static const struct {
    const char *one;
    const char *many;
    guint seconds;
  } units[] = {
    { " minute)", " minutes)", 60 },
    { " hour)", " hours)", 60 * 60 },
    { " day)", " days)", 24 * 60 * 60 },
  };
  guint64 value = 0;
  char *unit = NULL;
  if (g_str_has_prefix (schedule, "rate(") && g_ascii_isdigit (schedule[5]))
    value = g_ascii_strtoull (schedule + 5, &unit, 10);
  for (guint i = 0; value > 0 && value <= 10000 && i < G_N_ELEMENTS (units); i++) {
    if (g_str_equal (unit, value == 1 ? units[i].one : units[i].many)) {
      *ret_seconds = (guint) value * units[i].seconds;
      return TRUE;
    }
  }
  g_set_error (error,
               SC_EVENT_ERROR,
               SC_EVENT_ERROR_SCHEDULE,
               "“%s” is no rate as “rate(5 minutes)”",
               schedule);
  return FALSE;
}

/* The envelope of Amazon EventBridge around what happened; times are whole seconds there. */
static JsonObject *
make_envelope (ScEventBus *self, const ScEvent *event)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *id = g_uuid_string_random ();
  JsonArray *resources = json_array_new ();
  if (event->resource)
    json_array_add_string_element (resources, event->resource);

  JsonObject *envelope = json_object_new ();
  json_object_set_string_member (envelope, "version", "0");
  json_object_set_string_member (envelope, "id", id);
  json_object_set_string_member (envelope, "detail-type", event->detail_type);
  json_object_set_string_member (envelope, "source", event->source);
  json_object_set_string_member (envelope, "account", self->account);
  json_object_set_string_member (envelope, "time", time);
  json_object_set_string_member (envelope, "region", self->region);
  json_object_set_array_member (envelope, "resources", resources);
  json_object_set_object_member (envelope, "detail", json_object_ref (event->detail));
  return envelope;
}

static void
deliver (const Rule *rule, JsonObject *envelope)
{
  g_autoptr (GBytes) bytes = sc_json_to_bytes (envelope);
  for (guint i = 0; rule->targets[i]; i++)
    rule->bus->target (rule->targets[i], bytes, rule->bus->user_data);
}

static gboolean
on_schedule_due (gpointer user_data)
{
  Rule *rule = user_data;
  g_autoptr (JsonObject) detail = json_object_new ();
  const ScEvent event = { "aws.events", "Scheduled Event", rule->arn, detail };
  g_autoptr (JsonObject) envelope = make_envelope (rule->bus, &event);
  deliver (rule, envelope);
  return G_SOURCE_CONTINUE;
}

/**
 * sc_event_bus_new:
 * @account: the account of the events
 * @region: their region
 * @target: called with each event that a rule took, once for each of its targets
 * @user_data: for @target
 *
 * Returns: (transfer full): a bus without rules
 */
ScEventBus *
sc_event_bus_new (const char *account, const char *region, ScEventTarget target, gpointer user_data)
{
  ScEventBus *self = g_new0 (ScEventBus, 1);
  self->account = g_strdup (account);
  self->region = g_strdup (region);
  self->target = target;
  self->user_data = user_data;
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) free_rule);
  return self;
}

/**
 * sc_event_bus_free:
 * @self: (nullable): a bus
 */
void
sc_event_bus_free (ScEventBus *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->rules);
  g_free (self->account);
  g_free (self->region);
  g_free (self);
}

/**
 * sc_event_bus_add_rule:
 * @self: a bus
 * @rule: a rule
 * @error: an error of %SC_EVENT_ERROR
 *
 * Returns: %TRUE if the rule is one that the local cloud understands
 */
gboolean
sc_event_bus_add_rule (ScEventBus *self, const ScEventRule *rule, GError **error)
{
  guint seconds = 0;
  if (!rule->pattern && !rule->schedule) {
    g_set_error_literal (error,
                         SC_EVENT_ERROR,
                         SC_EVENT_ERROR_PATTERN,
                         "A rule without pattern and schedule");
    return FALSE;
  }
  if (rule->pattern && !sc_event_pattern_check (rule->pattern, error))
    return FALSE;
  if (rule->schedule && !sc_event_schedule_parse (rule->schedule, &seconds, error))
    return FALSE;

  Rule *own = g_new0 (Rule, 1);
  own->bus = self;
  own->arn = g_strdup (rule->arn);
  own->pattern = rule->pattern ? json_object_ref (rule->pattern) : NULL;
  own->seconds = seconds;
  own->targets = g_strdupv ((GStrv) rule->targets);
  g_ptr_array_add (self->rules, own);
  return TRUE;
}

/**
 * sc_event_bus_start:
 * @self: a bus
 *
 * Starts the schedules; the first event of each comes after one whole interval, as on AWS.
 */
void
sc_event_bus_start (ScEventBus *self)
{
  for (guint i = 0; i < self->rules->len; i++) {
    Rule *rule = g_ptr_array_index (self->rules, i);
    if (rule->seconds > 0 && rule->source == 0)
      rule->source = g_timeout_add_seconds (rule->seconds, on_schedule_due, rule);
  }
}

/**
 * sc_event_bus_put:
 * @self: a bus
 * @event: what happened
 *
 * Puts an event on the bus, with an id of its own and the present time.
 *
 * Returns: (transfer full): the event's id
 */
char *
sc_event_bus_put (ScEventBus *self, const ScEvent *event)
{
  g_autoptr (JsonObject) envelope = make_envelope (self, event);
  sc_event_bus_put_raw (self, envelope);
  return g_strdup (json_object_get_string_member (envelope, "id"));
}

/**
 * sc_event_bus_put_raw:
 * @self: a bus
 * @event: a whole envelope: an event that comes a second time, or late
 *
 * Puts an event on the bus as it is.
 *
 * Returns: how many rules took it
 */
guint
sc_event_bus_put_raw (ScEventBus *self, JsonObject *event)
{
  guint taken = 0;
  for (guint i = 0; i < self->rules->len; i++) {
    const Rule *rule = g_ptr_array_index (self->rules, i);
    if (!rule->pattern || !sc_event_pattern_matches (rule->pattern, event))
      continue;
    deliver (rule, event);
    taken++;
  }
  return taken;
}
