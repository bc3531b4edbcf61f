/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where picture and chat are. No child changes its parent when the layout changes: a chat that was
 * moved would forget what its reader has scrolled to.
 *
 * A chat that floats keeps clear of the header bar and of the player's controls, which come and go
 * above and below it; in a narrow place it is over the lower half of the picture.
 */

#include "config.h"

#include "sc-watch-split.h"

/* What a floating chat keeps clear of: a header bar, a recording's controls, the sides. */
#define CLEAR_TOP 60
#define CLEAR_BOTTOM 104
#define CLEAR_SIDE 12

#define FLOATING_CLASS "floating-chat"

/* What is watched, the separator, the chat. */
#define N_PARTS 3

struct _ScWatchSplit {
  GtkWidget parent_instance;

  GtkOrientation orientation;
  gboolean floating;
};

typedef enum {
  PROP_ORIENTATION = 1,
  PROP_FLOATING,
} ScWatchSplitProperty;

static GParamSpec *properties[PROP_FLOATING + 1];

G_DEFINE_FINAL_TYPE (ScWatchSplit, sc_watch_split, GTK_TYPE_WIDGET)

static GtkWidget *
get_watched (ScWatchSplit *self)
{
  return gtk_widget_get_first_child (GTK_WIDGET (self));
}

static GtkWidget *
get_chat (ScWatchSplit *self)
{
  return gtk_widget_get_last_child (GTK_WIDGET (self));
}

static GtkWidget *
get_separator (ScWatchSplit *self)
{
  return gtk_widget_get_prev_sibling (get_chat (self));
}

/* How long each part is, if all of them have @length to share. What is left over is the picture's,
 * or the chat's where that is below. */
static void
share (ScWatchSplit *self, int length, int across, GtkRequestedSize sizes[N_PARTS])
{
  gboolean below = self->orientation == GTK_ORIENTATION_VERTICAL;
  guint i = 0;
  for (GtkWidget *at = get_watched (self); at; at = gtk_widget_get_next_sibling (at), i++) {
    sizes[i] = (GtkRequestedSize) { 0 };
    if (gtk_widget_should_layout (at))
      gtk_widget_measure (at,
                          self->orientation,
                          below ? across : -1,
                          &sizes[i].minimum_size,
                          &sizes[i].natural_size,
                          NULL,
                          NULL);
    length -= sizes[i].minimum_size;
  }
  length = gtk_distribute_natural_allocation (MAX (length, 0), N_PARTS, sizes);
  gboolean has_chat = gtk_widget_should_layout (get_chat (self));
  sizes[below && has_chat ? N_PARTS - 1 : 0].minimum_size += length;
}

static void
measure_floating (ScWatchSplit *self, GtkOrientation orientation, int for_size, int *min, int *nat)
{
  int chat_min = 0;
  gtk_widget_measure (get_watched (self), orientation, for_size, min, nat, NULL, NULL);
  if (gtk_widget_should_layout (get_chat (self)))
    gtk_widget_measure (get_chat (self), orientation, -1, &chat_min, NULL, NULL, NULL);
  *min = MAX (*min, chat_min);
  *nat = MAX (*nat, *min);
}

static void
measure_shared (ScWatchSplit *self, GtkOrientation orientation, int for_size, int *min, int *nat)
{
  GtkRequestedSize sizes[N_PARTS] = { 0 };
  gboolean along = orientation == self->orientation;
  if (!along && for_size >= 0)
    share (self, for_size, -1, sizes);
  guint i = 0;
  for (GtkWidget *at = get_watched (self); at; at = gtk_widget_get_next_sibling (at), i++) {
    int at_min = 0;
    int at_nat = 0;
    int size = along || for_size < 0 ? for_size : sizes[i].minimum_size;
    if (gtk_widget_should_layout (at))
      gtk_widget_measure (at, orientation, size, &at_min, &at_nat, NULL, NULL);
    *min = along ? *min + at_min : MAX (*min, at_min);
    *nat = along ? *nat + at_nat : MAX (*nat, at_nat);
  }
}

static void
sc_watch_split_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  ScWatchSplit *self = SC_WATCH_SPLIT (widget);
  if (self->floating)
    measure_floating (self, orientation, for_size, minimum, natural);
  else
    measure_shared (self, orientation, for_size, minimum, natural);
}

