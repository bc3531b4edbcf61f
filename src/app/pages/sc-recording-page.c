/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One recording to watch, with what was said meanwhile beside it. The player is still when the page
 * is not on screen, and goes on where it was when the page comes back, or when a failure has
 * passed.
 */

#include "config.h"

#include "sc-recording-page.h"

#include "sc-avatar.h"
#include "sc-channel-view.h"
#include "sc-chapters-button.h"
#include "sc-copy.h"
#include "sc-load-view.h"
#include "sc-menu.h"
#include "sc-player-keys.h"
#include "sc-player-open.h"
#include "sc-replay-panel.h"
#include "sc-theatre.h"
#include "sc-time-words.h"
#include "sc-watch-split.h"

#include <glib/gi18n.h>

struct _ScRecordingPage {
  AdwNavigationPage parent_instance;

  ScSession *session;
  ScAvatar *avatar;
  GSettings *settings;
  ScRecording *recording;
  ScPlayer *player;
  ScLoadView *load_view;
  ScPlayerView *player_view;
  ScTheatre *theatre;
  ScReplayPanel *chat;
  ScChaptersButton *chapters;
  GtkMenuButton *links_button;

  gboolean was_paused; /* when it was covered */
  gint64 resume_at;    /* where to go on, microseconds */
  guint attempts;      /* since it last played */
  guint retry_source;
  DexFuture *counting;
  gboolean chat_shown;
};

typedef enum {
  PROP_SESSION = 1,
  PROP_SETTINGS,
  PROP_RECORDING,
  PROP_PLAYER,
  PROP_CHAT_SHOWN,
} ScRecordingPageProperty;

static GParamSpec *properties[PROP_CHAT_SHOWN + 1];

static void playing_page_init (ScPlayingPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ScRecordingPage,
                               sc_recording_page,
                               ADW_TYPE_NAVIGATION_PAGE,
                               G_IMPLEMENT_INTERFACE (SC_TYPE_PLAYING_PAGE, playing_page_init))

/* What the template computes. */

static char *
when_words (ScRecordingPage *self, const char *channel, gint64 started_at)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when = sc_recorded_words (started_at, g_get_real_time (), zone);
  /* Translators: the name of a channel and when it was recorded, as "ada · 2 hours ago" */
  return g_strdup_printf (_ ("%s · %s"), channel ? channel : "", when);
}

static char *
channel_label (ScRecordingPage *self, const char *channel)
{
  /* Translators: %s is the name of a channel */
  return g_strdup_printf (_ ("Channel of %s"), channel ? channel : "");
}

/* Where the video has the window to itself, its layout says where the chat is. */
static gboolean
is_chat_on_screen (ScRecordingPage *self, gboolean shown, gboolean bare, gboolean hidden)
{
  return bare ? !hidden : shown;
}

/* The player. */

static void
open_recording (ScRecordingPage *self)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  sc_load_view_show_content (self->load_view);
  sc_theatre_set_possible (self->theatre, TRUE);
  sc_player_open_recording_on (self->player,
                               GTK_WIDGET (self),
                               sc_recording_get_fields (self->recording)->playback_url);
}

static void
on_retry_due (gpointer user_data)
{
  ScRecordingPage *self = user_data;
  gboolean paused = sc_player_get_paused (self->player);
  self->retry_source = 0;
  self->attempts++;
  open_recording (self);
  sc_player_set_paused (self->player, paused);
}

static void
keep_place (ScRecordingPage *self)
{
  if (sc_player_get_state (self->player) != SC_PLAYER_ENDED)
    self->resume_at = MAX (sc_player_get_position (self->player), self->resume_at);
}

/* What may pass is tried again without a word, from where it was, and paused if it was. */
static void
on_failed (ScRecordingPage *self)
{
  const GError *error = sc_player_get_error (self->player);
  guint delay = sc_channel_view_retry_ms (error, self->attempts);
  keep_place (self);
  if (delay == 0) {
    sc_load_view_show_error (self->load_view, error);
    sc_theatre_set_possible (self->theatre, FALSE);
  } else if (self->retry_source == 0) {
    self->retry_source = g_timeout_add_once (delay, on_retry_due, self);
  }
}

