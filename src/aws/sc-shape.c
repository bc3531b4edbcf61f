/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-shape.h"

#include "sc-error.h"
#include "sc-json.h"
#include "sc-time.h"

#include <string.h>

/* Longer than any string that the models of Amazon IVS allow (a review handler's ARN has 170, a
 * chat token is not a member of any shape here). */
#define MAX_STRING 4096

#define MEMBER(type, self, member) (*(type *) ((char *) (self) + (member)->offset))
#define CONST_MEMBER(type, self, member)                                                           \
  (*(type const *) ((const char *) (self) + (member)->offset))

/* Walks to the object that holds the last name of a path; with @make, makes what is missing. */
static JsonObject *
find_parent (JsonObject *object, const char *path, gboolean make, const char **ret_name)
{
  const char *dot;
  while (object && (dot = strchr (path, '.'))) {
    g_autofree char *name = g_strndup (path, (gsize) (dot - path));
    JsonObject *child = sc_json_get_object_or_null (object, name);
    if (!child && make) {
      child = json_object_new ();
      json_object_set_object_member (object, name, child);
    }
    object = child;
    path = dot + 1;
  }
  *ret_name = path;
  return object;
}

static JsonObject *
tags_to_json (GHashTable *tags)
{
  JsonObject *object = json_object_new ();
  GHashTableIter iter;
  gpointer key, value;
  if (tags)
    g_hash_table_iter_init (&iter, tags);
  while (tags && g_hash_table_iter_next (&iter, &key, &value))
    json_object_set_string_member (object, key, value);
  return object;
}

static JsonArray *
strings_to_json (const char *const *strings)
{
  JsonArray *array = json_array_new ();
  for (gsize i = 0; strings[i]; i++)
    json_array_add_string_element (array, strings[i]);
  return array;
}

static gboolean
is_absent (const ScShapeMember *member, gconstpointer self)
{
  switch (member->kind) {
  case SC_SHAPE_STRING:
  case SC_SHAPE_STRINGS:
    return !CONST_MEMBER (gpointer, self, member);
  case SC_SHAPE_INTEGER:
  case SC_SHAPE_TIME:
    return CONST_MEMBER (gint64, self, member) == 0;
  case SC_SHAPE_BOOLEAN:
  case SC_SHAPE_COUNT:
  case SC_SHAPE_TAGS:
  default:
    return FALSE;
  }
}

static void
write_member (const ScShapeMember *member, gconstpointer self, JsonObject *root)
{
  const char *name;
  JsonObject *object = find_parent (root, member->path, TRUE, &name);
  switch (member->kind) {
  case SC_SHAPE_STRING:
    json_object_set_string_member (object, name, CONST_MEMBER (char *, self, member));
    break;
  case SC_SHAPE_BOOLEAN:
    json_object_set_boolean_member (object, name, CONST_MEMBER (gboolean, self, member));
    break;
  case SC_SHAPE_INTEGER:
  case SC_SHAPE_COUNT:
    json_object_set_int_member (object, name, CONST_MEMBER (gint64, self, member));
    break;
  case SC_SHAPE_TIME: {
    g_autofree char *text = sc_time_to_string (CONST_MEMBER (gint64, self, member));
    json_object_set_string_member (object, name, text);
    break;
  }
  case SC_SHAPE_TAGS: {
    GHashTable *tags = CONST_MEMBER (GHashTable *, self, member);
    json_object_set_object_member (object, name, tags_to_json (tags));
    break;
  }
  case SC_SHAPE_STRINGS: {
    const char *const *strings = CONST_MEMBER (const char *const *, self, member);
    json_object_set_array_member (object, name, strings_to_json (strings));
    break;
  }
  default:
    g_assert_not_reached ();
  }
}

static gboolean
read_string (JsonObject *object, const char *name, char **ret_value, GError **error)
{
  const char *value = sc_json_get_string (object, name, MAX_STRING, error);
  if (!value)
    return FALSE;
  g_set_str (ret_value, value);
  return TRUE;
}

static gboolean
read_boolean (JsonObject *object, const char *name, gboolean *ret_value, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN) {
    g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_TYPE, "“%s” is not a boolean", name);
    return FALSE;
  }
  *ret_value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_time (JsonObject *object, const char *name, gint64 *ret_value, GError **error)
{
  const char *text = sc_json_get_string (object, name, MAX_STRING, error);
  return text && sc_time_from_string (text, ret_value, error);
}

