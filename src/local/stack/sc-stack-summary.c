/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the local cloud says of the template when it starts. */

#include "config.h"

#include "sc-stack-private.h"

#include <string.h>

/* Counts what is only checked, by topic; returns how many that are. */
static guint
count_topics (ScStack *self, GTree *topics)
{
  guint count = 0;
  JsonObjectIter iter;
  JsonNode *node;
  json_object_iter_init (&iter, self->records);
  while (json_object_iter_next (&iter, NULL, &node)) {
    const char *name = json_object_get_string_member (json_node_get_object (node), "type");
    const char *topic = sc_resource_type_find (name)->topic;
    if (!topic)
      continue;
    guint before = GPOINTER_TO_UINT (g_tree_lookup (topics, topic));
    g_tree_insert (topics, (gpointer) topic, GUINT_TO_POINTER (before + 1));
    count++;
  }
  return count;
}

static gboolean
append_topic (gpointer topic, gpointer count, gpointer user_data)
{
  GString *text = user_data;
  const char *comma = text->len > 0 ? ", " : "";
  g_string_append_printf (text, "%s%s (%u)", comma, (const char *) topic, GPOINTER_TO_UINT (count));
  return FALSE;
}

/**
 * sc_stack_dup_summary:
 * @self: a stack
 *
 * Returns: (transfer full): three lines about what of the template works on this machine and what
 *   was only checked
 */
char *
sc_stack_dup_summary (ScStack *self)
{
  g_autoptr (GTree) topics = g_tree_new ((GCompareFunc) strcmp);
  g_autoptr (GString) list = g_string_new (NULL);
  guint checked = count_topics (self, topics);
  g_tree_foreach (topics, append_topic, list);
  return g_strdup_printf ("template: %u of its resources work on this machine\n"
                          "template: %u are checked and mean nothing here: %s\n"
                          "template: %u are left out by its conditions",
                          json_object_get_size (self->records) - checked,
                          checked,
                          list->str,
                          self->left_out);
}
