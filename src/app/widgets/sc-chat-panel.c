/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A chat room on show: how the connection stands, the lines, and where one types.
 *
 * The list follows the newest line, until whoever reads goes up; from then on nothing moves under
 * their eyes, and a button says how much is new. What others say is also told to screen readers, a
 * few times a minute at most.
 */

#include "config.h"

#include "sc-chat-panel.h"

#include "sc-chat-composer.h"
#include "sc-chat-row.h"
#include "sc-chat-words.h"

#include <glib/gi18n.h>

/* So near to its end a list counts as being at its end, pixels: half a line. */
#define END_PIXELS 24

/* The list's layout is settled this many frames after a change. */
#define SETTLING_FRAMES 4

/* A chat that is read out without a break cannot be listened to. */
#define ANNOUNCE_SECONDS 5

struct _ScChatPanel {
  AdwBin parent_instance;

  ScChatRoom *room;
  ScSession *session;
  AdwBanner *banner;
  GtkStack *lines_stack;
  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkButton *news_button;
  GtkStack *composer_stack;
  GtkWidget *composer;

  gboolean following;
  guint settling; /* frames until the adjustment says what the person did */
  guint settle_tick;
  guint n_news;
  gboolean wants_to_write; /* went to sign in for that */
  guint n_unheard;
  guint announce_source;
};

typedef enum {
  PROP_ROOM = 1,
  PROP_SESSION,
} ScChatPanelProperty;

static GParamSpec *properties[PROP_SESSION + 1];

G_DEFINE_FINAL_TYPE (ScChatPanel, sc_chat_panel, ADW_TYPE_BIN)

static GListModel *
get_lines (ScChatPanel *self)
{
  return self->room ? sc_chat_room_get_lines (self->room) : NULL;
}

/* Following the newest line. */

static void
show_news (ScChatPanel *self)
{
  g_autofree char *words = sc_chat_news_words (self->n_news);
  gtk_button_set_label (self->news_button, words);
  gtk_widget_set_visible (GTK_WIDGET (self->news_button), self->n_news > 0);
}

static void
set_following (ScChatPanel *self, gboolean following)
{
  self->following = following;
  if (following && self->n_news > 0) {
    self->n_news = 0;
    show_news (self);
  }
}

/* How much there is below what is on show, pixels. */
static double
get_rest (ScChatPanel *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) -
         gtk_adjustment_get_value (adjustment);
}

static void
show_newest (ScChatPanel *self)
{
  guint n = g_list_model_get_n_items (get_lines (self));
  if (n > 0)
    gtk_list_view_scroll_to (self->list, n - 1, GTK_LIST_SCROLL_NONE, NULL);
}

/* How high rows are, a list knows only when it has laid them out: the first try can fall short. */
static gboolean
on_settle_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  ScChatPanel *self = SC_CHAT_PANEL (widget);
  if (self->following && self->room && get_rest (self) >= 1)
    show_newest (self);
  if (self->settling > 0 && --self->settling > 0)
    return G_SOURCE_CONTINUE;
  self->settle_tick = 0;
  return G_SOURCE_REMOVE;
}

static void
settle (ScChatPanel *self)
{
  self->settling = SETTLING_FRAMES;
  if (self->settle_tick == 0)
    self->settle_tick =
      gtk_widget_add_tick_callback (GTK_WIDGET (self), on_settle_tick, NULL, NULL);
}

static void
follow_newest (ScChatPanel *self)
{
  show_newest (self);
  settle (self);
}

/* Also a list that grows or is laid out anew moves; only what happens after that is a person. */
static void
on_adjustment_moved (ScChatPanel *self)
{
  if (get_rest (self) <= END_PIXELS)
    set_following (self, TRUE);
  else if (self->settling == 0)
    set_following (self, FALSE);
}

/* A window that becomes lower or narrower hides the end. */
static void
on_adjustment_changed (ScChatPanel *self)
{
  if (self->following && self->settling == 0 && get_rest (self) >= 1)
    settle (self);
}

static gboolean
on_scroll (ScChatPanel *self, double dx, double dy)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  gboolean can_go_up =
    gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment);
  if (dy < 0 && can_go_up) {
    self->settling = 0;
    set_following (self, FALSE);
  }
  return GDK_EVENT_PROPAGATE;
}

