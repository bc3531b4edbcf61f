/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The lines of a chat on show, live or of a recording.
 *
 * The view follows the newest line, with few lines above it, until whoever reads goes up or has the
 * focus there; from then on nothing moves under their eyes, older and newer lines come as they are
 * scrolled to, and a button says how much is new. What others say is also told to screen readers, a
 * few times a minute at most.
 */

#include "config.h"

#include "sc-chat-view.h"

#include "sc-chat-announcer.h"
#include "sc-chat-row.h"
#include "sc-chat-words.h"
#include "sc-list-span.h"

#include <glib/gi18n.h>

/* Lines in the list while it follows: what a high window shows of short lines. A list lays out all
 * that it has, up to 200, whether or not they are seen. */
#define FOLLOWED_LINES 40

/* So many more come at once to whoever scrolls: a screen of them. */
#define MORE_LINES 30

/* So near to its end a list counts as being at its end, pixels: half a line. */
#define END_PIXELS 24

/* The list's layout is settled this many frames after a change. */
#define SETTLING_FRAMES 4

struct _ScChatView {
  AdwBin parent_instance;

  GListModel *lines;
  ScChatRoom *room;
  ScChatModeration *moderation;
  ScListSpan *span;
  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkEventControllerFocus *focus;
  GtkButton *news_button;
  GtkLabel *head;

  DexFuture *loading; /* (nullable): older lines, on their way */
  gboolean is_whole;  /* there are no older ones */

  guint settling; /* frames until the adjustment says what the person did */
  guint tick;
  guint n_news;
  ScChatAnnouncer *announcer;
};

typedef enum {
  PROP_ROOM = 1,
  PROP_MODERATION,
  PROP_FOLLOWING,
} ScChatViewProperty;

static GParamSpec *properties[PROP_FOLLOWING + 1];

typedef enum {
  SIGNAL_PERSON_REQUESTED,
  SIGNAL_REPORT_REQUESTED,
} ScChatViewSignal;

static guint signals[SIGNAL_REPORT_REQUESTED + 1];

G_DEFINE_FINAL_TYPE (ScChatView, sc_chat_view, ADW_TYPE_BIN)

/* Following the newest line. */

static void
show_news (ScChatView *self)
{
  g_autofree char *words = sc_chat_news_words (self->n_news);
  gtk_button_set_label (self->news_button, words);
  gtk_widget_set_visible (GTK_WIDGET (self->news_button), self->n_news > 0);
}

/* What is said above the oldest line: only there. */
static void
show_head (ScChatView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  gboolean at_top = gtk_adjustment_get_value (adjustment) <= END_PIXELS;
  gboolean held = !sc_list_span_get_following (self->span);
  gtk_label_set_text (self->head,
                      self->is_whole ? _ ("Beginning of the chat") : _ ("Loading older messages…"));
  gtk_widget_set_visible (GTK_WIDGET (self->head),
                          held && at_top && (self->is_whole || self->loading));
}

static void
set_following (ScChatView *self, gboolean following)
{
  if (sc_list_span_get_following (self->span) == following)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.newest", !following);
  if (following) {
    self->n_news = 0;
    show_news (self);
    sc_list_span_follow (self->span);
  } else {
    sc_list_span_hold (self->span);
  }
  if (self->room)
    sc_chat_room_set_reading_back (self->room, !following);
  show_head (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOWING]);
}

/* How much there is below what is on show, pixels. */
static double
get_rest (ScChatView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) -
         gtk_adjustment_get_value (adjustment);
}

static void
scroll_to_end (ScChatView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->span));
  if (n > 0)
    gtk_list_view_scroll_to (self->list, n - 1, GTK_LIST_SCROLL_NONE, NULL);
}

static DexFuture *
on_loaded (DexFuture *future, gpointer user_data)
{
  ScChatView *self = user_data;
  const GValue *more = dex_future_get_value (future, NULL);
  self->is_whole = more && !g_value_get_boolean (more);
  g_clear_pointer (&self->loading, dex_unref);
  show_head (self);
  return dex_future_new_true ();
}