/* Once a page; that it could not be counted is nobody's trouble. */
static void
count_view (ScRecordingPage *self)
{
  if (!self->counting)
    self->counting = sc_client_watch_recording (sc_session_get_client (self->session),
                                                sc_recording_get_fields (self->recording)->id);
}

static void
on_playing (ScRecordingPage *self)
{
  self->attempts = 0;
  count_view (self);
}

static void
on_player_state (ScRecordingPage *self)
{
  ScPlayerState state = sc_player_get_state (self->player);
  if (state == SC_PLAYER_PLAYING)
    on_playing (self);
  else if (state == SC_PLAYER_FAILED)
    on_failed (self);
}

/* The length is known before the first picture: from then on the player takes a place to go to. */
static void
on_player_duration (ScRecordingPage *self)
{
  gint64 resume_at = self->resume_at;
  if (resume_at == 0 || sc_player_get_duration (self->player) == 0)
    return;
  self->resume_at = 0;
  sc_player_seek (self->player, resume_at, TRUE);
}

static void
on_retry (ScRecordingPage *self)
{
  self->attempts = 0;
  open_recording (self);
}

static void
reload (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScRecordingPage *self = SC_RECORDING_PAGE (widget);
  keep_place (self);
  on_retry (self);
}

static void
on_channel_clicked (ScRecordingPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self),
                              "win.open-channel",
                              "s",
                              sc_recording_get_fields (self->recording)->channel);
}

static void
copy_link_to (ScRecordingPage *self, gint64 moment)
{
  const char *server = sc_session_get_server (self->session);
  const char *id = sc_recording_get_fields (self->recording)->id;
  g_autofree char *link = server ? sc_link_dup_for_recording (server, id, moment) : NULL;
  sc_copy (GTK_WIDGET (self),
           link,
           moment < 0 ? _ ("Link copied") : _ ("Link to this moment copied"));
}

static void
copy_link (GtkWidget *widget, const char *action, GVariant *parameter)
{
  copy_link_to (SC_RECORDING_PAGE (widget), SC_LINK_NO_MOMENT);
}

static void
copy_moment (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScRecordingPage *self = SC_RECORDING_PAGE (widget);
  copy_link_to (self, MAX (sc_player_get_position (self->player), self->resume_at));
}

static void
sc_recording_page_map (GtkWidget *widget)
{
  ScRecordingPage *self = SC_RECORDING_PAGE (widget);
  GTK_WIDGET_CLASS (sc_recording_page_parent_class)->map (widget);
  if (!sc_playing_page_get_kept (SC_PLAYING_PAGE (self))) {
    on_retry (self);
    sc_player_set_paused (self->player, self->was_paused);
  }
  gtk_widget_grab_focus (GTK_WIDGET (self->player_view));
}

static void
stop (ScPlayingPage *page)
{
  ScRecordingPage *self = SC_RECORDING_PAGE (page);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  keep_place (self);
  self->was_paused = sc_player_get_paused (self->player);
  sc_player_stop (self->player);
}

static void
sc_recording_page_unmap (GtkWidget *widget)
{
  sc_playing_page_leave (SC_PLAYING_PAGE (widget));
  GTK_WIDGET_CLASS (sc_recording_page_parent_class)->unmap (widget);
}

static void
add_to_seek_bar (ScRecordingPage *self, ScSeekBar *bar)
{
  ScHttp *http = sc_client_get_http (sc_session_get_client (self->session));
  if (sc_recording_get_fields (self->recording)->thumbnails_url) {
    g_autoptr (ScFilmStrip) strip = sc_film_strip_new (http, self->recording);
    sc_seek_bar_set_film_strip (bar, strip);
  }
  sc_chapters_button_watch (self->chapters, self->session, self->recording, self->player, bar);
}

static char *
dup_address (ScPlayingPage *page)
{
  ScRecording *recording = SC_RECORDING_PAGE (page)->recording;
  return sc_playing_page_dup_recording_address (sc_recording_get_fields (recording)->id);
}

