/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A chat room on show: how the connection stands, the lines, and where one types. */

#include "config.h"

#include "sc-chat-panel.h"

#include "sc-chat-blocks.h"
#include "sc-chat-composer.h"
#include "sc-chat-view.h"
#include "sc-chat-words.h"
#include "sc-moderation-toasts.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScChatPanel {
  AdwBin parent_instance;

  ScChatRoom *room;
  ScSession *session;
  ScChatModeration *moderation;
  GSettings *settings;
  DexFuture *following; /* the channel, on the way */
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
  PROP_MODERATION,
  PROP_SETTINGS,
} ScChatPanelProperty;

static GParamSpec *properties[PROP_SETTINGS + 1];

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
    g_autofree char *until = sc_chat_until_words (sc_chat_room_get_banned_until (self->room));
    g_autofree char *words = sc_chat_banner_words (state,
                                                   sc_chat_room_get_error (self->room),
                                                   sc_chat_room_get_reason (self->room),
                                                   until);
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
follow_settings (ScChatPanel *self)
{
  if (!self->room || !self->settings)
    return;
  g_auto (GStrv) blocked = sc_chat_blocks_list_ids (self->settings);
  sc_chat_room_set_blocked (self->room, (const char *const *) blocked);
  g_object_set (self->room, "max-lines", g_settings_get_uint (self->settings, "chat-lines"), NULL);
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
  if (room) {
    follow_room (self);
    follow_settings (self);
  }
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
set_moderation (ScChatPanel *self, ScChatModeration *moderation)
{
  if (self->moderation == moderation)
    return;
  if (self->moderation)
    g_signal_handlers_disconnect_by_data (self->moderation, self);
  g_set_object (&self->moderation, moderation);
  if (moderation)
    sc_moderation_toasts_keep (GTK_WIDGET (self), moderation);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODERATION]);
}

static void
set_settings (ScChatPanel *self, GSettings *settings)
{
  if (self->settings == settings)
    return;
  if (self->settings)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_set_object (&self->settings, settings);
  if (settings)
    g_signal_connect_object (settings,
                             "changed",
                             G_CALLBACK (follow_settings),
                             self,
                             G_CONNECT_SWAPPED);
  follow_settings (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTINGS]);
}

/* Actions that the lines' menus have, and others. */

static void
mention (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatPanel *self = SC_CHAT_PANEL (widget);
  sc_chat_composer_mention (SC_CHAT_COMPOSER (self->composer),
                            g_variant_get_string (parameter, NULL));
}

typedef struct {
  GSettings *settings;
  char *user_id;
} Blocked;

static void
blocked_free (gpointer data, GClosure *closure)
{
  Blocked *blocked = data;
  g_object_unref (blocked->settings);
  g_free (blocked->user_id);
  g_free (blocked);
}

static void
on_unblock_clicked (AdwToast *toast, gpointer user_data)
{
  Blocked *blocked = user_data;
  sc_chat_blocks_remove (blocked->settings, blocked->user_id);
}

static void
block (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatPanel *self = SC_CHAT_PANEL (widget);
  const char *user_id;
  const char *name;
  g_variant_get (parameter, "(&s&s)", &user_id, &name);
  if (!self->settings)
    return;
  sc_chat_blocks_add (self->settings, user_id, name);
  g_autofree char *words = sc_chat_blocked_words (name);
  AdwToast *toast = adw_toast_new (words);
  Blocked *blocked = g_new0 (Blocked, 1);
  blocked->settings = g_object_ref (self->settings);
  blocked->user_id = g_strdup (user_id);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_data (toast,
                         "button-clicked",
                         G_CALLBACK (on_unblock_clicked),
                         blocked,
                         blocked_free,
                         G_CONNECT_DEFAULT);
  sc_toast_show (widget, toast);
}

