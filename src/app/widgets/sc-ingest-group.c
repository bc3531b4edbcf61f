/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What an encoder needs to stream to the own channel, the server and the stream key, and the way to
 * another key. A key is made anew in two steps: the old one goes at once, the new one comes when
 * Amazon IVS has it; between them there is none to copy. */

#include "config.h"

#include "sc-ingest-group.h"

#include "sc-error-dialog.h"
#include "sc-field-hint.h"
#include "sc-key-row.h"

#include <glib/gi18n.h>

struct _ScIngestGroup {
  AdwPreferencesGroup parent_instance;

  ScOwnChannel *own_channel;
  ScStreamerMode *mode;
  AdwActionRow *server_row;
  ScKeyRow *key_row;
  AdwActionRow *reset_row;
  GtkStack *reset_stack;
  DexFuture *resetting;
  gboolean is_resetting; /* as the server last said */
};

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
  sc_key_row_set_asks (self->key_row,
                       (channel && sc_channel_get_live (channel)) ||
                         (self->mode && sc_streamer_mode_get_on (self->mode)));
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
  adw_action_row_set_subtitle (self->server_row, server ? server : "");
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
  g_clear_object (&self->mode);
  g_clear_object (&self->own_channel);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_INGEST_GROUP);
  G_OBJECT_CLASS (sc_ingest_group_parent_class)->dispose (object);
}

static void
sc_ingest_group_class_init (ScIngestGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_FIELD_HINT);
  g_type_ensure (SC_TYPE_KEY_ROW);
  G_OBJECT_CLASS (klass)->dispose = sc_ingest_group_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/ingest-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ScIngestGroup, server_row);
  gtk_widget_class_bind_template_child (widget_class, ScIngestGroup, key_row);
  gtk_widget_class_bind_template_child (widget_class, ScIngestGroup, reset_row);
  gtk_widget_class_bind_template_child (widget_class, ScIngestGroup, reset_stack);
  gtk_widget_class_bind_template_callback (widget_class, ask_to_reset);
}

static void
sc_ingest_group_init (ScIngestGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
  sc_key_row_set_client (self->key_row, client);
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
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          adw_action_row_get_subtitle (self->server_row));
  sc_toast (GTK_WIDGET (self), _ ("Server copied"));
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
 * Hides the key if it is shown.
 */
void
sc_ingest_group_hide_key (ScIngestGroup *self)
{
  sc_key_row_hide (self->key_row);
}
