/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was said while a recording was made, beside it: in step with its player, wherever that goes.
 * While the panel is hidden nothing is asked for; on coming back it is where the player is.
 */

#include "config.h"

#include "sc-replay-panel.h"

#include "sc-chat-blocks.h"
#include "sc-chat-replay.h"
#include "sc-chat-view.h"
#include "sc-load-view.h"
#include "sc-person-dialog.h"
#include "sc-report-dialog.h"

#define US_PER_MS 1000

struct _ScReplayPanel {
  AdwBin parent_instance;

  ScSession *session;
  ScRecording *recording;
  ScPlayer *player;
  GSettings *settings;
  ScStreamerMode *mode; /* (nullable) */
  ScChatReplay *replay;

  AdwBanner *banner;
  ScLoadView *load_view;
  GtkStack *stack;
  ScChatView *view;

  gboolean placed; /* the replay knows where the player is */
};

G_DEFINE_FINAL_TYPE (ScReplayPanel, sc_replay_panel, ADW_TYPE_BIN)

typedef struct {
  ScClient *client;
  char *recording_id;
} Source;

static void
source_free (gpointer data)
{
  Source *source = data;
  g_object_unref (source->client);
  g_free (source->recording_id);
  g_free (source);
}

static DexFuture *
ask_page (gint64 from_ms, gint64 before_ms, const char *cursor, guint limit, gpointer user_data)
{
  const Source *source = user_data;
  return sc_client_recording_chat (source->client,
                                   source->recording_id,
                                   from_ms,
                                   before_ms,
                                   cursor,
                                   limit);
}

/* Lines that are there stay on show, whatever becomes of the others. */
static void
update_view (ScReplayPanel *self)
{
  const GError *error = sc_chat_replay_get_error (self->replay);
  GListModel *lines = sc_chat_replay_get_lines (self->replay);
  gboolean any = g_list_model_get_n_items (lines) > 0;
  adw_banner_set_revealed (self->banner, any && error);
  if (!any && error) {
    sc_load_view_show_error (self->load_view, error);
    return;
  }
  if (!any && (!self->placed || sc_chat_replay_get_loading (self->replay))) {
    sc_load_view_show_loading (self->load_view);
    return;
  }
  gtk_stack_set_visible_child_name (self->stack, any ? "lines" : "empty");
  sc_load_view_show_content (self->load_view);
}

/* A player that has nothing open, or only begins to open it, is nowhere. */
static gboolean
is_somewhere (ScPlayer *player)
{
  switch (sc_player_get_state (player)) {
  case SC_PLAYER_PLAYING:
  case SC_PLAYER_PAUSED:
  case SC_PLAYER_ENDED:
    return TRUE;
  case SC_PLAYER_LOADING:
    return sc_player_get_position (player) > 0;
  case SC_PLAYER_IDLE:
  case SC_PLAYER_FAILED:
  default:
    return FALSE;
  }
}

static void
follow_player (ScReplayPanel *self)
{
  if (!self->replay || !gtk_widget_get_mapped (GTK_WIDGET (self)) || !is_somewhere (self->player))
    return;
  gboolean first = !self->placed;
  self->placed = TRUE;
  sc_chat_replay_set_position (self->replay, sc_player_get_position (self->player) / US_PER_MS);
  if (first)
    update_view (self);
}

static void
follow_blocks (ScReplayPanel *self)
{
  g_auto (GStrv) ids = sc_chat_blocks_list_ids (self->settings);
  sc_chat_replay_set_blocked (self->replay, (const char *const *) ids);
}

static void
drop_replay (ScReplayPanel *self)
{
  if (!self->replay)
    return;
  g_signal_handlers_disconnect_by_data (self->replay, self);
  g_signal_handlers_disconnect_by_data (sc_chat_replay_get_lines (self->replay), self);
  g_clear_object (&self->replay);
}