static void
unblock (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatPanel *self = SC_CHAT_PANEL (widget);
  const char *name = g_variant_get_string (parameter, NULL);
  g_autofree char *user_id = self->settings ? sc_chat_blocks_find (self->settings, name) : NULL;
  g_autofree char *words = sc_chat_unblocked_words (name, user_id != NULL);
  if (user_id)
    sc_chat_blocks_remove (self->settings, user_id);
  sc_toast (widget, words);
}

/* Back to the newest line; and from there to the picture. */
static void
leave (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatPanel *self = SC_CHAT_PANEL (widget);
  if (sc_chat_view_get_following (self->view))
    gtk_widget_activate_action (widget, "page.focus-player", NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self->view), "view.newest", NULL);
}

/* The token says who follows: a new one lets a follower write. */
static DexFuture *
on_followed (DexFuture *future, gpointer user_data)
{
  ScChatPanel *self = user_data;
  g_autoptr (GError) error = NULL;
  if (!dex_future_get_value (future, &error))
    sc_toast_error (GTK_WIDGET (self), _ ("You do not follow this channel yet."), error);
  else if (self->room)
    sc_chat_room_renew (self->room);
  return dex_future_new_true ();
}

static void
follow (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatPanel *self = SC_CHAT_PANEL (widget);
  if (!self->moderation)
    return;
  ScClient *client = sc_chat_moderation_get_client (self->moderation);
  const char *channel = sc_chat_moderation_get_channel (self->moderation);
  dex_clear (&self->following);
  self->following =
    dex_future_finally (sc_client_set_following (client, channel, TRUE), on_followed, self, NULL);
}

static void
undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatPanel *self = SC_CHAT_PANEL (widget);
  ScModerationAction *newest =
    self->moderation ? sc_chat_moderation_get_undoable (self->moderation) : NULL;
  if (newest)
    sc_chat_moderation_undo (self->moderation, newest);
}

static void
sc_chat_panel_dispose (GObject *object)
{
  ScChatPanel *self = SC_CHAT_PANEL (object);

  if (self->view)
    set_room (self, NULL);
  dex_clear (&self->following);
  set_session (self, NULL);
  set_moderation (self, NULL);
  set_settings (self, NULL);
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
  case PROP_MODERATION:
    g_value_set_object (value, self->moderation);
    break;
  case PROP_SETTINGS:
    g_value_set_object (value, self->settings);
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
  case PROP_MODERATION:
    set_moderation (self, g_value_get_object (value));
    break;
  case PROP_SETTINGS:
    set_settings (self, g_value_get_object (value));
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

/* Where one types, or else what leads there; where neither can be used, the lines. */
static gboolean
sc_chat_panel_grab_focus (GtkWidget *widget)
{
  ScChatPanel *self = SC_CHAT_PANEL (widget);
  return gtk_widget_grab_focus (gtk_stack_get_visible_child (self->composer_stack)) ||
         gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_BACKWARD);
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
  widget_class->grab_focus = sc_chat_panel_grab_focus;

  properties[PROP_ROOM] = g_param_spec_object ("room", NULL, NULL, SC_TYPE_CHAT_ROOM, flags);
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, SC_TYPE_SESSION, flags);
  properties[PROP_MODERATION] =
    g_param_spec_object ("moderation", NULL, NULL, SC_TYPE_CHAT_MODERATION, flags);
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  gtk_widget_class_install_action (widget_class, "chat.mention", "s", mention);
  gtk_widget_class_install_action (widget_class, "chat.block", "(ss)", block);
  gtk_widget_class_install_action (widget_class, "chat.unblock", "s", unblock);
  gtk_widget_class_install_action (widget_class, "chat.leave", NULL, leave);
  gtk_widget_class_install_action (widget_class, "chat.follow", NULL, follow);
  gtk_widget_class_install_action (widget_class, "chat.undo", NULL, undo);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_z,
                                       GDK_CONTROL_MASK,
                                       "chat.undo",
                                       NULL);
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

/**
 * sc_chat_panel_get_view:
 * @self: a panel
 *
 * Returns: (transfer none): where its messages are
 */
ScChatView *
sc_chat_panel_get_view (ScChatPanel *self)
{
  return self->view;
}
