/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where somebody is in a long list: at its end, which it then follows, or further up, where nothing
 * moves under their eyes and more comes as they scroll to it. Main thread only; a view owns it, and
 * lets go of it before its widgets. */

#include "config.h"

#include "sc-chat-scroll.h"

/* So many more come at once to whoever scrolls: a screen of them. */
#define MORE_LINES 30

/* So near to its end a list counts as being at its end, pixels: half a line. */
#define END_PIXELS 24

/* The list's layout is settled this many frames after a change. */
#define SETTLING_FRAMES 4

struct _ScChatScroll {
  GObject parent_instance;

  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkEventControllerFocus *focus;
  ScListSpan *span;
  guint settling; /* frames until the adjustment says what the person did */
  guint tick;
};

typedef enum {
  PROP_FOLLOWING = 1,
} ScChatScrollProperty;

static GParamSpec *properties[PROP_FOLLOWING + 1];

typedef enum {
  SIGNAL_MOVED,
  SIGNAL_OLDER_WANTED,
} ScChatScrollSignal;

static guint signals[SIGNAL_OLDER_WANTED + 1];

G_DEFINE_FINAL_TYPE (ScChatScroll, sc_chat_scroll, G_TYPE_OBJECT)

static GtkAdjustment *
get_adjustment (ScChatScroll *self)
{
  return gtk_scrolled_window_get_vadjustment (self->scroller);
}

/* How much there is below what is on show, pixels. */
static double
get_rest (ScChatScroll *self)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) -
         gtk_adjustment_get_value (adjustment);
}

static gboolean
is_at_end (ScChatScroll *self)
{
  return get_rest (self) <= END_PIXELS && sc_list_span_count_after (self->span) == 0;
}

static void
set_following (ScChatScroll *self, gboolean following)
{
  if (sc_list_span_get_following (self->span) == following)
    return;
  if (following)
    sc_list_span_follow (self->span);
  else
    sc_list_span_hold (self->span);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOWING]);
}

static void
scroll_to_end (ScChatScroll *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->span));
  if (n > 0)
    gtk_list_view_scroll_to (self->list, n - 1, GTK_LIST_SCROLL_NONE, NULL);
}

/* Whoever comes near an end of what the list has gets more of it. */
static void
show_more (ScChatScroll *self)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double page = gtk_adjustment_get_page_size (adjustment);
  if (gtk_adjustment_get_value (adjustment) < page &&
      sc_list_span_show_before (self->span, MORE_LINES) == 0)
    g_signal_emit (self, signals[SIGNAL_OLDER_WANTED], 0);
  if (get_rest (self) < page)
    sc_list_span_show_after (self->span, MORE_LINES);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

/* How high rows are, a list knows only when it has laid them out: the first try can fall short. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  ScChatScroll *self = user_data;
  if (!sc_list_span_get_following (self->span))
    show_more (self);
  else if (get_rest (self) >= 1)
    scroll_to_end (self);
  if (self->settling > 0 && --self->settling > 0)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
tick_soon (ScChatScroll *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->scroller), on_tick, self, NULL);
}

/* Also a list that grows or is laid out anew moves; only what happens after that is a person. */
static void
on_adjustment_moved (ScChatScroll *self)
{
  if (is_at_end (self) && !sc_chat_scroll_has_focus (self))
    set_following (self, TRUE);
  else if (self->settling == 0)
    set_following (self, FALSE);
  if (!sc_list_span_get_following (self->span))
    tick_soon (self);
}

/* A window that becomes lower or narrower hides the end. */
static void
on_adjustment_changed (ScChatScroll *self)
{
  if (sc_list_span_get_following (self->span) && self->settling == 0 && get_rest (self) >= 1)
    sc_chat_scroll_settle (self);
}

static gboolean
on_scroll (ScChatScroll *self, double dx, double dy)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  gboolean can_go_up =
    gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment);
  if (dy < 0 && can_go_up) {
    self->settling = 0;
    set_following (self, FALSE);
    tick_soon (self);
  }
  return GDK_EVENT_PROPAGATE;
}

/* A line that has the focus must not go from under it. */
static void
on_focus_changed (ScChatScroll *self)
{
  if (sc_chat_scroll_has_focus (self))
    set_following (self, FALSE);
  else if (is_at_end (self))
    sc_chat_scroll_follow (self);
}

