/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The members that the values of our API are made of: words, times, lists, and what need not be
 * there. A copy is made of what is read, and nothing of it where something is wrong. */

#include "config.h"

#include "sc-json-members.h"

#include "sc-error.h"
#include "sc-json.h"
#include "sc-time.h"

/* A host, and a key of Amazon S3. */
#define WEB_URL_MAX 2048

/* The words of our API, and a time with its nanoseconds and zone, have fewer characters. */
#define WORD_MAX 40

static gboolean
holds_value_of (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

/**
 * sc_json_has:
 * @object: an object
 * @member: the member's name
 *
 * Returns: %TRUE if the member is there and not null
 */
gboolean
sc_json_has (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  return node && !JSON_NODE_HOLDS_NULL (node);
}

/**
 * sc_json_read_text:
 * @object: an object
 * @member: the member's name
 * @max_characters: the most Unicode code points it may have
 * @ret_value: (out) (transfer full) (nullable): a copy, %NULL where the member is absent or null;
 *   untouched on failure
 * @error: %SC_DATA_ERROR_TYPE or %SC_DATA_ERROR_RANGE
 *
 * Reads a member that need not be there, but is a bounded string if it is.
 *
 * Returns: %TRUE if the member is one
 */
gboolean
sc_json_read_text (JsonObject *object,
                   const char *member,
                   gsize max_characters,
                   char **ret_value,
                   GError **error)
{
  const char *value = NULL;
  if (sc_json_has (object, member) &&
      !(value = sc_json_get_string (object, member, max_characters, error)))
    return FALSE;
  *ret_value = g_strdup (value);
  return TRUE;
}

/**
 * sc_json_read_web_url:
 * @object: an object
 * @member: the member's name
 * @ret_url: (out) (transfer full) (nullable): a copy, %NULL where the member is absent or null;
 *   untouched on failure
 * @error: %SC_DATA_ERROR_TYPE or %SC_DATA_ERROR_RANGE
 *
 * Reads where something is that is opened without a question. A player opens whatever it is given,
 * files and cameras too: what a server names is on the web.
 *
 * Returns: %TRUE if the member is such an address, or is not there
 */
gboolean
sc_json_read_web_url (JsonObject *object, const char *member, char **ret_url, GError **error)
{
  g_autofree char *url = NULL;
  if (!sc_json_read_text (object, member, WEB_URL_MAX, &url, error))
    return FALSE;
  if (url && !g_str_has_prefix (url, "https://") && !g_str_has_prefix (url, "http://")) {
    g_set_error (error,
                 SC_DATA_ERROR,
                 SC_DATA_ERROR_RANGE,
                 "“%s” is no address on the web",
                 member);
    return FALSE;
  }
  *ret_url = g_steal_pointer (&url);
  return TRUE;
}

/**
 * sc_json_read_id:
 * @object: an object
 * @member: the member's name
 * @max_characters: the most Unicode code points it may have
 * @ret_value: (out) (transfer full): a copy; untouched on failure
 * @error: %SC_DATA_ERROR_MISSING, %SC_DATA_ERROR_TYPE or %SC_DATA_ERROR_RANGE
 *
 * Reads a member that must be there and have at least one character.
 *
 * Returns: %TRUE if the member is one
 */
gboolean
sc_json_read_id (JsonObject *object,
                 const char *member,
                 gsize max_characters,
                 char **ret_value,
                 GError **error)
{
  const char *value = sc_json_get_string (object, member, max_characters, error);
  if (!value)
    return FALSE;
  if (!*value) {
    g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE, "“%s” is empty", member);
    return FALSE;
  }
  *ret_value = g_strdup (value);
  return TRUE;
}

/**
 * sc_json_read_choice:
 * @object: an object
 * @member: the member's name
 * @choices: (array zero-terminated=1): what it may be
 * @ret_choice: (out): which of them it is; untouched on failure
 * @error: %SC_DATA_ERROR_MISSING, %SC_DATA_ERROR_TYPE or %SC_DATA_ERROR_RANGE
 *
 * Returns: %TRUE if the member is one of the words
 */
gboolean
sc_json_read_choice (JsonObject *object,
                     const char *member,
                     const char *const *choices,
                     guint *ret_choice,
                     GError **error)
{
  const char *value = sc_json_get_string (object, member, WORD_MAX, error);
  if (!value)
    return FALSE;
  for (guint i = 0; choices[i]; i++) {
    if (g_str_equal (value, choices[i])) {
      *ret_choice = i;
      return TRUE;
    }
  }
  g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE, "“%s” is none of its words", member);
  return FALSE;
}

/**
 * sc_json_read_moment:
 * @object: an object
 * @member: the member's name
 * @ret_time_us: (out): microseconds since the epoch; untouched on failure
 * @error: %SC_DATA_ERROR_MISSING, %SC_DATA_ERROR_TYPE or %SC_DATA_ERROR_RANGE
 *
 * Returns: %TRUE if the member is a time
 */
