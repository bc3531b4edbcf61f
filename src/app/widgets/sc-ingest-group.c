/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What an encoder needs to stream to the own channel, the server and the stream key, of SRT the
 * passphrase besides, and the way to another key. A key is made anew in two steps: the old one goes
 * at once, the new one comes when Amazon IVS has it; between them there is none to copy. */

#include "config.h"

#include "sc-ingest-group.h"

#include "sc-client-error.h"
#include "sc-copy.h"
#include "sc-field-hint.h"
#include "sc-future.h"
#include "sc-key-row.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScIngestGroup {
  AdwPreferencesGroup parent_instance;

  ScOwnChannel *own_channel;
  ScStreamerMode *mode;
  AdwActionRow *server_row;
  GtkWidget *retry_button;
  AdwToggleGroup *protocols;
  ScKeyRow *key_row;
  ScKeyRow *passphrase_row;
  AdwActionRow *reset_row;
  GtkStack *reset_stack;
  DexFuture *resetting;
  ScClient *client;
  DexFuture *asking_srt;
  char *srt_server;      /* NULL until SRT was chosen once */
  gboolean has_failed;   /* to ask for that */
  gboolean is_resetting; /* as the server last said */
};

enum {
  PROTOCOL_CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ScIngestGroup, sc_ingest_group, ADW_TYPE_PREFERENCES_GROUP)

static void
show_key_state (ScIngestGroup *self, gboolean is_resetting)
{
  gboolean is_new = self->is_resetting && !is_resetting;
  self->is_resetting = is_resetting;
  gtk_widget_set_sensitive (GTK_WIDGET (self->key_row), !is_resetting);
  gtk_stack_set_visible_child_name (self->reset_stack, is_resetting ? "busy" : "button");
  adw_action_row_set_subtitle (
    self->reset_row,
    is_resetting ? _ ("The old key works no more. The new one is being made…")
                 : _ ("If somebody else may have seen it. Your encoder needs the new one then."));
  if (is_resetting)
    sc_key_row_hide (self->key_row);
  if (is_new)
    sc_toast (GTK_WIDGET (self), _ ("Your new stream key is ready. Enter it in your encoder"));
}

/* While live even where streamer mode is switched off. */
static void
decide_asking (ScIngestGroup *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  gboolean asks = (channel && sc_channel_get_live (channel)) ||
                  (self->mode && sc_streamer_mode_get_on (self->mode));
  sc_key_row_set_asks (self->key_row, asks);
  sc_key_row_set_asks (self->passphrase_row, asks);
}

static gboolean
is_srt (ScIngestGroup *self)
{
  return g_str_equal (adw_toggle_group_get_active_name (self->protocols), "srt");
}

/* Returns the server of the protocol that is chosen, or NULL. */
static const char *
get_server (ScIngestGroup *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  if (is_srt (self))
    return self->srt_server;
  return channel ? sc_channel_get_ingest_server (channel) : NULL;
}

/* Shows the server of the protocol that is chosen, and tells of it. */
static void
show_server (ScIngestGroup *self)
{
  const char *server = get_server (self);
  gboolean has_failed = !server && is_srt (self) && self->has_failed;
  const char *instead = has_failed      ? _ ("The server could not be fetched")
                        : is_srt (self) ? _ ("Asking for the server…")
                                        : "";
  adw_action_row_set_subtitle (self->server_row, server ? server : instead);
  gtk_widget_set_visible (self->retry_button, has_failed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->server_row), server || has_failed);
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase_row), is_srt (self) && self->srt_server);
  g_signal_emit (self, signals[PROTOCOL_CHANGED], 0);
}

static DexFuture *
on_srt_server (DexFuture *future, gpointer user_data)
{
  ScIngestGroup *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  if (sc_error_is_cancelled (error))
    return dex_future_new_true ();
  g_set_str (&self->srt_server, value ? g_value_get_string (value) : NULL);
  self->has_failed = !value;
  if (g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_NOT_FOUND)) {
    sc_toast (GTK_WIDGET (self), _ ("Your channel takes no SRT"));
    adw_toggle_group_set_active_name (self->protocols, "rtmps");
  } else if (!value) {
    sc_toast_error (GTK_WIDGET (self), _ ("The server of SRT could not be fetched."), error);
  }
  show_server (self);
  return dex_future_new_true ();
}

