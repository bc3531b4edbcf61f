/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The body of a request, read strictly: an object with just the members that the route names, each
 * once, each of its type. What is not is refused with 400, which says at which byte or member. */

#include "config.h"

#include "sc-body.h"

#include "sc-json-check.h"
#include "sc-json.h"
#include "sc-service.h"

#include <string.h>

static JsonObject *
parse_strictly (GBytes *body, GError **error)
{
  gsize size = 0;
  const char *data = body ? g_bytes_get_data (body, &size) : NULL;
  return sc_json_check (data, size, error) ? sc_json_parse (body, SC_BODY_MAX, error) : NULL;
}

static ScResponse *
refuse_unreadable (const GError *error)
{
  g_autofree char *sentence =
    g_strdup_printf ("The body is not JSON that this server reads. %s.", error->message);
  return sc_response_new_fault (SC_FAULT_BAD_REQUEST, NULL, sentence);
}

/* What a route says about a member: its name, and after that "?" if it may be missing, and its type
 * if it is no string. */
static char *
dup_name (const char *member)
{
  return g_strndup (member, strcspn (member, "?#![{"));
}

static gboolean
is_of_strings (JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_type (JsonNode *node, const char *member)
{
  if (strstr (member, "{}"))
    return JSON_NODE_HOLDS_OBJECT (node);
  if (strstr (member, "[]"))
    return JSON_NODE_HOLDS_ARRAY (node) && is_of_strings (json_node_get_array (node));
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  GType type = strchr (member, '#')   ? G_TYPE_INT64
               : strchr (member, '!') ? G_TYPE_BOOLEAN
                                      : G_TYPE_STRING;
  return json_node_get_value_type (node) == type;
}

/* Returns the answer if a member is missing or of another type; counts those that are there. */
static ScResponse *
refuse_member (JsonObject *object, const char *member, guint *count)
{
  g_autofree char *name = dup_name (member);
  JsonNode *node = json_object_get_member (object, name);
  if (node && has_type (node, member)) {
    (*count)++;
    return NULL;
  }
  return !node && strchr (member, '?')
           ? NULL
           : sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                    name,
                                    "A member of the body is missing or is not of its type.");
}

static ScResponse *
refuse_members (JsonObject *object, const char *const *members)
{
  guint wanted = 0;
  for (guint i = 0; members[i]; i++) {
    ScResponse *refusal = refuse_member (object, members[i], &wanted);
    if (refusal)
      return refusal;
  }
  if (json_object_get_size (object) != wanted)
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                  NULL,
                                  "The body has a member that this route does not take.");
  return NULL;
}

/**
 * sc_body_parse:
 * @body: (nullable): the body of a request
 * @members: (nullable): the members of the route: "name" for a string that must be there, "name?"
 *   for one that need not, and at the end "#" for an integer, "!" for a boolean, "[]" for an array
 *   of strings, "{}" for an object
 * @ret_refusal: (out) (transfer full): the answer if the body is not the route's; else untouched
 *
 * Returns: (transfer full) (nullable): the object; %NULL also where the route takes no body
 */
JsonObject *
sc_body_parse (GBytes *body, const char *const *members, ScResponse **ret_refusal)
{
  gsize size = body ? g_bytes_get_size (body) : 0;
  if (size > SC_BODY_MAX) {
    *ret_refusal = sc_response_new_fault (SC_FAULT_BODY_TOO_LARGE, NULL, NULL);
    return NULL;
  }
  if (!members) {
    if (size > 0)
      *ret_refusal =
        sc_response_new_fault (SC_FAULT_BAD_REQUEST, NULL, "This route takes no body.");
    return NULL;
  }

  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = parse_strictly (body, &error);
  if (!object) {
    *ret_refusal = refuse_unreadable (error);
    return NULL;
  }
  ScResponse *refusal = refuse_members (object, members);
  if (refusal) {
    *ret_refusal = refusal;
    return NULL;
  }
  return g_steal_pointer (&object);
}
