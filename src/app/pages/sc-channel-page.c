/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One channel, as its viewers see it: the player while it is live, when it was live while not, and
 * the chat beside it, always.
 *
 * The channel says whether somebody streams and the player follows. Page and player are still when
 * the page is not on screen. The chat goes on until the page is gone, so that whoever leaves
 * to sign in finds on coming back what was said meanwhile.
 */

#include "config.h"

#include "sc-channel-page.h"

#include "sc-avatar.h"
#include "sc-channel-chat.h"
#include "sc-channel-closures.h"
#include "sc-channel-stream.h"
#include "sc-channel-view.h"
#include "sc-channel-watch.h"
#include "sc-chat-panel.h"
#include "sc-chat-tools.h"
#include "sc-copy.h"
#include "sc-error-words.h"
#include "sc-follow-button.h"
#include "sc-link.h"
#include "sc-load-view.h"
#include "sc-player-keys.h"
#include "sc-recordings-dialog.h"
#include "sc-recordings-section.h"
#include "sc-theatre.h"
#include "sc-watch-split.h"

#include <glib/gi18n.h>

struct _ScChannelPage {
  AdwNavigationPage parent_instance;

  ScSession *session;
  ScAvatar *avatar;
  char *name;
  ScChannelWatch *watch;
  ScPlayer *player;
  ScChannelStream *stream;
  gboolean awaits_address; /* the server refuses the one that is played */
  ScChatRoom *room;
  ScChatModeration *moderation;
  GSettings *settings;
  ScLoadView *load_view;
  GtkStack *stack;
  AdwBanner *banner;
  ScPlayerView *player_view;
  ScTheatre *theatre;
  ScChatPanel *chat;
  ScChatTools *chat_tools;
  ScRecordingsSection *recordings;
};

typedef enum {
  PROP_SESSION = 1,
  PROP_NAME,
  PROP_CHANNEL,
  PROP_PLAYER,
  PROP_ROOM,
  PROP_MODERATION,
  PROP_SETTINGS,
  PROP_NOW,
} ScChannelPageProperty;

static GParamSpec *properties[PROP_NOW + 1];

static void playing_page_init (ScPlayingPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ScChannelPage,
                               sc_channel_page,
                               ADW_TYPE_NAVIGATION_PAGE,
                               G_IMPLEMENT_INTERFACE (SC_TYPE_PLAYING_PAGE, playing_page_init))

/* The view. */

static void
show_banner (ScChannelPage *self)
{
  const GError *error = sc_channel_watch_get_error (self->watch);
  gboolean stale = error && sc_channel_watch_get_channel (self->watch);
  if (stale)
    adw_banner_set_title (self->banner, sc_error_words (error).title);
  adw_banner_set_revealed (self->banner, stale);
}

static void
show_child (ScChannelPage *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  sc_load_view_show_content (self->load_view);
}

