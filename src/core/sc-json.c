/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Strict JSON from and to bytes, and getters that say what is wrong with a member.
 *
 * json-glib's lenient default takes comments and single quotes, its getters return 0 and NULL for a
 * wrong type, and "\u0000" cuts a C string: each is closed here, once.
 */

#include "config.h"

#include "sc-json.h"

#include "sc-error.h"

#include <string.h>

/* Says whether a string of the document has a NUL in it: json-glib would hand it out cut there. */
static gboolean
has_escaped_nul (const char *data, gsize size)
{
  const char *end = data + size;
  for (const char *at = data; (at = memmem (at, end - at, "\\u0000", 6)); at += 6) {
    gsize backslashes = 0;
    while (at - backslashes > data && at[-(gssize) backslashes - 1] == '\\')
      backslashes++;
    if (backslashes % 2 == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * sc_json_parse:
 * @bytes: a document
 * @max_bytes: the most bytes it may have, usually %SC_JSON_MAX_BYTES
 * @error: %SC_DATA_ERROR_TOO_LARGE or %SC_DATA_ERROR_SYNTAX
 *
 * Parses a document whose top is an object, in json-glib's strict mode. A NUL inside a string is
 * refused. Any thread.
 *
 * Returns: (transfer full) (nullable): the object; free with json_object_unref()
 */
JsonObject *
sc_json_parse (GBytes *bytes, gsize max_bytes, GError **error)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  if (size > max_bytes) {
    g_set_error (error,
                 SC_DATA_ERROR,
                 SC_DATA_ERROR_TOO_LARGE,
                 "The document has more than %" G_GSIZE_FORMAT " bytes",
                 max_bytes);
    return NULL;
  }

  if (size > 0 && has_escaped_nul (data, size)) {
    g_set_error_literal (error,
                         SC_DATA_ERROR,
                         SC_DATA_ERROR_SYNTAX,
                         "The document has a NUL inside a string");
    return NULL;
  }

  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  json_parser_set_strict (parser, TRUE);
  g_autoptr (GError) local_error = NULL;
  if (size == 0 || !json_parser_load_from_data (parser, data, size, &local_error)) {
    g_set_error (error,
                 SC_DATA_ERROR,
                 SC_DATA_ERROR_SYNTAX,
                 "The document is not JSON: %s",
                 local_error ? local_error->message : "it is empty");
    return NULL;
  }

  JsonNode *root = json_parser_get_root (parser);
  if (!root || !JSON_NODE_HOLDS_OBJECT (root)) {
    g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_SYNTAX, "The document is not an object");
    return NULL;
  }
  return json_object_ref (json_node_get_object (root));
}

/* Returns the member if it is there and not null, else sets MISSING. */
static JsonNode *
get_member (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  if (node && !JSON_NODE_HOLDS_NULL (node))
    return node;
  g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_MISSING, "“%s” is missing", member);
  return NULL;
}

static gboolean
holds_value_of (JsonNode *node, GType type)
{
  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

/**
 * sc_json_get_string:
 * @object: an object
 * @member: the member's name
 * @max_characters: the most Unicode code points it may have
 * @error: %SC_DATA_ERROR_MISSING, %SC_DATA_ERROR_TYPE or %SC_DATA_ERROR_RANGE
 *
 * Returns: (transfer none) (nullable): the string, owned by @object
 */
const char *
sc_json_get_string (JsonObject *object, const char *member, gsize max_characters, GError **error)
{
  JsonNode *node = get_member (object, member, error);
  if (!node)
    return NULL;
  if (!holds_value_of (node, G_TYPE_STRING)) {
    g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_TYPE, "“%s” is not a string", member);
    return NULL;
  }

  const char *value = json_node_get_string (node);
  if ((gsize) g_utf8_strlen (value, -1) > max_characters) {
    g_set_error (error,
                 SC_DATA_ERROR,
                 SC_DATA_ERROR_RANGE,
                 "“%s” has more than %" G_GSIZE_FORMAT " characters",
                 member,
                 max_characters);
    return NULL;
  }
  return value;
}

