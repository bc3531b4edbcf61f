/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The way to a channel's first stream, step by step. It is visible only for a channel that is ready
 * and never streamed before: whether it did is asked once. When the first stream is on, what is
 * left of it is small; when that is over, it is gone. */

#include "config.h"

#include "sc-set-up-group.h"

#include "sc-closures.h"
#include "sc-future.h"
#include "sc-health-words.h"
#include "sc-set-up-row.h"
#include "sc-stream-watch.h"

/* An encoder that was started is seen within ten seconds or so; who needs three times as long looks
 * for what is wrong. */
#define HELP_AFTER_MS 30000

struct _ScSetUpGroup {
  AdwPreferencesGroup parent_instance;

  ScOwnChannel *own_channel;
  ScStreamWatch *watch;
  DexFuture *asking; /* whether there was a stream before */
  gboolean is_known; /* whether there was one */
  gboolean is_needed;
  gboolean was_live;
  gboolean encoder_is_ready;
  ScSetUpStep present;
  char *srt_server;
  guint help_after; /* ms */
  guint help_timer;

  ScSetUpRow *encoder_row;
  ScSetUpRow *start_row;
  ScSetUpRow *picture_row;
  ScSetUpRow *live_row;
  AdwActionRow *help_row;
  GtkWidget *next_button;
  GtkWidget *live_button;
};

typedef enum {
  PROP_HELP_AFTER = 1,
} ScSetUpGroupProperty;

static GParamSpec *properties[PROP_HELP_AFTER + 1];

G_DEFINE_FINAL_TYPE (ScSetUpGroup, sc_set_up_group, ADW_TYPE_PREFERENCES_GROUP)

/* Of the stream that is on: the last answer may be about the one before. */
static ScStreamStatus *
get_live_status (ScSetUpGroup *self)
{
  ScStreamStatus *status = sc_stream_watch_get_status (self->watch);
  return status && sc_stream_status_is_live (status) ? status : NULL;
}

static const char *
get_server (ScSetUpGroup *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  return self->srt_server ? self->srt_server : sc_channel_get_ingest_server (channel);
}

static void
write_help (ScSetUpGroup *self)
{
  const char *server = get_server (self);
  g_autofree char *words = sc_set_up_help (server ? server : "");
  adw_action_row_set_subtitle (self->help_row, words);
}

static void
offer_help (gpointer data)
{
  ScSetUpGroup *self = data;
  self->help_timer = 0;
  write_help (self);
  gtk_widget_set_visible (GTK_WIDGET (self->help_row), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->help_row),
                           adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->help_row)),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* Help is for who waits for a stream, so its time begins with that. */
static void
decide_help (ScSetUpGroup *self)
{
  gboolean waits = self->is_needed && self->present == SC_SET_UP_START;
  gboolean is_offered = gtk_widget_get_visible (GTK_WIDGET (self->help_row));
  if (waits && !is_offered && !self->help_timer)
    self->help_timer = g_timeout_add_once (self->help_after, offer_help, self);
  if (waits)
    return;
  g_clear_handle_id (&self->help_timer, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->help_row), FALSE);
}

static char *
say_picture (ScSetUpGroup *self, ScChannel *channel)
{
  ScStreamStatus *status = get_live_status (self);
  const ScStreamSample *newest = status ? sc_health_get_newest (status) : NULL;
  const char *type = sc_channel_get_channel_type (channel);
  g_autofree char *figures = sc_status_words (channel, newest ? newest->bitrate : -1);
  if (!status)
    return g_steal_pointer (&figures);
  ScHealth health = sc_health_judge (status, type, g_get_real_time ());
  g_autofree char *words = sc_health_is_trouble (health) ? sc_health_words (health, status, type)
                                                         : g_strdup (sc_health_title (health));
  return g_strconcat (figures, "\n", words, NULL);
}