static void
update_view (ScChannelPage *self)
{
  ScChannel *channel = sc_channel_watch_get_channel (self->watch);
  const GError *error = sc_channel_watch_get_error (self->watch);
  const ScChannelViewFacts facts = {
    .known = channel != NULL,
    .failed = error != NULL,
    .live = channel && sc_channel_get_live (channel),
    .plays_out = sc_channel_stream_plays_out (self->stream),
    .gave_up = sc_channel_stream_gave_up (self->stream),
  };
  ScChannelView view = sc_channel_view_from_facts (&facts);
  show_banner (self);
  sc_theatre_set_possible (self->theatre, view == SC_CHANNEL_VIEW_WATCHING);

  switch (view) {
  case SC_CHANNEL_VIEW_LOADING:
    sc_load_view_show_loading (self->load_view);
    break;
  case SC_CHANNEL_VIEW_WATCHING:
    show_child (self, "watching");
    break;
  case SC_CHANNEL_VIEW_OFFLINE:
    show_child (self, "offline");
    break;
  case SC_CHANNEL_VIEW_CHANNEL_ERROR:
    sc_load_view_show_error (self->load_view, error);
    break;
  case SC_CHANNEL_VIEW_PLAYER_ERROR:
    sc_load_view_show_error (self->load_view, sc_player_get_error (self->player));
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
show_health (ScChannelPage *self)
{
  ScChannel *channel = sc_channel_watch_get_channel (self->watch);
  const ScStream *stream = channel ? sc_channel_get_stream (channel) : NULL;
  sc_player_view_set_starving (self->player_view,
                               stream && sc_channel_get_live (channel) && stream->is_starving);
}

/* Whoever was removed from the room, or refused, is not brought back by the channel. */
static void
enter_chat (ScChannelPage *self)
{
  if (sc_channel_watch_get_channel (self->watch) &&
      sc_chat_room_get_state (self->room) == SC_CHAT_IDLE)
    sc_chat_room_start (self->room);
}

static void
on_watch_refreshed (ScChannelPage *self)
{
  self->awaits_address = FALSE;
  sc_channel_stream_follow (self->stream, sc_channel_watch_get_channel (self->watch));
  show_health (self);
  enter_chat (self);
  update_view (self);
}

/* The source says so again and again until it has another address: asking anew would cancel the
 * answer that is on its way. */
static void
on_refused (ScChannelPage *self)
{
  if (self->awaits_address)
    return;
  self->awaits_address = TRUE;
  sc_channel_watch_refresh (self->watch);
}

static void
on_watch_notify (ScChannelPage *self, GParamSpec *pspec)
{
  if (g_str_equal (pspec->name, "channel"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL]);
  else if (g_str_equal (pspec->name, "now"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOW]);
}

/* With the switch off, or without a live picture that moves, chat waits for nothing. */
static void
keep_chat_in_time (ScChannelPage *self)
{
  gboolean wanted = self->settings && g_settings_get_boolean (self->settings, "chat-in-time") &&
                    !sc_player_get_paused (self->player);
  ScPlayerLive *live = sc_player_get_live (self->player);
  if (self->room)
    sc_chat_room_set_picture_time (self->room,
                                   wanted ? sc_player_live_get_picture_time (live) : -1);
}

static void
on_channel_changed (ScChannelPage *self)
{
  sc_channel_watch_refresh (self->watch);
}

static void
on_player_state (ScChannelPage *self)
{
  sc_channel_stream_follow_player (self->stream);
  update_view (self);
}

static void
on_retry (ScChannelPage *self)
{
  sc_channel_stream_close (self->stream);
  if (!sc_channel_watch_get_channel (self->watch))
    sc_load_view_show_loading (self->load_view);
  sc_channel_watch_start (self->watch);
}

static void
reload (GtkWidget *widget, const char *action, GVariant *parameter)
{
  on_retry (SC_CHANNEL_PAGE (widget));
}

/* While the channel is live they would be in the way of its picture. */
static void
show_recordings (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChannelPage *self = SC_CHANNEL_PAGE (widget);
  sc_recordings_dialog_present (widget, sc_session_get_client (self->session), self->name);
}

static void
copy_link (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChannelPage *self = SC_CHANNEL_PAGE (widget);
  const char *server = sc_session_get_server (self->session);
  g_autofree char *link = server ? sc_link_dup_for_channel (server, self->name) : NULL;
  sc_copy (widget, link, _ ("Link copied"));
}

static void
focus_chat (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (SC_CHANNEL_PAGE (widget)->chat));
}

static void
focus_player (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (SC_CHANNEL_PAGE (widget)->player_view));
}

static void
sc_channel_page_map (GtkWidget *widget)
{
  ScChannelPage *self = SC_CHANNEL_PAGE (widget);
  GTK_WIDGET_CLASS (sc_channel_page_parent_class)->map (widget);
  sc_channel_watch_start (self->watch);
  gtk_widget_grab_focus (GTK_WIDGET (self->player_view));
}

/* After the navigation has given the focus back to what had it before. */
static void
sc_channel_page_shown (AdwNavigationPage *page)
{
  sc_chat_panel_take_focus (SC_CHANNEL_PAGE (page)->chat);
}

static void
stop (ScPlayingPage *page)
{
  ScChannelPage *self = SC_CHANNEL_PAGE (page);
  sc_channel_watch_stop (self->watch);
  sc_channel_stream_close (self->stream);
}

static void
sc_channel_page_unmap (GtkWidget *widget)
{
  sc_playing_page_leave (SC_PLAYING_PAGE (widget));
  GTK_WIDGET_CLASS (sc_channel_page_parent_class)->unmap (widget);
}

static char *
dup_address (ScPlayingPage *page)
{
  return sc_playing_page_dup_live_address (SC_CHANNEL_PAGE (page)->name);
}

static ScPlayer *
get_player (ScPlayingPage *page)
{
  return SC_CHANNEL_PAGE (page)->player;
}

