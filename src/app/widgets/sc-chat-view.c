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
#include "sc-chat-line-words.h"
#include "sc-chat-news.h"
#include "sc-chat-row.h"
#include "sc-chat-scroll.h"
#include "sc-chat-words.h"
#include "sc-list-span.h"

#include <glib/gi18n.h>

/* Lines in the list while it follows: what a high window shows of short lines. A list lays out all
 * that it has, up to 200, whether or not they are seen. */
#define FOLLOWED_LINES 40

/* A chat that is read out without a break cannot be listened to. */
#define ANNOUNCER_PAUSE_MS 5000

struct _ScChatView {
  AdwBin parent_instance;

  GListModel *lines;
  ScChatRoom *room;
  ScChatModeration *moderation;
  ScListSpan *span;
  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkButton *news_button;
  GtkLabel *head;
  ScChatScroll *scroll;

  DexFuture *loading; /* (nullable): older lines, on their way */
  gboolean is_whole;  /* there are no older ones */

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
  gboolean known = self->is_whole || self->loading;
  gtk_label_set_text (self->head,
                      self->is_whole ? _ ("Beginning of the chat") : _ ("Loading older messages…"));
  gtk_widget_set_visible (GTK_WIDGET (self->head),
                          known && sc_chat_scroll_is_at_top (self->scroll));
}

static void
on_following (ScChatView *self)
{
  gboolean following = sc_chat_scroll_get_following (self->scroll);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.newest", !following);
  if (following) {
    self->n_news = 0;
    show_news (self);
  }
  if (self->room)
    sc_chat_room_set_reading_back (self->room, !following);
  show_head (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOWING]);
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

static void
go_to_newest (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatView *self = SC_CHAT_VIEW (widget);
  if (sc_chat_scroll_has_focus (self->scroll))
    gtk_widget_activate_action (widget, "page.focus-chat", NULL);
  sc_chat_scroll_follow (self->scroll);
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

/* Own lines are what the person wants to see now. What comes further up is no news, and what goes
 * from there can be loaded again. */
static void
on_items_changed (ScChatView *self, guint position, guint n_removed, guint n_added)
{
  gboolean at_end = position + n_added == g_list_model_get_n_items (self->lines);
  guint n_new = at_end ? n_added : 0;
  guint n_others = sc_chat_news_count (self->lines, position, n_added);
  if (position == 0 && n_removed > 0)
    self->is_whole = FALSE;
  if (n_others > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    sc_chat_announcer_tell (self->announcer, self->lines, n_others);
  if (sc_chat_scroll_get_following (self->scroll) || n_new > n_others) {
    sc_chat_scroll_follow (self->scroll);
    return;
  }
  sc_chat_scroll_settle (self->scroll);
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
announce (const char *words, gpointer user_data)
{
  gtk_accessible_announce (user_data, words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
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
  if (self->scroll)
    g_object_run_dispose (G_OBJECT (self->scroll));
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
  ScChatView *self = SC_CHAT_VIEW (object);

  g_object_unref (self->scroll);
  g_object_unref (self->span);

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
  gtk_widget_class_bind_template_child (widget_class, ScChatView, news_button);
  gtk_widget_class_bind_template_child (widget_class, ScChatView, head);
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
  self->announcer = sc_chat_announcer_new (announce, self->list, ANNOUNCER_PAUSE_MS);
  self->scroll = sc_chat_scroll_new (self->scroller, self->list, self->span);
  g_signal_connect_object (self->scroll,
                           "notify::following",
                           G_CALLBACK (on_following),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scroll, "moved", G_CALLBACK (show_head), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scroll,
                           "older-wanted",
                           G_CALLBACK (load_older),
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
  return sc_chat_scroll_get_following (self->scroll);
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