/* A failure is tried again when somebody scrolls there again. */
static void
load_older (ScChatView *self)
{
  if (!self->room || self->loading || self->is_whole)
    return;
  DexFuture *loading = sc_chat_room_load_older (self->room);
  if (dex_future_is_rejected (loading)) {
    dex_unref (loading);
    return;
  }
  self->loading = dex_future_finally (loading, on_loaded, self, NULL);
}

/* Whoever comes near an end of what the list has gets more of it. */
static void
show_more (ScChatView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page = gtk_adjustment_get_page_size (adjustment);
  if (gtk_adjustment_get_value (adjustment) < page &&
      sc_list_span_show_before (self->span, MORE_LINES) == 0)
    load_older (self);
  if (get_rest (self) < page)
    sc_list_span_show_after (self->span, MORE_LINES);
  show_head (self);
}

/* How high rows are, a list knows only when it has laid them out: the first try can fall short. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  ScChatView *self = SC_CHAT_VIEW (widget);
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
tick_soon (ScChatView *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
settle (ScChatView *self)
{
  self->settling = SETTLING_FRAMES;
  tick_soon (self);
}

static void
follow_newest (ScChatView *self)
{
  set_following (self, TRUE);
  scroll_to_end (self);
  settle (self);
}

static gboolean
is_at_end (ScChatView *self)
{
  return get_rest (self) <= END_PIXELS && sc_list_span_count_after (self->span) == 0;
}

/* Also a list that grows or is laid out anew moves; only what happens after that is a person. */
static void
on_adjustment_moved (ScChatView *self)
{
  if (is_at_end (self) && !gtk_event_controller_focus_contains_focus (self->focus))
    set_following (self, TRUE);
  else if (self->settling == 0)
    set_following (self, FALSE);
  if (!sc_list_span_get_following (self->span))
    tick_soon (self);
}

/* A window that becomes lower or narrower hides the end. */
static void
on_adjustment_changed (ScChatView *self)
{
  if (sc_list_span_get_following (self->span) && self->settling == 0 && get_rest (self) >= 1)
    settle (self);
}

static gboolean
on_scroll (ScChatView *self, double dx, double dy)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
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
on_focus_changed (ScChatView *self)
{
  if (gtk_event_controller_focus_contains_focus (self->focus))
    set_following (self, FALSE);
  else if (is_at_end (self))
    follow_newest (self);
}

static void
go_to_newest (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatView *self = SC_CHAT_VIEW (widget);
  if (gtk_event_controller_focus_contains_focus (self->focus))
    gtk_widget_activate_action (widget, "page.focus-chat", NULL);
  follow_newest (self);
}

static void
open_menu (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = focus ? gtk_widget_get_ancestor (focus, SC_TYPE_CHAT_ROW) : NULL;
  if (!row && focus && gtk_widget_is_ancestor (focus, widget))
    row = gtk_widget_get_first_child (focus);
  if (row && SC_IS_CHAT_ROW (row))
    sc_chat_row_open_menu (SC_CHAT_ROW (row));
}

static guint
count_others (ScChatView *self, guint position, guint n)
{
  guint n_others = 0;
  for (guint i = position; i < position + n; i++) {
    g_autoptr (ScChatLine) line = g_list_model_get_item (self->lines, i);
    n_others += !sc_chat_line_get_own (line);
  }
  return n_others;
}

/* Own lines are what the person wants to see now. What comes further up is history, and no news. */
static void
on_items_changed (ScChatView *self, guint position, guint n_removed, guint n_added)
{
  gboolean at_end = position + n_added == g_list_model_get_n_items (self->lines);
  guint n_new = at_end ? n_added : 0;
  guint n_others = count_others (self, position, n_new);
  if (n_others > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    sc_chat_announcer_tell (self->announcer, self->lines, n_others);
  if (sc_list_span_get_following (self->span) || n_new > n_others) {
    follow_newest (self);
    return;
  }
  settle (self);
  self->n_news += n_new;
  show_news (self);
}

/* The list's rows. */

static void
on_setup (ScChatView *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, sc_chat_row_new ());
}

