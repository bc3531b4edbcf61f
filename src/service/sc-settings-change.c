/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What somebody changed of settings, for the audit. Pure functions. */

#include "config.h"

#include "sc-settings-change.h"

#include "sc-json.h"

static gboolean
has_string (JsonArray *array, const char *text)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (g_str_equal (json_array_get_string_element (array, i), text))
      return TRUE;
  return FALSE;
}

/* Names the first that are in @array and not in @other, and says how many there are. */
static guint
add_missing (JsonObject *change, const char *member, JsonArray *array, JsonArray *other)
{
  guint count = 0;
  JsonArray *named = json_array_new ();
  for (guint i = 0; i < json_array_get_length (array); i++) {
    const char *text = json_array_get_string_element (array, i);
    if (has_string (other, text))
      continue;
    if (count++ < SC_SETTINGS_CHANGE_NAMED)
      json_array_add_string_element (named, text);
  }
  JsonObject *part = json_object_new ();
  json_object_set_int_member (part, "count", count);
  json_object_set_array_member (part, "first", named);
  json_object_set_object_member (change, member, part);
  return count;
}

static void
add_list (JsonObject *changes, const char *member, JsonArray *before, JsonArray *after)
{
  g_autoptr (JsonObject) change = json_object_new ();
  guint added = add_missing (change, "added", after, before);
  guint removed = add_missing (change, "removed", before, after);
  if (added + removed > 0)
    json_object_set_object_member (changes, member, g_steal_pointer (&change));
}

static void
add_object (JsonObject *changes, const char *member, JsonObject *before, JsonObject *after)
{
  g_autoptr (JsonObject) change = sc_settings_change_describe (before, after);
  if (json_object_get_size (change) > 0)
    json_object_set_object_member (changes, member, g_steal_pointer (&change));
}

/**
 * sc_settings_change_describe:
 * @before: settings
 * @after: settings with the same members, whose lists are of strings
 *
 * Returns: (transfer full): of what changed, the new value; of a list, {added, removed}, each of
 * {count, first}; empty if nothing did
 */
JsonObject *
sc_settings_change_describe (JsonObject *before, JsonObject *after)
{
  JsonObject *changes = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (after);
  for (GList *item = members; item; item = item->next) {
    const char *member = item->data;
    JsonNode *old = json_object_get_member (before, member);
    JsonNode *new = json_object_get_member (after, member);
    if (JSON_NODE_HOLDS_OBJECT (new))
      add_object (changes, member, json_node_get_object (old), json_node_get_object (new));
    else if (JSON_NODE_HOLDS_ARRAY (new))
      add_list (changes, member, json_node_get_array (old), json_node_get_array (new));
    else if (!json_node_equal (old, new))
      json_object_set_member (changes, member, json_node_copy (new));
  }
  return changes;
}