gboolean
sc_json_read_moment (JsonObject *object, const char *member, gint64 *ret_time_us, GError **error)
{
  const char *text = sc_json_get_string (object, member, WORD_MAX, error);
  return text && sc_time_from_string (text, ret_time_us, error);
}

/**
 * sc_json_read_time:
 * @object: an object
 * @member: the member's name
 * @ret_time_us: (out): microseconds since the epoch, 0 where the member is absent or null;
 * untouched on failure
 * @error: %SC_DATA_ERROR_TYPE or %SC_DATA_ERROR_RANGE
 *
 * Returns: %TRUE if the member is a time, or is not there
 */
gboolean
sc_json_read_time (JsonObject *object, const char *member, gint64 *ret_time_us, GError **error)
{
  if (!sc_json_has (object, member)) {
    *ret_time_us = 0;
    return TRUE;
  }
  return sc_json_read_moment (object, member, ret_time_us, error);
}

/**
 * sc_json_read_bool:
 * @object: an object
 * @member: the member's name
 * @ret_value: (out): the boolean, %FALSE where the member is absent or null; untouched on failure
 * @error: %SC_DATA_ERROR_TYPE
 *
 * Returns: %TRUE if the member is a boolean, or is not there
 */
gboolean
sc_json_read_bool (JsonObject *object, const char *member, gboolean *ret_value, GError **error)
{
  JsonNode *node = sc_json_has (object, member) ? json_object_get_member (object, member) : NULL;
  if (node && !holds_value_of (node, G_TYPE_BOOLEAN)) {
    g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_TYPE, "“%s” is not a boolean", member);
    return FALSE;
  }
  *ret_value = node && json_node_get_boolean (node);
  return TRUE;
}

/**
 * sc_json_read_texts:
 * @object: an object
 * @member: the member's name
 * @max_texts: how many it may have at most
 * @max_characters: the most Unicode code points each may have; each has one at least
 * @ret_texts: (out) (transfer full) (array zero-terminated=1): copies; untouched on failure
 * @error: %SC_DATA_ERROR_MISSING, %SC_DATA_ERROR_TYPE or %SC_DATA_ERROR_RANGE
 *
 * Returns: %TRUE if the member is an array of such strings
 */
gboolean
sc_json_read_texts (JsonObject *object,
                    const char *member,
                    guint max_texts,
                    gsize max_characters,
                    char ***ret_texts,
                    GError **error)
{
  JsonArray *array = sc_json_get_array (object, member, error);
  if (!array)
    return FALSE;
  guint length = json_array_get_length (array);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean fits = length <= max_texts;
  for (guint i = 0; fits && i < length; i++) {
    JsonNode *node = json_array_get_element (array, i);
    const char *text = holds_value_of (node, G_TYPE_STRING) ? json_node_get_string (node) : "";
    fits = *text && (gsize) g_utf8_strlen (text, -1) <= max_characters;
    g_strv_builder_add (builder, text);
  }
  if (!fits) {
    g_set_error (error,
                 SC_DATA_ERROR,
                 SC_DATA_ERROR_RANGE,
                 "“%s” is not up to %u strings of up to %" G_GSIZE_FORMAT " characters",
                 member,
                 max_texts,
                 max_characters);
    return FALSE;
  }
  *ret_texts = g_strv_builder_end (builder);
  return TRUE;
}

/**
 * sc_json_set_texts:
 * @object: an object
 * @member: the member's name
 * @texts: (nullable): strings; %NULL is written as an empty array
 *
 * Sets a member to an array of strings.
 */
void
sc_json_set_texts (JsonObject *object, const char *member, const char *const *texts)
{
  JsonArray *array = json_array_new ();
  for (guint i = 0; texts && texts[i]; i++)
    json_array_add_string_element (array, texts[i]);
  json_object_set_array_member (object, member, array);
}

/**
 * sc_json_set_time:
 * @object: an object
 * @member: the member's name
 * @time_us: microseconds since the epoch; 0, which is "never", is written as JSON's null
 *
 * Sets a member to a time of RFC 3339 with microseconds.
 */
void
sc_json_set_time (JsonObject *object, const char *member, gint64 time_us)
{
  g_autofree char *text = time_us ? sc_time_to_string_exact (time_us) : NULL;
  sc_json_set_string (object, member, text);
}

/**
 * sc_json_get_element:
 * @array: an array
 * @index: which of its elements
 * @error: %SC_DATA_ERROR_TYPE
 *
 * Returns: (transfer none) (nullable): the element, owned by @array, if it is an object
 */
JsonObject *
sc_json_get_element (JsonArray *array, guint index, GError **error)
{
  JsonNode *node = json_array_get_element (array, index);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  g_set_error_literal (error, SC_DATA_ERROR, SC_DATA_ERROR_TYPE, "A list holds a non-object");
  return NULL;
}

/**
 * sc_json_add_string:
 * @object: an object
 * @member: the member's name
 * @value: (nullable): a string; %NULL leaves the member out
 *
 * Sets a member of a request's body that need not be there.
 */
void
sc_json_add_string (JsonObject *object, const char *member, const char *value)
{
  if (value)
    json_object_set_string_member (object, member, value);
}