static void
ask_srt (ScIngestGroup *self)
{
  dex_clear (&self->asking_srt);
  self->has_failed = FALSE;
  show_server (self);
  self->asking_srt =
    dex_future_finally (sc_client_get_srt_server (self->client), on_srt_server, self, NULL);
}

static void
on_protocol_chosen (ScIngestGroup *self)
{
  if (!self->own_channel)
    return;
  dex_clear (&self->asking_srt);
  if (is_srt (self) && !self->srt_server)
    ask_srt (self);
  else
    show_server (self);
}

static void
on_own_channel_updated (ScIngestGroup *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  if (!channel)
    return;
  const char *server = sc_channel_get_ingest_server (channel);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          server && sc_channel_get_state (channel) == SC_CHANNEL_READY);
  show_server (self);
  decide_asking (self);
  show_key_state (self, sc_channel_get_key_resetting (channel));
}

static DexFuture *
on_reset (DexFuture *future, gpointer user_data)
{
  ScIngestGroup *self = user_data;
  g_autoptr (GError) error = NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->reset_row), TRUE);
  if (!dex_future_get_value (future, &error)) {
    sc_toast_error (GTK_WIDGET (self), _ ("The stream key could not be reset."), error);
    return dex_future_new_true ();
  }
  /* Read on at once: each reading moves the new key on. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    sc_own_channel_start (self->own_channel);
  return dex_future_new_true ();
}

static void
reset (ScIngestGroup *self, gboolean stops)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->reset_row), FALSE);
  sc_key_row_hide (self->key_row);
  dex_clear (&self->resetting);
  DexFuture *asked = sc_own_channel_reset_key (self->own_channel, stops);
  /* What was confirmed goes on when nobody waits for it any more. */
  dex_future_disown (dex_ref (asked));
  self->resetting = dex_future_finally (asked, on_reset, self, NULL);
}

static void
reset_and_go_on (ScIngestGroup *self)
{
  reset (self, /* stops= */ FALSE);
}

static void
reset_and_stop (ScIngestGroup *self)
{
  reset (self, /* stops= */ TRUE);
}

static AdwAlertDialog *
make_reset_dialog (gboolean is_live)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
    _ ("Reset the Stream Key?"),
    is_live
      ? _ (
          "The old key stops working at once, and your encoder needs the new one to connect again. "
          "Your stream can end now, or go on until your encoder loses its connection.")
      : _ (
          "The old key stops working at once, and your encoder needs the new one before you can go "
          "live again.")));
  adw_alert_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  if (is_live)
    adw_alert_dialog_add_response (dialog, "go-on", _ ("Reset and _Keep Streaming"));
  adw_alert_dialog_add_response (dialog,
                                 is_live ? "stop" : "go-on",
                                 is_live ? _ ("Reset and _End Stream") : _ ("_Reset"));
  adw_alert_dialog_set_response_appearance (dialog,
                                            is_live ? "stop" : "go-on",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  return dialog;
}

