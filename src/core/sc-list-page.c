/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-list-page.h"

#include "sc-error.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-validate.h"

G_DEFINE_BOXED_TYPE (ScListPage, sc_list_page, sc_list_page_copy, sc_list_page_free)

/**
 * sc_list_page_copy:
 * @self: (nullable): a page
 *
 * Returns: (transfer full) (nullable): another page of the same items
 */
ScListPage *
sc_list_page_copy (const ScListPage *self)
{
  if (!self)
    return NULL;
  ScListPage *copy = g_new0 (ScListPage, 1);
  copy->items = g_object_ref (self->items);
  copy->older = g_strdup (self->older);
  return copy;
}

/**
 * sc_list_page_free:
 * @self: (nullable) (transfer full): a page
 */
void
sc_list_page_free (ScListPage *self)
{
  if (!self)
    return;
  g_clear_object (&self->items);
  g_free (self->older);
  g_free (self);
}

/**
 * sc_list_from_json:
 * @object: an answer of our API
 * @member: the name of its list
 * @type: what the items become
 * @reader: reads one
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the items, at most %SC_LIST_PAGE_MAX
 */
GListStore *
sc_list_from_json (JsonObject *object,
                   const char *member,
                   GType type,
                   ScItemReader reader,
                   GError **error)
{
  JsonArray *array = sc_json_get_array (object, member, error);
  if (!array)
    return NULL;
  if (json_array_get_length (array) > SC_LIST_PAGE_MAX) {
    g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE, "“%s” has too many items", member);
    return NULL;
  }
  g_autoptr (GListStore) items = g_list_store_new (type);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *element = sc_json_get_element (array, i, error);
    g_autoptr (GObject) item = element ? reader (element, error) : NULL;
    if (!item)
      return NULL;
    g_list_store_append (items, item);
  }
  return g_steal_pointer (&items);
}

/**
 * sc_list_page_from_json:
 * @object: an answer of our API
 * @member: the name of its list
 * @type: what the items become
 * @reader: reads one
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the page
 */
ScListPage *
sc_list_page_from_json (JsonObject *object,
                        const char *member,
                        GType type,
                        ScItemReader reader,
                        GError **error)
{
  g_autoptr (ScListPage) self = g_new0 (ScListPage, 1);
  if (!(self->items = sc_list_from_json (object, member, type, reader, error)) ||
      !sc_json_read_text (object, "older", SC_CURSOR_MAX, &self->older, error))
    return NULL;
  return g_steal_pointer (&self);
}
