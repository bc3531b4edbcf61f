/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The part of a list that is on show: a #GListModel of some neighbours in another.
 *
 * It follows the list's end with a few items, so that a view has few rows to lay out for each
 * change; or it is held, when somebody reads: then only what it is told to show comes to it, at
 * either side, and what happens in front of it or behind it moves nothing. Main thread only; a view
 * owns it.
 */

#include "config.h"

#include "sc-list-span.h"

struct _ScListSpan {
  GObject parent_instance;

  GListModel *base;
  guint length; /* while following */
  guint start;
  guint n;
  gboolean following;
};

static GType
get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return SC_LIST_SPAN (model)->n;
}

static gpointer
get_item (GListModel *model, guint position)
{
  ScListSpan *self = SC_LIST_SPAN (model);
  return position < self->n ? g_list_model_get_item (self->base, self->start + position) : NULL;
}

static void
implement_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ScListSpan,
                               sc_list_span,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, implement_list_model))

static guint
count_base (ScListSpan *self)
{
  return self->base ? g_list_model_get_n_items (self->base) : 0;
}

/* In one change: the rows of items that go are used for those that come. */
static void
move_to_end (ScListSpan *self)
{
  guint n_before = self->n;
  guint total = count_base (self);
  self->n = MIN (total, self->length);
  self->start = total - self->n;
  if (n_before > 0 || self->n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->n);
}

/* How much of from..from + n lies in start..end. */
static guint
count_overlap (guint from, guint n, guint start, guint end)
{
  guint first = MAX (from, start);
  guint last = MIN (from + n, end);
  return last > first ? last - first : 0;
}

/* What comes exactly at an edge is outside. */
static void
stay (ScListSpan *self, guint position, guint n_removed, guint n_added)
{
  guint end = self->start + self->n;
  guint n_removed_before = count_overlap (position, n_removed, 0, self->start);
  guint n_removed_inside = count_overlap (position, n_removed, self->start, end);
  gboolean added_before = position <= self->start;
  guint n_added_inside = !added_before && position < end ? n_added : 0;
  guint offset = added_before ? 0 : position - self->start;

  self->start -= n_removed_before;
  if (added_before)
    self->start += n_added;
  self->n += n_added_inside - n_removed_inside;
  if (n_removed_inside > 0 || n_added_inside > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), offset, n_removed_inside, n_added_inside);
}

static void
on_base_changed (ScListSpan *self, guint position, guint n_removed, guint n_added)
{
  if (self->following)
    move_to_end (self);
  else
    stay (self, position, n_removed, n_added);
}

static void
sc_list_span_dispose (GObject *object)
{
  ScListSpan *self = SC_LIST_SPAN (object);

  if (self->base)
    g_signal_handlers_disconnect_by_data (self->base, self);
  g_clear_object (&self->base);
  self->n = 0;

  G_OBJECT_CLASS (sc_list_span_parent_class)->dispose (object);
}

static void
sc_list_span_class_init (ScListSpanClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sc_list_span_dispose;
}

static void
sc_list_span_init (ScListSpan *self)
{
  self->following = TRUE;
}

/**
 * sc_list_span_new:
 * @length: how many items it has at most while it follows the end of a list
 *
 * Returns: (transfer full): a span of no list yet
 */
ScListSpan *
sc_list_span_new (guint length)
{
  ScListSpan *self = g_object_new (SC_TYPE_LIST_SPAN, NULL);
  self->length = length;
  return self;
}

/**
 * sc_list_span_set_base:
 * @self: a span
 * @base: (nullable): a list
 *
 * Shows the end of a list, and follows it.
 */
void
sc_list_span_set_base (ScListSpan *self, GListModel *base)
{
  if (self->base)
    g_signal_handlers_disconnect_by_data (self->base, self);
  g_set_object (&self->base, base);
  if (base)
    g_signal_connect_object (base,
                             "items-changed",
                             G_CALLBACK (on_base_changed),
                             self,
                             G_CONNECT_SWAPPED);
  self->following = TRUE;
  move_to_end (self);
}

/**
 * sc_list_span_follow:
 * @self: a span
 *
 * Shows the end of the list, and follows it from now on.
 */
void
sc_list_span_follow (ScListSpan *self)
{
  if (self->following)
    return;
  self->following = TRUE;
  move_to_end (self);
}

/**
 * sc_list_span_hold:
 * @self: a span
 *
 * Stays with the items that it has, from now on.
 */
void
sc_list_span_hold (ScListSpan *self)
{
  self->following = FALSE;
}

/**
 * sc_list_span_get_following:
 * @self: a span
 *
 * Returns: whether it follows the end of the list
 */
gboolean
sc_list_span_get_following (ScListSpan *self)
{
  return self->following;
}

/**
 * sc_list_span_show_before:
 * @self: a span that is held
 * @n: how many more items to show in front
 *
 * Returns: how many there were
 */
guint
sc_list_span_show_before (ScListSpan *self, guint n)
{
  guint n_shown = self->following ? 0 : MIN (n, self->start);
  self->start -= n_shown;
  self->n += n_shown;
  if (n_shown > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n_shown);
  return n_shown;
}

/**
 * sc_list_span_show_after:
 * @self: a span that is held
 * @n: how many more items to show behind
 *
 * Returns: how many there were
 */
guint
sc_list_span_show_after (ScListSpan *self, guint n)
{
  guint n_shown = self->following ? 0 : MIN (n, sc_list_span_count_after (self));
  guint position = self->n;
  self->n += n_shown;
  if (n_shown > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n_shown);
  return n_shown;
}

/**
 * sc_list_span_count_after:
 * @self: a span
 *
 * Returns: how many items the list has behind those on show
 */
guint
sc_list_span_count_after (ScListSpan *self)
{
  return count_base (self) - self->start - self->n;
}
