/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Cards of one size in rows, as many beside each other as there is room for. Of a long list only
 * those in sight of the viewport around it, and some beyond, are widgets: they are handed on to
 * other items as one scrolls. It is no scrollable itself, as a GtkGridView is, so that it can stand
 * among other things that scroll with it. Main thread only.
 */

#include "config.h"

#include "sc-card-flow.h"

#define COLUMNS_MAX 6
#define SPACING 12
/* Beyond what is in sight: so that the Tab key and whoever reads the screen find the next card. */
#define ROWS_BEYOND 1

typedef struct {
  GtkWidget *card;
  gpointer item; /* (owned) (nullable): none while it waits for one */
  guint position;
  guint n_items; /* of which it was said to be one */
  gboolean is_kept;
} Slot;

struct _ScCardFlow {
  GtkWidget parent_instance;

  GListModel *model;
  const ScCardKind *kind;
  gpointer owner;
  GPtrArray *slots;
  GtkAdjustment *place; /* of the viewport around it, while mapped */
  guint first;          /* the positions that have cards, by the last allocation */
  guint end;
  int column_width; /* by the last allocation */
  int row_height;   /* the most that a card of that width asked for since the fonts changed */
};

G_DEFINE_FINAL_TYPE (ScCardFlow, sc_card_flow, GTK_TYPE_WIDGET)

static guint
count_items (ScCardFlow *self)
{
  return self->model ? g_list_model_get_n_items (self->model) : 0;
}

static void
free_slot (gpointer data)
{
  Slot *slot = data;
  gtk_widget_unparent (slot->card);
  g_clear_object (&slot->item);
  g_free (slot);
}

static Slot *
add_slot (ScCardFlow *self)
{
  Slot *slot = g_new0 (Slot, 1);
  slot->card = self->kind->make (self->owner);
  gtk_widget_set_parent (slot->card, GTK_WIDGET (self));
  g_ptr_array_add (self->slots, slot);
  return slot;
}

/* Without an item a card is neither drawn nor told of. */
static void
set_hidden (Slot *slot, gboolean hidden)
{
  gtk_widget_set_child_visible (slot->card, !hidden);
  gtk_accessible_update_state (GTK_ACCESSIBLE (slot->card),
                               GTK_ACCESSIBLE_STATE_HIDDEN,
                               hidden,
                               -1);
}

static void
give_item (ScCardFlow *self, Slot *slot, gpointer item, guint position)
{
  guint n_items = count_items (self);
  if (!slot->item)
    set_hidden (slot, FALSE);
  if (g_set_object (&slot->item, item))
    self->kind->show (slot->card, item, self->owner);
  slot->is_kept = TRUE;
  if (slot->position == position && slot->n_items == n_items)
    return;
  slot->position = position;
  slot->n_items = n_items;
  gtk_accessible_update_relation (GTK_ACCESSIBLE (slot->card),
                                  GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int) position + 1,
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE,
                                  (int) n_items,
                                  -1);
}

static int
card_width (ScCardFlow *self)
{
  int width = 0;
  if (self->slots->len > 0) {
    Slot *slot = self->slots->pdata[0];
    gtk_widget_measure (slot->card, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  }
  return MAX (width, 1);
}

static guint
count_columns (ScCardFlow *self, int width)
{
  int n = (width + SPACING) / (card_width (self) + SPACING);
  return (guint) CLAMP (n, 1, COLUMNS_MAX);
}

static int
get_column_width (int width, guint n_columns)
{
  return (width - (int) (n_columns - 1) * SPACING) / (int) n_columns;
}

/* A row stays as high as it ever was with these fonts, so that what is in sight does not move while
 * one scrolls. */
static int
get_row_height (ScCardFlow *self, int column_width)
{
  int most = column_width == self->column_width ? self->row_height : 0;
  for (guint i = 0; i < self->slots->len; i++) {
    int height = 0;
    Slot *slot = self->slots->pdata[i];
    if (slot->item)
      gtk_widget_measure (slot->card,
                          GTK_ORIENTATION_VERTICAL,
                          column_width,
                          NULL,
                          &height,
                          NULL,
                          NULL);
    most = MAX (most, height);
  }
  return most;
}

static void
sc_card_flow_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *ret_minimum,
                      int *ret_natural,
                      int *ret_minimum_baseline,
                      int *ret_natural_baseline)
{
  ScCardFlow *self = SC_CARD_FLOW (widget);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *ret_minimum = *ret_natural = card_width (self);
    return;
  }
  int width = for_size < 0 ? card_width (self) : for_size;
  guint n_columns = count_columns (self, width);
  int n_rows = (int) ((count_items (self) + n_columns - 1) / n_columns);
  int pitch = get_row_height (self, get_column_width (width, n_columns)) + SPACING;
  *ret_minimum = *ret_natural = MAX (n_rows * pitch - SPACING, 0);
}

