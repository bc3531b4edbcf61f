/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A chat room on show: how the connection stands, the lines, and where one types. */

#include "config.h"

#include "sc-chat-panel.h"

#include "sc-chat-composer.h"
#include "sc-chat-view.h"
#include "sc-chat-words.h"

struct _ScChatPanel {
  AdwBin parent_instance;

  ScChatRoom *room;
  ScSession *session;
  AdwBanner *banner;
  GtkStack *lines_stack;
  ScChatView *view;
  GtkStack *composer_stack;
  GtkWidget *composer;

  gboolean wants_to_write; /* went to sign in for that */
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

static void
update_lines (ScChatPanel *self)
{
  gboolean any = self->room && g_list_model_get_n_items (get_lines (self)) > 0;
  ScChatState state = self->room ? sc_chat_room_get_state (self->room) : SC_CHAT_IDLE;
  gtk_stack_set_visible_child_name (self->lines_stack, any ? "lines" : sc_chat_empty_page (state));
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
  g_signal_connect_object (get_lines (self),
                           "items-changed",
                           G_CALLBACK (update_lines),
                           self,
                           G_CONNECT_SWAPPED);
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

  if (self->view)
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

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/chat-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ScChatPanel, banner);
  gtk_widget_class_bind_template_child (widget_class, ScChatPanel, lines_stack);
  gtk_widget_class_bind_template_child (widget_class, ScChatPanel, view);
  gtk_widget_class_bind_template_child (widget_class, ScChatPanel, composer_stack);
  gtk_widget_class_bind_template_child (widget_class, ScChatPanel, composer);
  gtk_widget_class_bind_template_callback (widget_class, on_banner_clicked);
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
  g_type_ensure (SC_TYPE_CHAT_VIEW);

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
  gtk_widget_init_template (GTK_WIDGET (self));
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