static ScPlayer *
get_player (ScPlayingPage *page)
{
  return SC_RECORDING_PAGE (page)->player;
}

static void
playing_page_init (ScPlayingPageInterface *iface)
{
  iface->get_player = get_player;
  iface->dup_address = dup_address;
  iface->stop = stop;
}

static void
sc_recording_page_constructed (GObject *object)
{
  ScRecordingPage *self = SC_RECORDING_PAGE (object);

  G_OBJECT_CLASS (sc_recording_page_parent_class)->constructed (object);
  sc_avatar_set_http (self->avatar, sc_client_get_http (sc_session_get_client (self->session)));
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self),
                                 sc_recording_get_fields (self->recording)->title);
  g_settings_bind (self->settings, "replay-chat", self, "chat-shown", G_SETTINGS_BIND_DEFAULT);
  sc_theatre_attach (self->theatre, GTK_WIDGET (self), self->settings);
  add_to_seek_bar (self, sc_player_view_get_seek_bar (self->player_view));
  sc_replay_panel_watch (self->chat, self->session, self->recording, self->player, self->settings);
}

static void
sc_recording_page_dispose (GObject *object)
{
  ScRecordingPage *self = SC_RECORDING_PAGE (object);

  g_clear_handle_id (&self->retry_source, g_source_remove);
  dex_clear (&self->counting);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_RECORDING_PAGE);
  g_clear_object (&self->player);
  g_clear_object (&self->recording);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (sc_recording_page_parent_class)->dispose (object);
}

static void
sc_recording_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScRecordingPage *self = SC_RECORDING_PAGE (object);

  switch ((ScRecordingPageProperty) id) {
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  case PROP_SETTINGS:
    g_value_set_object (value, self->settings);
    break;
  case PROP_CHAT_SHOWN:
    g_value_set_boolean (value, self->chat_shown);
    break;
  case PROP_RECORDING:
    g_value_set_object (value, self->recording);
    break;
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_recording_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScRecordingPage *self = SC_RECORDING_PAGE (object);

  switch (id) {
  case PROP_SESSION:
    self->session = g_value_dup_object (value);
    break;
  case PROP_SETTINGS:
    self->settings = g_value_dup_object (value);
    break;
  case PROP_CHAT_SHOWN:
    if (self->chat_shown != g_value_get_boolean (value)) {
      self->chat_shown = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  case PROP_RECORDING:
    self->recording = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/recording-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScRecordingPage, load_view);
  gtk_widget_class_bind_template_child (widget_class, ScRecordingPage, player_view);
  gtk_widget_class_bind_template_child (widget_class, ScRecordingPage, theatre);
  gtk_widget_class_bind_template_child (widget_class, ScRecordingPage, chat);
  gtk_widget_class_bind_template_child (widget_class, ScRecordingPage, chapters);
  gtk_widget_class_bind_template_child (widget_class, ScRecordingPage, links_button);
  gtk_widget_class_bind_template_child (widget_class, ScRecordingPage, avatar);
  gtk_widget_class_bind_template_callback (widget_class, when_words);
  gtk_widget_class_bind_template_callback (widget_class, channel_label);
  gtk_widget_class_bind_template_callback (widget_class, is_chat_on_screen);
  gtk_widget_class_bind_template_callback (widget_class, on_channel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags seen = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags set = seen | G_PARAM_WRITABLE | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, SC_TYPE_SESSION, given);
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, given);
  properties[PROP_RECORDING] =
    g_param_spec_object ("recording", NULL, NULL, SC_TYPE_RECORDING, given);
  properties[PROP_PLAYER] = g_param_spec_object ("player", NULL, NULL, SC_TYPE_PLAYER, seen);
  properties[PROP_CHAT_SHOWN] = g_param_spec_boolean ("chat-shown", NULL, NULL, TRUE, set);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
next_chapter (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_chapters_button_step (SC_RECORDING_PAGE (widget)->chapters, 1);
}

static void
previous_chapter (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_chapters_button_step (SC_RECORDING_PAGE (widget)->chapters, -1);
}

static void
install_chapters (GtkWidgetClass *widget_class)
{
  static const struct {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_Right, "page.next-chapter" },
    { GDK_KEY_Left, "page.previous-chapter" },
  };

  gtk_widget_class_install_action (widget_class, "page.next-chapter", NULL, next_chapter);
  gtk_widget_class_install_action (widget_class, "page.previous-chapter", NULL, previous_chapter);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class,
                                         keys[i].key,
                                         GDK_CONTROL_MASK,
                                         keys[i].action,
                                         NULL);
}