static void
playing_page_init (ScPlayingPageInterface *iface)
{
  iface->get_player = get_player;
  iface->dup_address = dup_address;
  iface->stop = stop;
}

static void
watch_all (ScChannelPage *self)
{
  const struct {
    gpointer object;
    const char *signal;
    GCallback callback;
  } watched[] = {
    { self->watch, "notify", G_CALLBACK (on_watch_notify) },
    { self->watch, "refreshed", G_CALLBACK (on_watch_refreshed) },
    { self->player, "notify::state", G_CALLBACK (on_player_state) },
    { self->player, "notify::paused", G_CALLBACK (keep_chat_in_time) },
    { sc_player_get_live (self->player), "notify::latency", G_CALLBACK (keep_chat_in_time) },
    { sc_player_get_live (self->player), "refused", G_CALLBACK (on_refused) },
    { self->settings, "changed::chat-in-time", G_CALLBACK (keep_chat_in_time) },
    { self->room, "channel-changed", G_CALLBACK (on_channel_changed) },
  };
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (watched[i].object,
                             watched[i].signal,
                             watched[i].callback,
                             self,
                             G_CONNECT_SWAPPED);
}

static void
sc_channel_page_constructed (GObject *object)
{
  ScChannelPage *self = SC_CHANNEL_PAGE (object);

  G_OBJECT_CLASS (sc_channel_page_parent_class)->constructed (object);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), self->name);
  sc_avatar_set_http (self->avatar, sc_client_get_http (sc_session_get_client (self->session)));
  sc_recordings_section_watch (self->recordings, sc_session_get_client (self->session), self->name);
  self->watch = sc_channel_watch_new (sc_session_get_client (self->session), self->name);
  self->moderation = sc_chat_moderation_new (sc_session_get_client (self->session), self->name);
  g_object_notify_by_pspec (object, properties[PROP_MODERATION]);
  self->room = sc_channel_chat_new (self->session, self->name);
  watch_all (self);
  g_object_notify_by_pspec (object, properties[PROP_ROOM]);
  sc_theatre_attach (self->theatre, GTK_WIDGET (self), self->settings);
  sc_chat_tools_set_chat (self->chat_tools,
                          self->moderation,
                          self->room,
                          sc_chat_panel_get_view (self->chat),
                          self->settings);
}

static void
sc_channel_page_dispose (GObject *object)
{
  ScChannelPage *self = SC_CHANNEL_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_CHANNEL_PAGE);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->stream, sc_channel_stream_free);
  g_clear_object (&self->player);
  g_clear_object (&self->room);
  g_clear_object (&self->moderation);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (sc_channel_page_parent_class)->dispose (object);
}

static void
sc_channel_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScChannelPage *self = SC_CHANNEL_PAGE (object);

  switch ((ScChannelPageProperty) id) {
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_CHANNEL:
    g_value_set_object (value, self->watch ? sc_channel_watch_get_channel (self->watch) : NULL);
    break;
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  case PROP_ROOM:
    g_value_set_object (value, self->room);
    break;
  case PROP_MODERATION:
    g_value_set_object (value, self->moderation);
    break;
  case PROP_SETTINGS:
    g_value_set_object (value, self->settings);
    break;
  case PROP_NOW:
    g_value_set_int64 (value, self->watch ? sc_channel_watch_get_now (self->watch) : 0);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_channel_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScChannelPage *self = SC_CHANNEL_PAGE (object);

  switch (id) {
  case PROP_SESSION:
    self->session = g_value_dup_object (value);
    break;
  case PROP_NAME:
    self->name = g_value_dup_string (value);
    break;
  case PROP_SETTINGS:
    self->settings = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags seen = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, SC_TYPE_SESSION, given);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, given);
  properties[PROP_CHANNEL] = g_param_spec_object ("channel", NULL, NULL, SC_TYPE_CHANNEL, seen);
  properties[PROP_PLAYER] = g_param_spec_object ("player", NULL, NULL, SC_TYPE_PLAYER, seen);
  properties[PROP_ROOM] = g_param_spec_object ("room", NULL, NULL, SC_TYPE_CHAT_ROOM, seen);
  properties[PROP_MODERATION] =
    g_param_spec_object ("moderation", NULL, NULL, SC_TYPE_CHAT_MODERATION, seen);
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, given);
  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0, seen);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/channel-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScChannelPage, load_view);
  gtk_widget_class_bind_template_child (widget_class, ScChannelPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ScChannelPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, ScChannelPage, banner);
  gtk_widget_class_bind_template_child (widget_class, ScChannelPage, player_view);
  gtk_widget_class_bind_template_child (widget_class, ScChannelPage, theatre);
  gtk_widget_class_bind_template_child (widget_class, ScChannelPage, chat);
  gtk_widget_class_bind_template_child (widget_class, ScChannelPage, chat_tools);
  gtk_widget_class_bind_template_child (widget_class, ScChannelPage, recordings);
  gtk_widget_class_bind_template_callback (widget_class, sc_channel_page_live_words);
  gtk_widget_class_bind_template_callback (widget_class, sc_channel_page_live_badge);
  gtk_widget_class_bind_template_callback (widget_class, sc_channel_page_live_badge_words);
  gtk_widget_class_bind_template_callback (widget_class, sc_channel_page_offline_title);
  gtk_widget_class_bind_template_callback (widget_class, sc_channel_page_offline_words);
  gtk_widget_class_bind_template_callback (widget_class, sc_channel_page_has_words);
  gtk_widget_class_bind_template_callback (widget_class, sc_channel_page_is_chat_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_l, GDK_CONTROL_MASK, "page.recordings" },
    { GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "page.copy-link" },
    { GDK_KEY_r, GDK_CONTROL_MASK, "page.reload" },
    { GDK_KEY_F5, 0, "page.reload" },
    { GDK_KEY_t, GDK_CONTROL_MASK, "page.focus-chat" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class,
                                         keys[i].key,
                                         keys[i].modifiers,
                                         keys[i].action,
                                         NULL);
}