static void
sc_chat_scroll_dispose (GObject *object)
{
  ScChatScroll *self = SC_CHAT_SCROLL (object);

  if (self->scroller) {
    g_signal_handlers_disconnect_by_data (get_adjustment (self), self);
    g_signal_handlers_disconnect_by_data (self->focus, self);
    if (self->tick != 0)
      gtk_widget_remove_tick_callback (GTK_WIDGET (self->scroller), self->tick);
  }
  self->scroller = NULL;

  G_OBJECT_CLASS (sc_chat_scroll_parent_class)->dispose (object);
}

static void
sc_chat_scroll_finalize (GObject *object)
{
  g_object_unref (SC_CHAT_SCROLL (object)->span);

  G_OBJECT_CLASS (sc_chat_scroll_parent_class)->finalize (object);
}

static void
sc_chat_scroll_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((ScChatScrollProperty) id) {
  case PROP_FOLLOWING:
    g_value_set_boolean (value, sc_chat_scroll_get_following (SC_CHAT_SCROLL (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name,
                       SC_TYPE_CHAT_SCROLL,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       0);
}

static void
sc_chat_scroll_class_init (ScChatScrollClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sc_chat_scroll_dispose;
  object_class->finalize = sc_chat_scroll_finalize;
  object_class->get_property = sc_chat_scroll_get_property;

  properties[PROP_FOLLOWING] =
    g_param_spec_boolean ("following",
                          NULL,
                          NULL,
                          TRUE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * ScChatScroll::moved:
   *
   * Something else may be at the top of what is on show.
   */
  signals[SIGNAL_MOVED] = new_signal ("moved");
  /**
   * ScChatScroll::older-wanted:
   *
   * Somebody comes to the top of all that the list has.
   */
  signals[SIGNAL_OLDER_WANTED] = new_signal ("older-wanted");
}

static void
sc_chat_scroll_init (ScChatScroll *self)
{
}

static void
add_controllers (ScChatScroll *self)
{
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->scroller), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self->list), focus);
  self->focus = GTK_EVENT_CONTROLLER_FOCUS (focus);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (on_scroll), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus,
                           "notify::contains-focus",
                           G_CALLBACK (on_focus_changed),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * sc_chat_scroll_new:
 * @scroller: what has the list; must live longer
 * @list: shows @span; must live longer
 * @span: the part of a list that is on show, which follows the end now
 *
 * Returns: (transfer full): what keeps the list where somebody reads
 */
ScChatScroll *
sc_chat_scroll_new (GtkScrolledWindow *scroller, GtkListView *list, ScListSpan *span)
{
  ScChatScroll *self = g_object_new (SC_TYPE_CHAT_SCROLL, NULL);
  self->scroller = scroller;
  self->list = list;
  self->span = g_object_ref (span);
  add_controllers (self);
  g_signal_connect_object (get_adjustment (self),
                           "value-changed",
                           G_CALLBACK (on_adjustment_moved),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_adjustment (self),
                           "changed",
                           G_CALLBACK (on_adjustment_changed),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * sc_chat_scroll_follow:
 * @self: what keeps a list in place
 *
 * Goes to the end, and follows it.
 */
void
sc_chat_scroll_follow (ScChatScroll *self)
{
  set_following (self, TRUE);
  scroll_to_end (self);
  sc_chat_scroll_settle (self);
}

/**
 * sc_chat_scroll_settle:
 * @self: what keeps a list in place
 *
 * The list has changed: that it moves now is nobody's doing.
 */
void
sc_chat_scroll_settle (ScChatScroll *self)
{
  self->settling = SETTLING_FRAMES;
  tick_soon (self);
}

/**
 * sc_chat_scroll_get_following:
 * @self: what keeps a list in place
 *
 * Returns: whether it follows the end
 */
gboolean
sc_chat_scroll_get_following (ScChatScroll *self)
{
  return sc_list_span_get_following (self->span);
}

/**
 * sc_chat_scroll_is_at_top:
 * @self: what keeps a list in place
 *
 * Returns: whether somebody reads the first of the lines on show
 */
gboolean
sc_chat_scroll_is_at_top (ScChatScroll *self)
{
  return !sc_list_span_get_following (self->span) &&
         gtk_adjustment_get_value (get_adjustment (self)) <= END_PIXELS;
}

/**
 * sc_chat_scroll_has_focus:
 * @self: what keeps a list in place
 *
 * Returns: whether one of the lines has the focus
 */
gboolean
sc_chat_scroll_has_focus (ScChatScroll *self)
{
  return gtk_event_controller_focus_contains_focus (self->focus);
}