static void
show_words (ScSetUpGroup *self, ScChannel *channel)
{
  AdwActionRow *const rows[] = { ADW_ACTION_ROW (self->encoder_row),
                                 ADW_ACTION_ROW (self->start_row),
                                 ADW_ACTION_ROW (self->picture_row),
                                 ADW_ACTION_ROW (self->live_row) };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *words = i == self->present ? sc_set_up_words (self->present) : "";
    if (rows[i] != rows[SC_SET_UP_PICTURE] || self->present != SC_SET_UP_LIVE)
      adw_action_row_set_subtitle (rows[i], words);
  }
  if (self->present != SC_SET_UP_LIVE)
    return;
  g_autofree char *picture = say_picture (self, channel);
  adw_action_row_set_subtitle (rows[SC_SET_UP_PICTURE], picture);
}

static void
show_steps (ScSetUpGroup *self)
{
  ScSetUpRow *const rows[] = { self->encoder_row,
                               self->start_row,
                               self->picture_row,
                               self->live_row };
  gboolean is_live = self->present == SC_SET_UP_LIVE;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    sc_set_up_row_show (rows[i], (ScSetUpStep) i, self->present);
    gtk_widget_set_visible (GTK_WIDGET (rows[i]), !is_live || i >= SC_SET_UP_PICTURE);
  }
  gtk_widget_set_visible (self->next_button, self->present == SC_SET_UP_ENCODER);
  gtk_widget_set_visible (self->live_button, is_live);
}

static void
announce (ScSetUpGroup *self)
{
  g_autofree char *name = sc_set_up_name (self->present, self->present);
  gtk_accessible_announce (GTK_ACCESSIBLE (self),
                           name,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
update (ScSetUpGroup *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  if (!channel || !self->is_needed)
    return;
  ScSetUpStep before = self->present;
  self->present = sc_set_up_choose (channel, get_live_status (self), self->encoder_is_ready);
  show_steps (self);
  show_words (self, channel);
  decide_help (self);
  if (self->present != before)
    announce (self);
}

static void
decide_visible (ScSetUpGroup *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  gboolean is_ready = channel && sc_channel_get_state (channel) == SC_CHANNEL_READY &&
                      sc_channel_get_ingest_server (channel);
  gtk_widget_set_visible (GTK_WIDGET (self), is_ready && self->is_needed);
}

static void
decide_watching (ScSetUpGroup *self)
{
  ScChannel *channel = self->own_channel ? sc_own_channel_get_channel (self->own_channel) : NULL;
  if (channel)
    sc_stream_watch_set_wanted (self->watch,
                                sc_channel_get_live (channel) &&
                                  gtk_widget_get_mapped (GTK_WIDGET (self)));
}

static DexFuture *
on_asked (DexFuture *future, gpointer user_data)
{
  ScSetUpGroup *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  if (value) {
    const ScStreamStatusFields *fields = sc_stream_status_get_fields (g_value_get_object (value));
    self->is_known = TRUE;
    self->is_needed = !fields->id;
    update (self);
    decide_visible (self);
  }
  return dex_future_new_true ();
}

/* What fails is asked again with the next reading of the channel. */
static void
ask (ScSetUpGroup *self)
{
  if (self->is_known || (self->asking && dex_future_is_pending (self->asking)))
    return;
  dex_clear (&self->asking);
  self->asking =
    dex_future_finally (sc_client_get_stream_status (sc_own_channel_get_client (self->own_channel)),
                        on_asked,
                        self,
                        NULL);
}

static void
on_own_channel_updated (ScSetUpGroup *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  if (!channel || sc_channel_get_state (channel) != SC_CHANNEL_READY)
    return;
  ask (self);
  gboolean is_live = sc_channel_get_live (channel);
  if (self->was_live && !is_live)
    self->is_needed = FALSE;
  self->was_live = is_live;
  ScSetUpStep before = self->present;
  update (self);
  if (self->present != before)
    sc_stream_watch_refresh (self->watch);
  decide_help (self);
  decide_visible (self);
  decide_watching (self);
}

static void
sc_set_up_group_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sc_set_up_group_parent_class)->map (widget);
  decide_watching (SC_SET_UP_GROUP (widget));
}