static void
sc_channel_page_class_init (ScChannelPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_AVATAR);
  g_type_ensure (SC_TYPE_CHANNEL);
  g_type_ensure (SC_TYPE_CHAT_PANEL);
  g_type_ensure (SC_TYPE_CHAT_TOOLS);
  g_type_ensure (SC_TYPE_FOLLOW_BUTTON);
  g_type_ensure (SC_TYPE_LOAD_VIEW);
  g_type_ensure (SC_TYPE_PLAYER_LIVE);
  g_type_ensure (SC_TYPE_PLAYER_VIEW);
  g_type_ensure (SC_TYPE_RECORDINGS_SECTION);
  g_type_ensure (SC_TYPE_THEATRE);
  g_type_ensure (SC_TYPE_WATCH_SPLIT);

  object_class->constructed = sc_channel_page_constructed;
  object_class->dispose = sc_channel_page_dispose;
  object_class->get_property = sc_channel_page_get_property;
  object_class->set_property = sc_channel_page_set_property;
  widget_class->map = sc_channel_page_map;
  widget_class->unmap = sc_channel_page_unmap;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = sc_channel_page_shown;
  gtk_widget_class_install_action (widget_class, "page.reload", NULL, reload);
  gtk_widget_class_install_action (widget_class, "page.recordings", NULL, show_recordings);
  gtk_widget_class_install_action (widget_class, "page.copy-link", NULL, copy_link);
  gtk_widget_class_install_action (widget_class, "page.focus-player", NULL, focus_player);
  gtk_widget_class_install_action (widget_class, "page.focus-chat", NULL, focus_chat);
  add_keys (widget_class);
  sc_follow_button_add_key (widget_class);
  install_properties (object_class);
  bind_template (widget_class);
}

static void
sc_channel_page_init (ScChannelPage *self)
{
  self->player = sc_player_new (sc_player_sinks_for_gtk (/* with_gl= */ FALSE));
  self->stream = sc_channel_stream_new (self->player, GTK_WIDGET (self));
  gtk_widget_init_template (GTK_WIDGET (self));
  sc_player_keys_add (GTK_WIDGET (self), self->player_view);
  sc_player_keys_add_live (GTK_WIDGET (self), self->player_view);
}

/**
 * sc_channel_page_new:
 * @session: who is signed in
 * @settings: the settings of the application
 * @mode: whether others may see the screen
 * @name: the channel's name
 *
 * Returns: (transfer floating): the page of a channel
 */
ScChannelPage *
sc_channel_page_new (ScSession *session,
                     GSettings *settings,
                     ScStreamerMode *mode,
                     const char *name)
{
  ScChannelPage *self = g_object_new (SC_TYPE_CHANNEL_PAGE,
                                      "session",
                                      session,
                                      "settings",
                                      settings,
                                      "name",
                                      name,
                                      NULL);
  sc_chat_tools_set_mode (self->chat_tools, mode);
  return self;
}