static void
start_replay (ScReplayPanel *self)
{
  Source *source = g_new0 (Source, 1);
  source->client = g_object_ref (sc_session_get_client (self->session));
  source->recording_id = g_strdup (sc_recording_get_fields (self->recording)->id);
  drop_replay (self);
  self->placed = FALSE;
  self->replay = sc_chat_replay_new (ask_page, source, source_free, &sc_chat_timing);
  follow_blocks (self);
  GListModel *lines = sc_chat_replay_get_lines (self->replay);
  sc_chat_view_set_lines (self->view, lines);
  g_signal_connect_swapped (self->replay, "notify", G_CALLBACK (update_view), self);
  g_signal_connect_swapped (lines, "items-changed", G_CALLBACK (update_view), self);
  update_view (self);
  follow_player (self);
}

/* Nobody is in the room here: that somebody moderates it is known only of the streamer. */
static ScChatRole
get_role (ScReplayPanel *self)
{
  if (!sc_session_get_signed_in (self->session))
    return SC_CHAT_GUEST;
  const char *channel = sc_recording_get_fields (self->recording)->channel;
  return g_strcmp0 (sc_session_get_name (self->session), channel) == 0 ? SC_CHAT_STREAMER
                                                                       : SC_CHAT_VIEWER;
}

static void
on_person_requested (ScReplayPanel *self, ScChatLine *line)
{
  g_autoptr (ScChatModeration) moderation =
    sc_chat_moderation_new (sc_session_get_client (self->session),
                            sc_recording_get_fields (self->recording)->channel);
  ScPersonDialog *dialog =
    sc_person_dialog_new (moderation, self->settings, self->mode, get_role (self), line);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
on_report_requested (ScReplayPanel *self, ScChatLine *line)
{
  sc_report_dialog_present (GTK_WIDGET (self),
                            sc_session_get_client (self->session),
                            sc_recording_get_fields (self->recording)->channel,
                            line);
}

static void
on_retry (ScReplayPanel *self)
{
  start_replay (self);
}

static void
sc_replay_panel_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sc_replay_panel_parent_class)->map (widget);
  follow_player (SC_REPLAY_PANEL (widget));
}

static void
sc_replay_panel_dispose (GObject *object)
{
  ScReplayPanel *self = SC_REPLAY_PANEL (object);

  drop_replay (self);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_REPLAY_PANEL);
  g_clear_object (&self->session);
  g_clear_object (&self->recording);
  g_clear_object (&self->player);
  g_clear_object (&self->settings);
  g_clear_object (&self->mode);

  G_OBJECT_CLASS (sc_replay_panel_parent_class)->dispose (object);
}

static void
sc_replay_panel_class_init (ScReplayPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_CHAT_VIEW);
  g_type_ensure (SC_TYPE_LOAD_VIEW);

  object_class->dispose = sc_replay_panel_dispose;
  widget_class->map = sc_replay_panel_map;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/replay-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ScReplayPanel, banner);
  gtk_widget_class_bind_template_child (widget_class, ScReplayPanel, load_view);
  gtk_widget_class_bind_template_child (widget_class, ScReplayPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, ScReplayPanel, view);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_person_requested);
  gtk_widget_class_bind_template_callback (widget_class, on_report_requested);
}

static void
sc_replay_panel_init (ScReplayPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_replay_panel_set_mode:
 * @self: the panel
 * @mode: (nullable): whether others may see the screen
 */
void
sc_replay_panel_set_mode (ScReplayPanel *self, ScStreamerMode *mode)
{
  g_set_object (&self->mode, mode);
}

/**
 * sc_replay_panel_watch:
 * @self: a panel that watches nothing yet
 * @session: who is signed in
 * @recording: a recording
 * @player: what plays it
 * @settings: the settings of the application: whose messages are hidden
 *
 * Says what it shows.
 */
void
sc_replay_panel_watch (ScReplayPanel *self,
                       ScSession *session,
                       ScRecording *recording,
                       ScPlayer *player,
                       GSettings *settings)
{
  static const char *const signals[] = { "notify::position", "notify::state" };
  self->session = g_object_ref (session);
  self->recording = g_object_ref (recording);
  self->player = g_object_ref (player);
  self->settings = g_object_ref (settings);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (player,
                             signals[i],
                             G_CALLBACK (follow_player),
                             self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (settings,
                           "changed::chat-blocks",
                           G_CALLBACK (follow_blocks),
                           self,
                           G_CONNECT_SWAPPED);
  start_replay (self);
}