static void
install_links (GtkWidgetClass *widget_class)
{
  const GdkModifierType both = GDK_CONTROL_MASK | GDK_SHIFT_MASK;

  gtk_widget_class_install_action (widget_class, "page.copy-link", NULL, copy_link);
  gtk_widget_class_install_action (widget_class, "page.copy-moment", NULL, copy_moment);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, both, "page.copy-link", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, both, "page.copy-moment", NULL);
}

static void
sc_recording_page_class_init (ScRecordingPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_AVATAR);
  g_type_ensure (SC_TYPE_CHAPTERS_BUTTON);
  g_type_ensure (SC_TYPE_RECORDING);
  g_type_ensure (SC_TYPE_LOAD_VIEW);
  g_type_ensure (SC_TYPE_PLAYER_VIEW);
  g_type_ensure (SC_TYPE_REPLAY_PANEL);
  g_type_ensure (SC_TYPE_THEATRE);
  g_type_ensure (SC_TYPE_WATCH_SPLIT);

  object_class->constructed = sc_recording_page_constructed;
  object_class->dispose = sc_recording_page_dispose;
  object_class->get_property = sc_recording_page_get_property;
  object_class->set_property = sc_recording_page_set_property;
  widget_class->map = sc_recording_page_map;
  widget_class->unmap = sc_recording_page_unmap;
  gtk_widget_class_install_action (widget_class, "page.reload", NULL, reload);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_r,
                                       GDK_CONTROL_MASK,
                                       "page.reload",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "page.reload", NULL);

  install_chapters (widget_class);
  install_links (widget_class);
  install_properties (object_class);
  gtk_widget_class_install_property_action (widget_class, "page.show-chat", "chat-shown");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F9, 0, "page.show-chat", NULL);
  bind_template (widget_class);
}

static void
sc_recording_page_init (ScRecordingPage *self)
{
  self->player = sc_player_new (sc_player_sinks_for_gtk (/* with_gl= */ FALSE));
  self->chat_shown = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  sc_menu_mend (self->links_button);
  sc_player_keys_add (GTK_WIDGET (self), self->player_view);
  sc_player_keys_add_seeking (GTK_WIDGET (self), self->player_view);
  g_signal_connect_object (self->player,
                           "notify::state",
                           G_CALLBACK (on_player_state),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player,
                           "notify::duration",
                           G_CALLBACK (on_player_duration),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * sc_recording_page_new:
 * @session: whose server it is
 * @settings: the settings of the application
 * @mode: (nullable): whether others may see the screen
 * @recording: what to watch
 *
 * Returns: (transfer floating): the page of a recording
 */
ScRecordingPage *
sc_recording_page_new (ScSession *session,
                       GSettings *settings,
                       ScStreamerMode *mode,
                       ScRecording *recording)
{
  ScRecordingPage *self = g_object_new (SC_TYPE_RECORDING_PAGE,
                                        "session",
                                        session,
                                        "settings",
                                        settings,
                                        "recording",
                                        recording,
                                        NULL);
  sc_replay_panel_set_mode (self->chat, mode);
  return self;
}

/**
 * sc_recording_page_go_to:
 * @self: the page, before it is on screen
 * @moment: where it begins, microseconds; %SC_LINK_NO_MOMENT for its start
 */
void
sc_recording_page_go_to (ScRecordingPage *self, gint64 moment)
{
  self->resume_at = MAX (moment, 0);
}

/**
 * sc_recording_page_get_player:
 * @self: the page
 *
 * Returns: (transfer none): its player; it has the recording open only while the page is on screen
 */
ScPlayer *
sc_recording_page_get_player (ScRecordingPage *self)
{
  return self->player;
}