static gboolean
read_tags (JsonObject *object, const char *name, GHashTable **ret_tags, GError **error)
{
  JsonObject *tags = sc_json_get_object (object, name, error);
  if (!tags)
    return FALSE;
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) keys = json_object_get_members (tags);
  for (GList *item = keys; item; item = item->next) {
    const char *value = sc_json_get_string (tags, item->data, MAX_STRING, error);
    if (!value)
      return FALSE;
    g_hash_table_insert (table, g_strdup (item->data), g_strdup (value));
  }
  g_clear_pointer (ret_tags, g_hash_table_unref);
  *ret_tags = g_steal_pointer (&table);
  return TRUE;
}

static gboolean
read_strings (JsonObject *object, const char *name, char ***ret_strings, GError **error)
{
  JsonArray *array = sc_json_get_array (object, name, error);
  if (!array)
    return FALSE;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    if (json_node_get_value_type (node) != G_TYPE_STRING) {
      g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_TYPE, "“%s” holds no strings", name);
      return FALSE;
    }
    g_strv_builder_add (builder, json_node_get_string (node));
  }
  g_strfreev (*ret_strings);
  *ret_strings = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_value (const ScShapeMember *member,
            gpointer self,
            JsonObject *object,
            const char *name,
            GError **error)
{
  switch (member->kind) {
  case SC_SHAPE_STRING:
    return read_string (object, name, &MEMBER (char *, self, member), error);
  case SC_SHAPE_BOOLEAN:
    return read_boolean (object, name, &MEMBER (gboolean, self, member), error);
  case SC_SHAPE_INTEGER:
  case SC_SHAPE_COUNT:
    return sc_json_get_int (object,
                            name,
                            G_MININT64,
                            G_MAXINT64,
                            &MEMBER (gint64, self, member),
                            error);
  case SC_SHAPE_TIME:
    return read_time (object, name, &MEMBER (gint64, self, member), error);
  case SC_SHAPE_TAGS:
    return read_tags (object, name, &MEMBER (GHashTable *, self, member), error);
  case SC_SHAPE_STRINGS:
    return read_strings (object, name, &MEMBER (char **, self, member), error);
  default:
    g_assert_not_reached ();
  }
}

static gboolean
read_member (const ScShapeMember *member, gpointer self, JsonObject *root, GError **error)
{
  const char *name;
  JsonObject *object = find_parent (root, member->path, FALSE, &name);
  if (object && json_object_has_member (object, name) &&
      !json_object_get_null_member (object, name))
    return read_value (member, self, object, name, error);
  if (!(member->flags & SC_SHAPE_REQUIRED))
    return TRUE;
  g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_MISSING, "“%s” is missing", member->path);
  return FALSE;
}

/**
 * sc_shape_to_json:
 * @shape: what @self is
 * @self: a structure of that shape
 * @detail: %FALSE to leave out what lists do not show
 *
 * Returns: (transfer full): the structure as a JSON object
 */
JsonObject *
sc_shape_to_json (const ScShape *shape, gconstpointer self, gboolean detail)
{
  JsonObject *object = json_object_new ();
  for (const ScShapeMember *member = shape->members; member->path; member++) {
    gboolean shown = detail || !(member->flags & SC_SHAPE_DETAIL);
    if (shown && !is_absent (member, self))
      write_member (member, self, object);
  }
  return object;
}

/**
 * sc_shape_from_json:
 * @shape: what to make
 * @object: a JSON object; members that @shape does not name are passed over
 * @error: any %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): a new structure, for sc_shape_free()
 */
gpointer
sc_shape_from_json (const ScShape *shape, JsonObject *object, GError **error)
{
  gpointer self = g_malloc0 (shape->size);
  for (const ScShapeMember *member = shape->members; member->path; member++) {
    if (!read_member (member, self, object, error)) {
      sc_shape_free (shape, self);
      return NULL;
    }
  }
  return self;
}

/**
 * sc_shape_free:
 * @shape: what @self is
 * @self: (nullable) (transfer full): a structure
 *
 * Frees the structure and what it holds.
 */
void
sc_shape_free (const ScShape *shape, gpointer self)
{
  if (!self)
    return;
  for (const ScShapeMember *member = shape->members; member->path; member++) {
    if (member->kind == SC_SHAPE_STRING)
      g_free (MEMBER (char *, self, member));
    else if (member->kind == SC_SHAPE_TAGS)
      g_clear_pointer (&MEMBER (GHashTable *, self, member), g_hash_table_unref);
    else if (member->kind == SC_SHAPE_STRINGS)
      g_strfreev (MEMBER (char **, self, member));
  }
  g_free (self);
}