/**
 * sc_json_get_string_or:
 * @object: an object
 * @member: the member's name
 * @fallback: (nullable): what to return where the member is absent, null or no string
 *
 * Returns: (transfer none) (nullable): the string, owned by @object, or @fallback
 */
const char *
sc_json_get_string_or (JsonObject *object, const char *member, const char *fallback)
{
  JsonNode *node = json_object_get_member (object, member);
  return holds_value_of (node, G_TYPE_STRING) ? json_node_get_string (node) : fallback;
}

/**
 * sc_json_get_int:
 * @object: an object
 * @member: the member's name
 * @min: the least value allowed
 * @max: the greatest value allowed
 * @ret_value: (out): the number; untouched on failure
 * @error: %SC_DATA_ERROR_MISSING, %SC_DATA_ERROR_TYPE or %SC_DATA_ERROR_RANGE
 *
 * Returns: %TRUE if the member is a whole number within the bounds
 */
gboolean
sc_json_get_int (JsonObject *object,
                 const char *member,
                 gint64 min,
                 gint64 max,
                 gint64 *ret_value,
                 GError **error)
{
  JsonNode *node = get_member (object, member, error);
  if (!node)
    return FALSE;
  if (!holds_value_of (node, G_TYPE_INT64)) {
    g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_TYPE, "“%s” is not a whole number", member);
    return FALSE;
  }

  gint64 value = json_node_get_int (node);
  if (value < min || value > max) {
    g_set_error (error,
                 SC_DATA_ERROR,
                 SC_DATA_ERROR_RANGE,
                 "“%s” is not between %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT,
                 member,
                 min,
                 max);
    return FALSE;
  }
  *ret_value = value;
  return TRUE;
}

/**
 * sc_json_get_bool_or:
 * @object: an object
 * @member: the member's name
 * @fallback: what to return where the member is absent or no boolean
 *
 * Returns: the boolean, or @fallback
 */
gboolean
sc_json_get_bool_or (JsonObject *object, const char *member, gboolean fallback)
{
  JsonNode *node = json_object_get_member (object, member);
  return holds_value_of (node, G_TYPE_BOOLEAN) ? json_node_get_boolean (node) : fallback;
}

/**
 * sc_json_get_object:
 * @object: an object
 * @member: the member's name
 * @error: %SC_DATA_ERROR_MISSING or %SC_DATA_ERROR_TYPE
 *
 * Returns: (transfer none) (nullable): the member, owned by @object
 */
JsonObject *
sc_json_get_object (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = get_member (object, member, error);
  if (!node)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_TYPE, "“%s” is not an object", member);
  return NULL;
}

/**
 * sc_json_get_object_or_null:
 * @object: an object
 * @member: the member's name
 *
 * Returns: (transfer none) (nullable): the member if it is there and an object
 */
JsonObject *
sc_json_get_object_or_null (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * sc_json_get_array:
 * @object: an object
 * @member: the member's name
 * @error: %SC_DATA_ERROR_MISSING or %SC_DATA_ERROR_TYPE
 *
 * Returns: (transfer none) (nullable): the member, owned by @object
 */
JsonArray *
sc_json_get_array (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = get_member (object, member, error);
  if (!node)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_TYPE, "“%s” is not an array", member);
  return NULL;
}

/**
 * sc_json_set_string:
 * @object: an object
 * @member: the member's name
 * @value: (nullable): a string; %NULL is written as JSON's null
 *
 * Sets a member, so that an absent value reads as null instead of as an empty string.
 */
void
sc_json_set_string (JsonObject *object, const char *member, const char *value)
{
  if (value)
    json_object_set_string_member (object, member, value);
  else
    json_object_set_null_member (object, member);
}

/**
 * sc_json_to_string:
 * @object: an object
 *
 * Returns: (transfer full): the object on one line
 */
char *
sc_json_to_string (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

/**
 * sc_json_to_bytes:
 * @object: an object
 *
 * Returns: (transfer full): the object on one line, as the body of a request or an answer
 */
GBytes *
sc_json_to_bytes (JsonObject *object)
{
  char *text = sc_json_to_string (object);
  return g_bytes_new_take (text, strlen (text));
}