/* A line that was deleted is not read aloud either. */
static void
update_label (GtkListItem *item)
{
  ScChatLine *line = gtk_list_item_get_item (item);
  g_autofree char *words = sc_chat_line_words (sc_chat_line_get_name (line),
                                               sc_chat_line_get_text (line),
                                               sc_chat_line_get_state (line));
  gtk_list_item_set_accessible_label (item, words);
}

static void
on_bind (ScChatView *self, GtkListItem *item)
{
  ScChatLine *line = gtk_list_item_get_item (item);
  ScChatRow *row = SC_CHAT_ROW (gtk_list_item_get_child (item));
  g_signal_connect_object (line, "notify", G_CALLBACK (update_label), item, G_CONNECT_SWAPPED);
  update_label (item);
  sc_chat_row_set_reader (row, self->room ? sc_chat_room_get_name (self->room) : NULL);
  sc_chat_row_set_line (row, line);
}

static void
on_activated (ScChatView *self, guint position)
{
  g_autoptr (ScChatLine) line = g_list_model_get_item (G_LIST_MODEL (self->span), position);
  sc_chat_view_request_person (self, line);
}

static void
on_unbind (ScChatView *self, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), update_label, item);
  sc_chat_row_set_line (SC_CHAT_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
set_room (ScChatView *self, ScChatRoom *room)
{
  if (!g_set_object (&self->room, room))
    return;
  dex_clear (&self->loading);
  self->is_whole = FALSE;
  sc_chat_view_set_lines (self, room ? sc_chat_room_get_lines (room) : NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM]);
}

static void
sc_chat_view_dispose (GObject *object)
{
  ScChatView *self = SC_CHAT_VIEW (object);

  g_clear_pointer (&self->announcer, sc_chat_announcer_free);
  dex_clear (&self->loading);
  if (self->list)
    gtk_list_view_set_model (self->list, NULL);
  sc_chat_view_set_lines (self, NULL);
  g_clear_object (&self->room);
  g_clear_object (&self->moderation);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_CHAT_VIEW);

  G_OBJECT_CLASS (sc_chat_view_parent_class)->dispose (object);
}

static void
sc_chat_view_finalize (GObject *object)
{
  g_object_unref (SC_CHAT_VIEW (object)->span);

  G_OBJECT_CLASS (sc_chat_view_parent_class)->finalize (object);
}

