/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-search-results.h"

#include "sc-category.h"
#include "sc-channel.h"
#include "sc-list-page.h"

G_DEFINE_BOXED_TYPE (ScSearchResults,
                     sc_search_results,
                     sc_search_results_copy,
                     sc_search_results_free)

/**
 * sc_search_results_copy:
 * @self: (nullable): results
 *
 * Returns: (transfer full) (nullable): the same results again
 */
ScSearchResults *
sc_search_results_copy (const ScSearchResults *self)
{
  if (!self)
    return NULL;
  ScSearchResults *copy = g_new0 (ScSearchResults, 1);
  copy->channels = g_object_ref (self->channels);
  copy->live = g_object_ref (self->live);
  copy->categories = g_object_ref (self->categories);
  return copy;
}

/**
 * sc_search_results_free:
 * @self: (nullable) (transfer full): results
 */
void
sc_search_results_free (ScSearchResults *self)
{
  if (!self)
    return;
  g_clear_object (&self->channels);
  g_clear_object (&self->live);
  g_clear_object (&self->categories);
  g_free (self);
}

static gpointer
read_channel (JsonObject *object, GError **error)
{
  return sc_channel_from_json (object, error);
}

static gpointer
read_category (JsonObject *object, GError **error)
{
  return sc_category_from_json (object, error);
}

/**
 * sc_search_results_from_json:
 * @object: an answer of our API
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the results, of a kind at most %SC_LIST_PAGE_MAX
 */
ScSearchResults *
sc_search_results_from_json (JsonObject *object, GError **error)
{
  g_autoptr (ScSearchResults) self = g_new0 (ScSearchResults, 1);
  if (!(self->channels =
          sc_list_from_json (object, "channels", SC_TYPE_CHANNEL, read_channel, error)) ||
      !(self->live = sc_list_from_json (object, "live", SC_TYPE_CHANNEL, read_channel, error)) ||
      !(self->categories =
          sc_list_from_json (object, "categories", SC_TYPE_CATEGORY, read_category, error)))
    return NULL;
  return g_steal_pointer (&self);
}