static void
on_news_clicked (ScChatPanel *self)
{
  set_following (self, TRUE);
  follow_newest (self);
}

/* Telling screen readers. */

static void
announce_now (ScChatPanel *self)
{
  guint n = g_list_model_get_n_items (get_lines (self));
  if (n == 0)
    return;
  g_autoptr (ScChatLine) newest = g_list_model_get_item (get_lines (self), n - 1);
  g_autofree char *words = self->n_unheard == 1
                             ? sc_chat_line_words (sc_chat_line_get_name (newest),
                                                   sc_chat_line_get_text (newest),
                                                   sc_chat_line_get_state (newest))
                             : sc_chat_news_words (self->n_unheard);
  self->n_unheard = 0;
  gtk_accessible_announce (GTK_ACCESSIBLE (self->list),
                           words,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
on_announcement_due (gpointer user_data)
{
  ScChatPanel *self = user_data;
  self->announce_source = 0;
  if (self->n_unheard == 0)
    return;
  announce_now (self);
  self->announce_source = g_timeout_add_seconds_once (ANNOUNCE_SECONDS, on_announcement_due, self);
}

static void
announce (ScChatPanel *self, guint n_lines)
{
  if (n_lines == 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->n_unheard += n_lines;
  if (self->announce_source == 0)
    on_announcement_due (self);
}

static guint
count_others (ScChatPanel *self, guint position, guint n)
{
  guint n_others = 0;
  for (guint i = position; i < position + n; i++) {
    g_autoptr (ScChatLine) line = g_list_model_get_item (get_lines (self), i);
    n_others += !sc_chat_line_get_own (line);
  }
  return n_others;
}

static void
update_lines (ScChatPanel *self)
{
  gboolean any = self->room && g_list_model_get_n_items (get_lines (self)) > 0;
  ScChatState state = self->room ? sc_chat_room_get_state (self->room) : SC_CHAT_IDLE;
  gtk_stack_set_visible_child_name (self->lines_stack, any ? "lines" : sc_chat_empty_page (state));
}

/* Own lines are what the person wants to see now. */
static void
on_items_changed (ScChatPanel *self, guint position, guint n_removed, guint n_added)
{
  guint n_others = count_others (self, position, n_added);
  update_lines (self);
  announce (self, n_others);
  if (n_added > n_others)
    set_following (self, TRUE);
  if (self->following) {
    follow_newest (self);
    return;
  }
  settle (self);
  self->n_news += n_added;
  show_news (self);
}

/* The room and the person. */

static void
update_banner (ScChatPanel *self)
{
  ScChatState state = sc_chat_room_get_state (self->room);
  ScChatBanner choice = sc_chat_banner_choose (state);
  if (choice == SC_CHAT_BANNER_STAYS)
    return;
  if (choice == SC_CHAT_BANNER_SHOWN) {
    g_autofree char *words = sc_chat_banner_words (state,
                                                   sc_chat_room_get_error (self->room),
                                                   sc_chat_room_get_reason (self->room));
    adw_banner_set_title (self->banner, words);
    adw_banner_set_button_label (self->banner, sc_chat_banner_button (state));
  }
  adw_banner_set_revealed (self->banner, choice == SC_CHAT_BANNER_SHOWN);
}

/* A draft stays where it is, also where it cannot be sent. */
static void
update_composer (ScChatPanel *self)
{
  gboolean signed_in = self->session && sc_session_get_signed_in (self->session);
  gtk_stack_set_visible_child_name (self->composer_stack, signed_in ? "composer" : "signed-out");
}

static void
update_room (ScChatPanel *self)
{
  update_banner (self);
  update_lines (self);
  update_composer (self);
}

static void
on_banner_clicked (ScChatPanel *self)
{
  sc_chat_room_start (self->room);
}

static void
on_sign_in_clicked (ScChatPanel *self)
{
  self->wants_to_write = TRUE;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in", NULL);
}

static void
follow_room (ScChatPanel *self)
{
  GListModel *lines = get_lines (self);
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (g_object_ref (lines));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  /* After the list view has taken the change, so that there is something to scroll to. */
  g_signal_connect_object (lines,
                           "items-changed",
                           G_CALLBACK (on_items_changed),
                           self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->room, "notify", G_CALLBACK (update_room), self, G_CONNECT_SWAPPED);
  update_room (self);
}

static void
set_room (ScChatPanel *self, ScChatRoom *room)
{
  if (self->room == room)
    return;
  if (self->room) {
    g_signal_handlers_disconnect_by_data (get_lines (self), self);
    g_signal_handlers_disconnect_by_data (self->room, self);
    gtk_list_view_set_model (self->list, NULL);
  }
  g_set_object (&self->room, room);
  if (room)
    follow_room (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM]);
}

static void
set_session (ScChatPanel *self, ScSession *session)
{
  if (self->session == session)
    return;
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session)
    g_signal_connect_object (session,
                             "notify::signed-in",
                             G_CALLBACK (update_composer),
                             self,
                             G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
sc_chat_panel_dispose (GObject *object)
{
  ScChatPanel *self = SC_CHAT_PANEL (object);

  g_clear_handle_id (&self->announce_source, g_source_remove);
  if (self->list)
    set_room (self, NULL);
  set_session (self, NULL);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_CHAT_PANEL);

  G_OBJECT_CLASS (sc_chat_panel_parent_class)->dispose (object);
}

static void
sc_chat_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScChatPanel *self = SC_CHAT_PANEL (object);

  switch ((ScChatPanelProperty) id) {
  case PROP_ROOM:
    g_value_set_object (value, self->room);
    break;
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_chat_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScChatPanel *self = SC_CHAT_PANEL (object);

  switch ((ScChatPanelProperty) id) {
  case PROP_ROOM:
    set_room (self, g_value_get_object (value));
    break;
  case PROP_SESSION:
    set_session (self, g_value_get_object (value));
    update_composer (self);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static char *
line_words (GObject *item, const char *name, const char *text, guint state)
{
  return sc_chat_line_words (name, text, state);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/chat-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ScChatPanel, banner);
  gtk_widget_class_bind_template_child (widget_class, ScChatPanel, lines_stack);
  gtk_widget_class_bind_template_child (widget_class, ScChatPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, ScChatPanel, list);
  gtk_widget_class_bind_template_child (widget_class, ScChatPanel, news_button);
  gtk_widget_class_bind_template_child (widget_class, ScChatPanel, composer_stack);
  gtk_widget_class_bind_template_child (widget_class, ScChatPanel, composer);
  gtk_widget_class_bind_template_callback (widget_class, line_words);
  gtk_widget_class_bind_template_callback (widget_class, on_banner_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_news_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_scroll);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_clicked);
}

static void
sc_chat_panel_class_init (ScChatPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  g_type_ensure (SC_TYPE_CHAT_COMPOSER);
  g_type_ensure (SC_TYPE_CHAT_LINE);
  g_type_ensure (SC_TYPE_CHAT_ROW);

  object_class->dispose = sc_chat_panel_dispose;
  object_class->get_property = sc_chat_panel_get_property;
  object_class->set_property = sc_chat_panel_set_property;

  properties[PROP_ROOM] = g_param_spec_object ("room", NULL, NULL, SC_TYPE_CHAT_ROOM, flags);
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, SC_TYPE_SESSION, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  bind_template (widget_class);
}

static void
sc_chat_panel_init (ScChatPanel *self)
{
  self->following = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
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
}

/**
 * sc_chat_panel_get_room:
 * @self: a panel
 *
 * Returns: (transfer none) (nullable): the room that it shows
 */
ScChatRoom *
sc_chat_panel_get_room (ScChatPanel *self)
{
  return self->room;
}

/**
 * sc_chat_panel_take_focus:
 * @self: a panel
 *
 * Gives the focus to where one types, if that is what the person went to sign in for.
 */
void
sc_chat_panel_take_focus (ScChatPanel *self)
{
  if (self->wants_to_write && self->session && sc_session_get_signed_in (self->session))
    gtk_widget_grab_focus (self->composer);
  self->wants_to_write = FALSE;
}

/**
 * sc_chat_panel_get_following:
 * @self: a panel
 *
 * Returns: whether the list follows the newest line
 */
gboolean
sc_chat_panel_get_following (ScChatPanel *self)
{
  return self->following;
}