/* As far as there is no place to keep clear of anything, it does not. */
static void
allocate_chat_floating (ScWatchSplit *self, int width, int height)
{
  gboolean below = self->orientation == GTK_ORIENTATION_VERTICAL;
  int min_width;
  int nat_width;
  int min_height;
  GtkWidget *chat = get_chat (self);
  gtk_widget_measure (chat, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, &nat_width, NULL, NULL);
  int place = MAX (width - 2 * CLEAR_SIDE, min_width);
  int chat_width = below ? place : MIN (place, nat_width);
  gtk_widget_measure (chat, GTK_ORIENTATION_VERTICAL, chat_width, &min_height, NULL, NULL, NULL);
  int bottom = MIN (CLEAR_BOTTOM, MAX (height - min_height, 0));
  int top = MIN (below ? height / 2 : CLEAR_TOP, MAX (height - bottom - min_height, 0));
  GtkAllocation at = { .y = top, .width = chat_width, .height = height - top - bottom };
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    at.x = MIN (CLEAR_SIDE, MAX (width - chat_width, 0));
  else
    at.x = MAX (width - chat_width - CLEAR_SIDE, 0);
  gtk_widget_size_allocate (chat, &at, -1);
}

static void
allocate_shared (ScWatchSplit *self, int width, int height)
{
  GtkRequestedSize sizes[N_PARTS] = { 0 };
  gboolean below = self->orientation == GTK_ORIENTATION_VERTICAL;
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int position = 0;
  guint i = 0;
  share (self, below ? height : width, below ? width : height, sizes);
  for (GtkWidget *at = get_watched (self); at; at = gtk_widget_get_next_sibling (at), i++) {
    int length = sizes[i].minimum_size;
    GtkAllocation place = { position, 0, length, height };
    if (below)
      place = (GtkAllocation) { 0, position, width, length };
    else if (mirrored)
      place.x = width - position - length;
    if (gtk_widget_should_layout (at))
      gtk_widget_size_allocate (at, &place, -1);
    position += length;
  }
}

static void
sc_watch_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ScWatchSplit *self = SC_WATCH_SPLIT (widget);
  if (!self->floating) {
    allocate_shared (self, width, height);
    return;
  }
  gtk_widget_size_allocate (get_watched (self), &(GtkAllocation) { 0, 0, width, height }, -1);
  if (gtk_widget_should_layout (get_chat (self)))
    allocate_chat_floating (self, width, height);
}

static GtkSizeRequestMode
sc_watch_split_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sc_watch_split_dispose (GObject *object)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sc_watch_split_parent_class)->dispose (object);
}

static void
sc_watch_split_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScWatchSplit *self = SC_WATCH_SPLIT (object);

  switch ((ScWatchSplitProperty) id) {
  case PROP_ORIENTATION:
    g_value_set_enum (value, self->orientation);
    break;
  case PROP_FLOATING:
    g_value_set_boolean (value, self->floating);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
set_orientation (ScWatchSplit *self, GtkOrientation orientation)
{
  if (self->orientation == orientation)
    return;
  self->orientation = orientation;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORIENTATION]);
}

static void
sc_watch_split_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScWatchSplit *self = SC_WATCH_SPLIT (object);

  switch ((ScWatchSplitProperty) id) {
  case PROP_ORIENTATION:
    set_orientation (self, g_value_get_enum (value));
    break;
  case PROP_FLOATING:
    sc_watch_split_set_floating (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_watch_split_class_init (ScWatchSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sc_watch_split_dispose;
  object_class->get_property = sc_watch_split_get_property;
  object_class->set_property = sc_watch_split_set_property;
  widget_class->measure = sc_watch_split_measure;
  widget_class->size_allocate = sc_watch_split_size_allocate;
  widget_class->get_request_mode = sc_watch_split_get_request_mode;

  properties[PROP_ORIENTATION] = g_param_spec_enum ("orientation",
                                                    NULL,
                                                    NULL,
                                                    GTK_TYPE_ORIENTATION,
                                                    GTK_ORIENTATION_HORIZONTAL,
                                                    flags);
  properties[PROP_FLOATING] = g_param_spec_boolean ("floating", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sc_watch_split_init (ScWatchSplit *self)
{
}

/**
 * sc_watch_split_set_floating:
 * @self: picture and chat
 * @floating: whether the chat floats over the picture, which has the whole place then
 */
void
sc_watch_split_set_floating (ScWatchSplit *self, gboolean floating)
{
  if (self->floating == floating)
    return;
  self->floating = floating;
  gtk_widget_set_child_visible (get_separator (self), !floating);
  if (floating)
    gtk_widget_add_css_class (get_chat (self), FLOATING_CLASS);
  else
    gtk_widget_remove_css_class (get_chat (self), FLOATING_CLASS);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FLOATING]);
}