static void
sc_chat_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScChatView *self = SC_CHAT_VIEW (object);

  switch ((ScChatViewProperty) id) {
  case PROP_ROOM:
    g_value_set_object (value, self->room);
    break;
  case PROP_MODERATION:
    g_value_set_object (value, self->moderation);
    break;
  case PROP_FOLLOWING:
    g_value_set_boolean (value, sc_chat_view_get_following (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_chat_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScChatView *self = SC_CHAT_VIEW (object);

  switch (id) {
  case PROP_ROOM:
    set_room (self, g_value_get_object (value));
    break;
  case PROP_MODERATION:
    if (g_set_object (&self->moderation, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/chat-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ScChatView, scroller);
  gtk_widget_class_bind_template_child (widget_class, ScChatView, list);
  gtk_widget_class_bind_template_child (widget_class, ScChatView, focus);
  gtk_widget_class_bind_template_child (widget_class, ScChatView, news_button);
  gtk_widget_class_bind_template_child (widget_class, ScChatView, head);
  gtk_widget_class_bind_template_callback (widget_class, on_scroll);
  gtk_widget_class_bind_template_callback (widget_class, on_focus_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name,
                       SC_TYPE_CHAT_VIEW,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       1,
                       SC_TYPE_CHAT_LINE);
}

static void
install_signals (void)
{
  /**
   * ScChatView::person-requested:
   * @line: a line of the person whose card is wanted
   */
  signals[SIGNAL_PERSON_REQUESTED] = new_signal ("person-requested");
  /**
   * ScChatView::report-requested:
   * @line: what is to be reported
   */
  signals[SIGNAL_REPORT_REQUESTED] = new_signal ("report-requested");
}

static void
sc_chat_view_class_init (ScChatViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags set = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags seen = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sc_chat_view_dispose;
  object_class->finalize = sc_chat_view_finalize;
  object_class->get_property = sc_chat_view_get_property;
  object_class->set_property = sc_chat_view_set_property;

  properties[PROP_ROOM] = g_param_spec_object ("room", NULL, NULL, SC_TYPE_CHAT_ROOM, set);
  properties[PROP_MODERATION] =
    g_param_spec_object ("moderation", NULL, NULL, SC_TYPE_CHAT_MODERATION, set);
  properties[PROP_FOLLOWING] = g_param_spec_boolean ("following", NULL, NULL, TRUE, seen);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  install_signals ();
  gtk_widget_class_install_action (widget_class, "view.newest", NULL, go_to_newest);
  gtk_widget_class_install_action (widget_class, "view.menu", NULL, open_menu);
  bind_template (widget_class);
}

static void
sc_chat_view_init (ScChatView *self)
{
  self->span = sc_list_span_new (FOLLOWED_LINES);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.newest", FALSE);
  self->announcer = sc_chat_announcer_new (GTK_ACCESSIBLE (self->list));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment,
                           "value-changed",
                           G_CALLBACK (on_adjustment_moved),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment,
                           "changed",
                           G_CALLBACK (on_adjustment_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_autoptr (GtkNoSelection) selection =
    gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->span)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
}

/**
 * sc_chat_view_set_lines:
 * @self: a view
 * @lines: (nullable): a list of #ScChatLine, oldest first
 *
 * Shows the end of a list of lines, and follows it.
 */
void
sc_chat_view_set_lines (ScChatView *self, GListModel *lines)
{
  if (self->lines)
    g_signal_handlers_disconnect_by_data (self->lines, self);
  g_set_object (&self->lines, lines);
  sc_list_span_set_base (self->span, lines);
  /* After the list view has taken the change, so that there is something to scroll to. */
  if (lines)
    g_signal_connect_object (lines,
                             "items-changed",
                             G_CALLBACK (on_items_changed),
                             self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/**
 * sc_chat_view_get_room:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the room whose lines it shows
 */
ScChatRoom *
sc_chat_view_get_room (ScChatView *self)
{
  return self->room;
}

/**
 * sc_chat_view_get_following:
 * @self: a view
 *
 * Returns: whether it follows the newest line
 */
gboolean
sc_chat_view_get_following (ScChatView *self)
{
  return sc_list_span_get_following (self->span);
}

/**
 * sc_chat_view_get_moderation:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what is done in the chat
 */
ScChatModeration *
sc_chat_view_get_moderation (ScChatView *self)
{
  return self->moderation;
}

static gboolean
is_heard (ScChatView *self, ScChatViewSignal signal)
{
  return g_signal_has_handler_pending (self, signals[signal], 0, FALSE);
}

/**
 * sc_chat_view_has_cards:
 * @self: a view
 *
 * Returns: whether somebody shows the cards of people
 */
gboolean
sc_chat_view_has_cards (ScChatView *self)
{
  return is_heard (self, SIGNAL_PERSON_REQUESTED);
}

/**
 * sc_chat_view_request_person:
 * @self: a view
 * @line: (nullable): a line of a person
 *
 * Has the person's card shown.
 */
void
sc_chat_view_request_person (ScChatView *self, ScChatLine *line)
{
  if (line)
    g_signal_emit (self, signals[SIGNAL_PERSON_REQUESTED], 0, line);
}

/**
 * sc_chat_view_takes_reports:
 * @self: a view
 *
 * Returns: whether lines can be reported
 */
gboolean
sc_chat_view_takes_reports (ScChatView *self)
{
  return is_heard (self, SIGNAL_REPORT_REQUESTED);
}

/**
 * sc_chat_view_request_report:
 * @self: a view
 * @line: (nullable): a line
 *
 * Has the line reported.
 */
void
sc_chat_view_request_report (ScChatView *self, ScChatLine *line)
{
  if (line)
    g_signal_emit (self, signals[SIGNAL_REPORT_REQUESTED], 0, line);
}
