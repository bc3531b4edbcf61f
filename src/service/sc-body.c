/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The body of a request, read strictly: an object with just the members that the route names, each
 * once, each a string. */

#include "config.h"

#include "sc-body.h"

#include "sc-error.h"
#include "sc-json.h"
#include "sc-service.h"

/* Counts the members that are written in an object of strings. json-glib keeps the last of two of
 * the same name and tells nobody. The text is known to be JSON. */
static guint
count_written_members (GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  gboolean in_string = FALSE;
  guint count = 0;
  for (gsize i = 0; i < size; i++) {
    if (in_string && data[i] == '\\')
      i++;
    else if (data[i] == '"')
      in_string = !in_string;
    else if (!in_string && data[i] == ':')
      count++;
  }
  return count;
}

static ScResponse *
refuse_unreadable (const GError *error)
{
  ScFault fault = g_error_matches (error, SC_DATA_ERROR, SC_DATA_ERROR_TOO_LARGE)
                    ? SC_FAULT_BODY_TOO_LARGE
                    : SC_FAULT_BAD_REQUEST;
  return sc_response_new_fault (fault, NULL, "The body is not a JSON object this server reads.");
}

/* Says which member is missing or is no string. */
static const char *
find_missing (JsonObject *object, const char *const *members)
{
  for (guint i = 0; members[i]; i++)
    if (!sc_json_get_string (object, members[i], SC_BODY_MAX, NULL))
      return members[i];
  return NULL;
}

/* All wanted members are there, so one more written than wanted is a stranger or a double. */
static ScResponse *
refuse_members (JsonObject *object, GBytes *body, const char *const *members)
{
  const char *missing = find_missing (object, members);
  if (missing)
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                  missing,
                                  "A member of the body is missing or is no string.");
  if (count_written_members (body) != g_strv_length ((char **) members))
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                  NULL,
                                  "The body has a member that this route does not take.");
  return NULL;
}

/**
 * sc_body_parse:
 * @body: (nullable): the body of a request
 * @members: (nullable): the members of the route
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
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (JsonObject) object = sc_json_parse (body ? body : empty, SC_BODY_MAX, &error);
  if (!object) {
    *ret_refusal = refuse_unreadable (error);
    return NULL;
  }
  ScResponse *refusal = refuse_members (object, body, members);
  if (refusal) {
    *ret_refusal = refusal;
    return NULL;
  }
  return g_steal_pointer (&object);
}