/* The rows in sight and some beyond, as positions. The place of this widget is that among what the
 * viewport scrolls: where it was drawn last says nothing of where it will be. */
static void
find_range (ScCardFlow *self, guint n_columns, guint *ret_first, guint *ret_end)
{
  guint n_items = count_items (self);
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  GtkWidget *content = viewport ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : NULL;
  graphene_point_t begin;
  *ret_first = 0;
  *ret_end = n_items;
  if (!content ||
      !gtk_widget_compute_point (GTK_WIDGET (self), content, &GRAPHENE_POINT_INIT (0, 0), &begin))
    return;

  GtkAdjustment *place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  double top = gtk_adjustment_get_value (place) - begin.y;
  double bottom = top + gtk_adjustment_get_page_size (place);
  int pitch = MAX (self->row_height + SPACING, 1);
  int n_rows = (int) ((n_items + n_columns - 1) / n_columns);
  int first = (int) (top / pitch) - ROWS_BEYOND;
  int end = (int) (bottom / pitch) + 1 + ROWS_BEYOND;
  *ret_first = (guint) CLAMP (first, 0, MAX (n_rows - 1, 0)) * n_columns;
  *ret_end = MIN ((guint) CLAMP (end, 1, MAX (n_rows, 1)) * n_columns, n_items);
}

/* Cards of items that stay keep them, and with them the keyboard's focus. */
static void
keep_slots (ScCardFlow *self, GHashTable *ret_kept)
{
  GtkWidget *focused = gtk_widget_get_focus_child (GTK_WIDGET (self));
  for (guint i = 0; i < self->slots->len; i++) {
    Slot *slot = self->slots->pdata[i];
    slot->is_kept = FALSE;
    if (!slot->item)
      continue;
    g_hash_table_insert (ret_kept, slot->item, slot);
    g_autoptr (GObject) there = g_list_model_get_item (self->model, slot->position);
    slot->is_kept = slot->card == focused && there == slot->item;
  }
}

static Slot *
take_free_slot (ScCardFlow *self, guint *from)
{
  while (*from < self->slots->len) {
    Slot *slot = self->slots->pdata[(*from)++];
    if (!slot->is_kept)
      return slot;
  }
  (*from)++;
  return add_slot (self);
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  const Slot *left = *(Slot *const *) a, *right = *(Slot *const *) b;
  if (!left->item || !right->item)
    return !left->item - !right->item;
  return left->position < right->position ? -1 : left->position > right->position;
}

/* Who reads the screen hears cards in the order in which they are children. */
static void
order_cards (ScCardFlow *self)
{
  GtkWidget *before = NULL;
  g_ptr_array_sort (self->slots, compare_slots);
  for (guint i = 0; i < self->slots->len; i++) {
    Slot *slot = self->slots->pdata[i];
    if (gtk_widget_get_prev_sibling (slot->card) != before)
      gtk_widget_insert_after (slot->card, GTK_WIDGET (self), before);
    before = slot->card;
  }
}

static void
drop_others (ScCardFlow *self)
{
  for (guint i = 0; i < self->slots->len; i++) {
    Slot *slot = self->slots->pdata[i];
    if (slot->is_kept || !slot->item)
      continue;
    g_clear_object (&slot->item);
    set_hidden (slot, TRUE);
  }
}

/* Sees to cards for the items from @first until @end, and to no others. */
static void
fill (ScCardFlow *self, guint first, guint end)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) wanting = g_array_new (FALSE, FALSE, sizeof (guint));
  guint from = 0;
  keep_slots (self, kept);
  for (guint i = first; i < end; i++) {
    g_autoptr (GObject) item = g_list_model_get_item (self->model, i);
    Slot *slot = g_hash_table_lookup (kept, item);
    if (slot)
      give_item (self, slot, item, i);
    else
      g_array_append_val (wanting, i);
    g_hash_table_remove (kept, item); /* the same item may be there twice */
  }
  for (guint i = 0; i < wanting->len; i++) {
    guint position = g_array_index (wanting, guint, i);
    g_autoptr (GObject) item = g_list_model_get_item (self->model, position);
    give_item (self, take_free_slot (self, &from), item, position);
  }
  drop_others (self);
  order_cards (self);
  self->first = first;
  self->end = end;
}

static void
place_card (ScCardFlow *self, Slot *slot, guint n_columns, int width)
{
  int row = (int) (slot->position / n_columns);
  int column = (int) (slot->position % n_columns);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    column = (int) n_columns - 1 - column;
  GtkAllocation allocation = {
    .x = column * (self->column_width + SPACING),
    .y = row * (self->row_height + SPACING),
    .width = n_columns == 1 ? width : self->column_width,
    .height = self->row_height,
  };
  gtk_widget_measure (slot->card,
                      GTK_ORIENTATION_VERTICAL,
                      allocation.width,
                      NULL,
                      NULL,
                      NULL,
                      NULL);
  gtk_widget_size_allocate (slot->card, &allocation, -1);
}