static void
sc_set_up_group_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sc_set_up_group_parent_class)->unmap (widget);
  decide_watching (SC_SET_UP_GROUP (widget));
}

static void
sc_set_up_group_dispose (GObject *object)
{
  ScSetUpGroup *self = SC_SET_UP_GROUP (object);

  g_clear_handle_id (&self->help_timer, g_source_remove);
  dex_clear (&self->asking);
  if (self->watch)
    sc_stream_watch_stop (self->watch);
  g_clear_object (&self->watch);
  g_clear_object (&self->own_channel);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_SET_UP_GROUP);

  G_OBJECT_CLASS (sc_set_up_group_parent_class)->dispose (object);
}

static void
sc_set_up_group_finalize (GObject *object)
{
  g_free (SC_SET_UP_GROUP (object)->srt_server);
  G_OBJECT_CLASS (sc_set_up_group_parent_class)->finalize (object);
}

static void
sc_set_up_group_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((ScSetUpGroupProperty) id) {
  case PROP_HELP_AFTER:
    g_value_set_uint (value, SC_SET_UP_GROUP (object)->help_after);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_set_up_group_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((ScSetUpGroupProperty) id) {
  case PROP_HELP_AFTER:
    SC_SET_UP_GROUP (object)->help_after = g_value_get_uint (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/set-up-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ScSetUpGroup, encoder_row);
  gtk_widget_class_bind_template_child (widget_class, ScSetUpGroup, start_row);
  gtk_widget_class_bind_template_child (widget_class, ScSetUpGroup, picture_row);
  gtk_widget_class_bind_template_child (widget_class, ScSetUpGroup, live_row);
  gtk_widget_class_bind_template_child (widget_class, ScSetUpGroup, help_row);
  gtk_widget_class_bind_template_child (widget_class, ScSetUpGroup, next_button);
  gtk_widget_class_bind_template_child (widget_class, ScSetUpGroup, live_button);
}

static void
sc_set_up_group_class_init (ScSetUpGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_SET_UP_ROW);
  object_class->dispose = sc_set_up_group_dispose;
  object_class->finalize = sc_set_up_group_finalize;
  object_class->get_property = sc_set_up_group_get_property;
  object_class->set_property = sc_set_up_group_set_property;
  widget_class->map = sc_set_up_group_map;
  widget_class->unmap = sc_set_up_group_unmap;

  /**
   * ScSetUpGroup:help-after:
   *
   * How long, in milliseconds, a stream is waited for before there are words on what to look at.
   */
  properties[PROP_HELP_AFTER] = g_param_spec_uint ("help-after",
                                                   NULL,
                                                   NULL,
                                                   0,
                                                   G_MAXUINT,
                                                   HELP_AFTER_MS,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  bind_template (widget_class);
}

static void
sc_set_up_group_init (ScSetUpGroup *self)
{
  self->help_after = HELP_AFTER_MS;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_set_up_group_set_own_channel:
 * @self: the group
 * @own_channel: the streamer's own channel
 *
 * To be called once.
 */
void
sc_set_up_group_set_own_channel (ScSetUpGroup *self, ScOwnChannel *own_channel)
{
  self->own_channel = g_object_ref (own_channel);
  self->watch = sc_stream_watch_new (sc_own_channel_get_client (own_channel));
  g_signal_connect_object (own_channel,
                           "updated",
                           G_CALLBACK (on_own_channel_updated),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "refreshed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/**
 * sc_set_up_group_set_srt_server:
 * @self: the group
 * @server: (nullable): where the encoder connects to by SRT; %NULL for the channel's own server
 */
void
sc_set_up_group_set_srt_server (ScSetUpGroup *self, const char *server)
{
  if (g_set_str (&self->srt_server, server) && sc_own_channel_get_channel (self->own_channel))
    write_help (self);
}

/**
 * sc_set_up_group_take_encoder_ready:
 * @self: the group
 *
 * The streamer has entered server and stream key, or is about to.
 */
void
sc_set_up_group_take_encoder_ready (ScSetUpGroup *self)
{
  self->encoder_is_ready = TRUE;
  update (self);
}
