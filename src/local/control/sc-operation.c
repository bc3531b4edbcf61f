/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the operations of all services share: ARNs, pages, and documents cut to a summary. */

#include "config.h"

#include "sc-operation.h"

#include "sc-id.h"
#include "sc-json.h"

#include <string.h>

/* Twelve letters and digits, as in Amazon IVS's ARNs. */
#define ID_LENGTH 12

/**
 * sc_control_call_make_arn:
 * @call: the call
 * @service: "ivs"
 * @type: "channel"
 *
 * Returns: (transfer full): the ARN of a new resource
 */
char *
sc_control_call_make_arn (const ScControlCall *call, const char *service, const char *type)
{
  g_autofree char *id = sc_id_new ("", ID_LENGTH);
  return g_strdup_printf ("arn:aws:%s:%s:%s:%s/%s",
                          service,
                          call->place->region,
                          call->place->account,
                          type,
                          id);
}

/* A token is the number of the last resource of the page before. */
static gboolean
read_token (const char *token, guint64 *ret_after)
{
  gsize size = 0;
  g_autofree guchar *bytes = g_base64_decode (token, &size);
  g_autofree char *text = g_strndup ((const char *) bytes, size);
  return g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, ret_after, NULL);
}

/**
 * sc_control_call_read_page:
 * @call: the call
 * @fallback: the operation's default for maxResults
 * @ret_limit: (out): how many to list
 * @ret_after: (out): where the page before ended
 * @error: %SC_CONTROL_ERROR_VALIDATION: the token is none of ours
 *
 * Returns: %TRUE if the page is understood
 */
gboolean
sc_control_call_read_page (ScControlCall *call,
                           guint fallback,
                           guint *ret_limit,
                           guint64 *ret_after,
                           GError **error)
{
  gint64 limit = fallback;
  sc_json_get_int (call->input, "maxResults", 1, G_MAXINT, &limit, NULL);
  guint64 after = 0;
  const char *token = sc_json_get_string_or (call->input, "nextToken", "");
  if (*token && !read_token (token, &after)) {
    call->detail.member = "nextToken";
    g_set_error_literal (error,
                         SC_CONTROL_ERROR,
                         SC_CONTROL_ERROR_VALIDATION,
                         "nextToken is not one of ours");
    return FALSE;
  }
  *ret_limit = (guint) limit;
  *ret_after = after;
  return TRUE;
}

/**
 * sc_control_copy:
 * @from: an object
 * @member: a member's name
 * @to: another object
 *
 * Copies a member if it is there and not null.
 */
void
sc_control_copy (JsonObject *from, const char *member, JsonObject *to)
{
  JsonNode *node = json_object_get_member (from, member);
  if (node && !JSON_NODE_HOLDS_NULL (node))
    json_object_set_member (to, member, json_node_copy (node));
}

/**
 * sc_control_select:
 * @document: a resource
 * @members: the names of members, ended by %NULL
 *
 * Returns: (transfer full): a copy of the resource with those members
 */
JsonObject *
sc_control_select (JsonObject *document, const char *const *members)
{
  JsonObject *selected = json_object_new ();
  for (guint i = 0; members[i]; i++)
    sc_control_copy (document, members[i], selected);
  return selected;
}

/**
 * sc_control_list_to_json:
 * @member: the name of the list in the answer
 * @documents: (element-type JsonObject): the resources of the page
 * @members: what a summary has
 * @after: where the page ended, 0 where nothing follows
 *
 * Returns: (transfer full): the answer of a list operation
 */
JsonObject *
sc_control_list_to_json (const char *member,
                         GPtrArray *documents,
                         const char *const *members,
                         guint64 after)
{
  JsonArray *list = json_array_new ();
  for (guint i = 0; i < documents->len; i++)
    json_array_add_object_element (list,
                                   sc_control_select (g_ptr_array_index (documents, i), members));
  JsonObject *answer = json_object_new ();
  json_object_set_array_member (answer, member, list);
  if (after > 0) {
    g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, after);
    g_autofree char *token = g_base64_encode ((const guchar *) text, strlen (text));
    json_object_set_string_member (answer, "nextToken", token);
  }
  return answer;
}