static void
ask_to_reset (ScIngestGroup *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  AdwAlertDialog *dialog = make_reset_dialog (channel && sc_channel_get_live (channel));
  g_signal_connect_object (dialog,
                           "response::go-on",
                           G_CALLBACK (reset_and_go_on),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog,
                           "response::stop",
                           G_CALLBACK (reset_and_stop),
                           self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
sc_ingest_group_dispose (GObject *object)
{
  ScIngestGroup *self = SC_INGEST_GROUP (object);
  dex_clear (&self->resetting);
  dex_clear (&self->asking_srt);
  g_clear_object (&self->client);
  g_clear_object (&self->mode);
  g_clear_object (&self->own_channel);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_INGEST_GROUP);
  G_OBJECT_CLASS (sc_ingest_group_parent_class)->dispose (object);
}

static void
sc_ingest_group_finalize (GObject *object)
{
  g_free (SC_INGEST_GROUP (object)->srt_server);
  G_OBJECT_CLASS (sc_ingest_group_parent_class)->finalize (object);
}

static void
sc_ingest_group_class_init (ScIngestGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_FIELD_HINT);
  g_type_ensure (SC_TYPE_KEY_ROW);
  G_OBJECT_CLASS (klass)->dispose = sc_ingest_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = sc_ingest_group_finalize;
  signals[PROTOCOL_CHANGED] = g_signal_new ("protocol-changed",
                                            SC_TYPE_INGEST_GROUP,
                                            G_SIGNAL_RUN_LAST,
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            G_TYPE_NONE,
                                            0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/ingest-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ScIngestGroup, server_row);
  gtk_widget_class_bind_template_child (widget_class, ScIngestGroup, protocols);
  gtk_widget_class_bind_template_child (widget_class, ScIngestGroup, retry_button);
  gtk_widget_class_bind_template_child (widget_class, ScIngestGroup, key_row);
  gtk_widget_class_bind_template_child (widget_class, ScIngestGroup, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, ScIngestGroup, reset_row);
  gtk_widget_class_bind_template_child (widget_class, ScIngestGroup, reset_stack);
  gtk_widget_class_bind_template_callback (widget_class, ask_to_reset);
  gtk_widget_class_bind_template_callback (widget_class, ask_srt);
  gtk_widget_class_bind_template_callback (widget_class, on_protocol_chosen);
}

static void
sc_ingest_group_init (ScIngestGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sc_key_row_set_passphrase (self->passphrase_row);
  show_key_state (self, FALSE);
}

/**
 * sc_ingest_group_set_channel:
 * @self: the group
 * @client: what fetches the key
 * @own_channel: whose server and key they are
 *
 * The group is visible once the channel is ready.
 */
void
sc_ingest_group_set_channel (ScIngestGroup *self, ScClient *client, ScOwnChannel *own_channel)
{
  g_set_object (&self->own_channel, own_channel);
  g_set_object (&self->client, client);
  sc_key_row_set_client (self->key_row, client);
  sc_key_row_set_client (self->passphrase_row, client);
  g_signal_connect_object (own_channel,
                           "updated",
                           G_CALLBACK (on_own_channel_updated),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * sc_ingest_group_set_mode:
 * @self: the group, with a channel
 * @mode: whether others may see the screen
 *
 * To be called once.
 */
void
sc_ingest_group_set_mode (ScIngestGroup *self, ScStreamerMode *mode)
{
  self->mode = g_object_ref (mode);
  g_signal_connect_object (mode, "notify::on", G_CALLBACK (decide_asking), self, G_CONNECT_SWAPPED);
  decide_asking (self);
}

/**
 * sc_ingest_group_copy_server:
 * @self: the group
 *
 * Copies where the encoder connects to.
 */
void
sc_ingest_group_copy_server (ScIngestGroup *self)
{
  sc_copy (GTK_WIDGET (self), get_server (self), _ ("Server copied"));
}

/**
 * sc_ingest_group_copy_key:
 * @self: the group
 *
 * Copies the key without showing it, if there is one now.
 */
void
sc_ingest_group_copy_key (ScIngestGroup *self)
{
  if (!self->is_resetting)
    sc_key_row_copy (self->key_row);
}

/**
 * sc_ingest_group_toggle_key:
 * @self: the group
 *
 * Shows the key for a while, if there is one now, or hides it again.
 */
void
sc_ingest_group_toggle_key (ScIngestGroup *self)
{
  if (!self->is_resetting)
    sc_key_row_toggle (self->key_row);
}

/**
 * sc_ingest_group_hide_key:
 * @self: the group
 *
 * Hides key and passphrase if they are shown.
 */
void
sc_ingest_group_hide_key (ScIngestGroup *self)
{
  sc_key_row_hide (self->key_row);
  sc_key_row_hide (self->passphrase_row);
}

/**
 * sc_ingest_group_get_srt_server:
 * @self: the group
 *
 * The signal "protocol-changed" says when it may be another.
 *
 * Returns: (transfer none) (nullable): where an encoder connects to by SRT; %NULL while RTMPS is
 *   chosen, or the server is not known yet
 */
const char *
sc_ingest_group_get_srt_server (ScIngestGroup *self)
{
  return is_srt (self) ? self->srt_server : NULL;
}
