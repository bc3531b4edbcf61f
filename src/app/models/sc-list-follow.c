/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a list on show becomes one that the server has just told. Main thread only. */

#include "config.h"

#include "sc-list-follow.h"

static gboolean
is_at (GListStore *shown, guint position, gpointer item, GEqualFunc is_same)
{
  g_autoptr (GObject) there = g_list_model_get_item (G_LIST_MODEL (shown), position);
  return is_same (there, item);
}

/**
 * sc_list_follow:
 * @shown: a list
 * @newer: (element-type GObject): what is to be in it, in order
 * @is_same: whether an item of @shown can stay for one of @newer
 *
 * Makes @shown the same as @newer with one change of the part that differs, and none where there is
 * no such part: what stays in front of it and behind it does not move.
 */
void
sc_list_follow (GListStore *shown, GPtrArray *newer, GEqualFunc is_same)
{
  guint length = g_list_model_get_n_items (G_LIST_MODEL (shown));
  guint front = 0;
  guint back = 0;
  while (front < MIN (length, newer->len) && is_at (shown, front, newer->pdata[front], is_same))
    front++;
  while (back < MIN (length, newer->len) - front &&
         is_at (shown, length - 1 - back, newer->pdata[newer->len - 1 - back], is_same))
    back++;

  guint removed = length - front - back;
  guint added = newer->len - front - back;
  if (removed > 0 || added > 0)
    g_list_store_splice (shown, front, removed, newer->pdata + front, added);
}