static void
sc_card_flow_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ScCardFlow *self = SC_CARD_FLOW (widget);
  guint n_columns = count_columns (self, width);
  guint first = 0, end = 0;
  int column_width = get_column_width (width, n_columns);
  self->row_height = get_row_height (self, column_width);
  self->column_width = column_width;
  if (self->model) {
    find_range (self, n_columns, &first, &end);
    fill (self, first, end);
  }
  for (guint i = 0; i < self->slots->len; i++) {
    Slot *slot = self->slots->pdata[i];
    if (slot->item)
      place_card (self, slot, n_columns, width);
  }
}

/* With other fonts or another theme cards are of another height, which may be less. */
static void
sc_card_flow_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  ScCardFlow *self = SC_CARD_FLOW (widget);
  self->row_height = 0;
  GTK_WIDGET_CLASS (sc_card_flow_parent_class)->system_setting_changed (widget, setting);
  gtk_widget_queue_resize (widget);
}

static GtkSizeRequestMode
sc_card_flow_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
on_scrolled (ScCardFlow *self)
{
  guint first, end;
  find_range (self, count_columns (self, gtk_widget_get_width (GTK_WIDGET (self))), &first, &end);
  if (first != self->first || end != self->end)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
sc_card_flow_map (GtkWidget *widget)
{
  ScCardFlow *self = SC_CARD_FLOW (widget);
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  GTK_WIDGET_CLASS (sc_card_flow_parent_class)->map (widget);
  if (!viewport)
    return;
  self->place = g_object_ref (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport)));
  g_signal_connect_swapped (self->place, "value-changed", G_CALLBACK (on_scrolled), self);
  g_signal_connect_swapped (self->place, "changed", G_CALLBACK (on_scrolled), self);
}

static void
sc_card_flow_unmap (GtkWidget *widget)
{
  ScCardFlow *self = SC_CARD_FLOW (widget);
  if (self->place)
    g_signal_handlers_disconnect_by_data (self->place, self);
  g_clear_object (&self->place);
  GTK_WIDGET_CLASS (sc_card_flow_parent_class)->unmap (widget);
}

/* One card is there as soon as there is an item: how large cards are, it says. */
static void
on_items_changed (ScCardFlow *self)
{
  if (count_items (self) > 0 && self->slots->len == 0)
    fill (self, 0, 1);
  else if (count_items (self) == 0)
    g_ptr_array_set_size (self->slots, 0);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
forget_model (ScCardFlow *self)
{
  if (self->model)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_ptr_array_set_size (self->slots, 0);
  g_clear_object (&self->model);
}

static void
sc_card_flow_dispose (GObject *object)
{
  forget_model (SC_CARD_FLOW (object));
  G_OBJECT_CLASS (sc_card_flow_parent_class)->dispose (object);
}

static void
sc_card_flow_finalize (GObject *object)
{
  g_ptr_array_unref (SC_CARD_FLOW (object)->slots);
  G_OBJECT_CLASS (sc_card_flow_parent_class)->finalize (object);
}

static void
sc_card_flow_class_init (ScCardFlowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sc_card_flow_dispose;
  object_class->finalize = sc_card_flow_finalize;
  widget_class->get_request_mode = sc_card_flow_get_request_mode;
  widget_class->map = sc_card_flow_map;
  widget_class->measure = sc_card_flow_measure;
  widget_class->size_allocate = sc_card_flow_size_allocate;
  widget_class->system_setting_changed = sc_card_flow_system_setting_changed;
  widget_class->unmap = sc_card_flow_unmap;
  gtk_widget_class_set_css_name (widget_class, "card-flow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
sc_card_flow_init (ScCardFlow *self)
{
  self->slots = g_ptr_array_new_with_free_func (free_slot);
}

/**
 * sc_card_flow_set_model:
 * @self: a flow
 * @model: (nullable): the items that it shows from now on
 * @kind: (transfer none): what its cards are
 * @owner: (transfer none): what @kind is handed; outlives the flow's cards
 *
 * Says what it shows. Cards are as wide as they ask for at least; a row is as high as the highest
 * card that was seen in it, so that cards do well to ask for the same height whatever they show.
 */
void
sc_card_flow_set_model (ScCardFlow *self, GListModel *model, const ScCardKind *kind, gpointer owner)
{
  forget_model (self);
  self->kind = kind;
  self->owner = owner;
  g_set_object (&self->model, model);
  if (model)
    g_signal_connect_object (model,
                             "items-changed",
                             G_CALLBACK (on_items_changed),
                             self,
                             G_CONNECT_SWAPPED);
  on_items_changed (self);
}
