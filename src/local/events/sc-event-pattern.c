/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Amazon EventBridge's event patterns, of which the exact values: every member of the pattern must
 * be in the event, a list names the values that match, an object goes one level down. */

#include "config.h"

#include "sc-event-pattern.h"

G_DEFINE_QUARK (sc-event-error-quark, sc_event_error)

/* Filters as {"prefix": "x"} and anything but a value, a list of values, or an object are refused:
 * a rule that silently never matches would be worse. */
static gboolean
check_member (const char *name, JsonNode *node, GError **error)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return sc_event_pattern_check (json_node_get_object (node), error);
  JsonArray *values = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gboolean good = values && json_array_get_length (values) > 0;
  for (guint i = 0; good && i < json_array_get_length (values); i++) {
    JsonNode *value = json_array_get_element (values, i);
    good = JSON_NODE_HOLDS_VALUE (value) || JSON_NODE_HOLDS_NULL (value);
  }
  if (!good)
    g_set_error (error,
                 SC_EVENT_ERROR,
                 SC_EVENT_ERROR_PATTERN,
                 "The pattern's “%s” is neither a list of values nor an object",
                 name);
  return good;
}

/**
 * sc_event_pattern_check:
 * @pattern: a rule's EventPattern
 * @error: %SC_EVENT_ERROR_PATTERN
 *
 * Returns: %TRUE if sc_event_pattern_matches() understands all of it
 */
gboolean
sc_event_pattern_check (JsonObject *pattern, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  json_object_iter_init (&iter, pattern);
  while (json_object_iter_next (&iter, &name, &node)) {
    if (!check_member (name, node, error))
      return FALSE;
  }
  if (json_object_get_size (pattern) > 0)
    return TRUE;
  g_set_error_literal (error, SC_EVENT_ERROR, SC_EVENT_ERROR_PATTERN, "An empty pattern");
  return FALSE;
}

static gboolean
has_value (JsonArray *values, JsonNode *value)
{
  for (guint i = 0; i < json_array_get_length (values); i++) {
    if (json_node_equal (json_array_get_element (values, i), value))
      return TRUE;
  }
  return FALSE;
}

/* A list in the event matches where one of its members does. */
static gboolean
matches_values (JsonArray *values, JsonNode *node)
{
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return has_value (values, node);
  JsonArray *array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (has_value (values, json_array_get_element (array, i)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
matches_member (JsonNode *wanted, JsonNode *node)
{
  if (!node)
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (wanted))
    return matches_values (json_node_get_array (wanted), node);
  return JSON_NODE_HOLDS_OBJECT (node) &&
         sc_event_pattern_matches (json_node_get_object (wanted), json_node_get_object (node));
}

/**
 * sc_event_pattern_matches:
 * @pattern: a pattern that sc_event_pattern_check() took
 * @event: an event's envelope
 *
 * Returns: %TRUE if the event is one that the pattern asks for
 */
gboolean
sc_event_pattern_matches (JsonObject *pattern, JsonObject *event)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *wanted;
  json_object_iter_init (&iter, pattern);
  while (json_object_iter_next (&iter, &name, &wanted)) {
    if (!matches_member (wanted, json_object_get_member (event, name)))
      return FALSE;
  }
  return TRUE;
}
