/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-aws-answer.h"

#include "sc-json.h"

/* Whatever is wrong with an answer is the other side's breach of protocol. */
static gpointer
check (gpointer value, GError *cause, GError **error)
{
  if (!value) {
    g_set_error (error,
                 SC_AWS_ERROR,
                 SC_AWS_ERROR_PROTOCOL,
                 "The answer lacks what was asked for: %s",
                 cause->message);
    g_error_free (cause);
  }
  return value;
}

/**
 * sc_aws_read_root:
 * @output: an operation's output
 * @reader: makes a structure of it
 * @error: %SC_AWS_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (nullable): the structure
 */
gpointer
sc_aws_read_root (JsonObject *output, ScAwsReader reader, GError **error)
{
  GError *cause = NULL;
  gpointer value = reader (output, &cause);
  return check (value, cause, error);
}

/**
 * sc_aws_read_member:
 * @output: an operation's output
 * @member: the member that holds the structure
 * @reader: makes a structure of it
 * @error: %SC_AWS_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (nullable): the structure
 */
gpointer
sc_aws_read_member (JsonObject *output, const char *member, ScAwsReader reader, GError **error)
{
  GError *cause = NULL;
  JsonObject *object = sc_json_get_object (output, member, &cause);
  gpointer value = object ? reader (object, &cause) : NULL;
  return check (value, cause, error);
}

static GPtrArray *
read_page (const ScAwsList *list, JsonObject *output, GError **error)
{
  GError *cause = NULL;
  JsonArray *array = sc_json_get_array (output, list->member, &cause);
  if (!array)
    return check (NULL, cause, error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (list->free_item);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    if (!JSON_NODE_HOLDS_OBJECT (node)) {
      g_set_error (error, SC_AWS_ERROR, SC_AWS_ERROR_PROTOCOL, "A list holds no objects");
      return NULL;
    }
    gpointer item = sc_aws_read_root (json_node_get_object (node), list->reader, error);
    if (!item)
      return NULL;
    g_ptr_array_add (items, item);
  }
  return g_steal_pointer (&items);
}

/**
 * sc_aws_call_list:
 * @aws: a client
 * @list: what to list
 * @input: the operation's input; maxResults and nextToken are set here
 * @token: (inout): where the last page ended, %NULL for the first page; replaced by where this one
 * ends, %NULL after the last page; untouched on failure
 * @error: any %SC_AWS_ERROR
 *
 * Gets one page of a list.
 *
 * Returns: (transfer full) (nullable): the structures on the page
 */
GPtrArray *
sc_aws_call_list (ScAws *aws,
                  const ScAwsList *list,
                  JsonObject *input,
                  char **token,
                  GError **error)
{
  if (list->page_size > 0)
    json_object_set_int_member (input, "maxResults", list->page_size);
  if (*token)
    json_object_set_string_member (input, "nextToken", *token);
  g_autoptr (JsonObject) output = sc_aws_call (aws, &list->operation, input, error);
  if (!output)
    return NULL;
  GPtrArray *items = read_page (list, output, error);
  if (items)
    g_set_str (token, sc_json_get_string_or (output, "nextToken", NULL));
  return items;
}
