/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What to choose in an encoder for the own channel, to be saved as a profile of OBS or copied as a
 * command. None of it has the stream key. */

#include "config.h"

#include "sc-encoder-group.h"

#include "sc-channel-type.h"
#include "sc-copy.h"
#include "sc-encoder-settings.h"
#include "sc-field-hint.h"
#include "sc-obs-profile.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

/* What OBS lists the profile as, and its folder is called. */
#define PROFILE "StreamCat"

struct _ScEncoderGroup {
  AdwPreferencesGroup parent_instance;

  AdwComboRow *quality_row;
  AdwActionRow *facts_row;
  GtkWidget *hint;

  char *server;     /* by RTMPS */
  char *srt_server; /* NULL while RTMPS is chosen */
  char *type;
};

G_DEFINE_FINAL_TYPE (ScEncoderGroup, sc_encoder_group, ADW_TYPE_PREFERENCES_GROUP)

static const ScEncoderSettings *
get_settings (ScEncoderGroup *self)
{
  guint count = 0;
  const ScEncoderSettings *list = sc_encoder_settings_list (self->type, &count);
  return &list[MIN (adw_combo_row_get_selected (self->quality_row), count - 1)];
}

static const char *
get_server (ScEncoderGroup *self)
{
  return self->srt_server ? self->srt_server : self->server;
}

static void
on_selected (ScEncoderGroup *self)
{
  const ScEncoderSettings *settings = get_settings (self);
  g_autofree char *facts =
    g_strdup_printf (_ ("%u×%u, %u frames a second\n"
                        "Video: H.264, constant bitrate %u kb/s, keyframe every %d s\n"
                        "Audio: AAC, %u kb/s, 48 kHz, stereo"),
                     settings->width,
                     settings->height,
                     settings->frame_rate,
                     settings->video_kbps,
                     SC_KEYFRAME_SECONDS,
                     settings->audio_kbps);
  adw_action_row_set_subtitle (self->facts_row, facts);
}

static void
copy (ScEncoderGroup *self, char *(*make) (const ScEncoderSettings *, const char *) )
{
  g_autofree char *command = make (get_settings (self), get_server (self));
  sc_copy (GTK_WIDGET (self), command, _ ("Command copied"));
}

static void
copy_ffmpeg (ScEncoderGroup *self)
{
  copy (self, sc_encoder_settings_to_ffmpeg);
}

static void
copy_gstreamer (ScEncoderGroup *self)
{
  copy (self, sc_encoder_settings_to_gstreamer);
}

static void
on_folder (GObject *dialog, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ScEncoderGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) parent =
    gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (dialog), result, &error);
  if (!parent) /* nobody chose one */
    return;
  g_autoptr (GFile) folder = g_file_get_child (parent, PROFILE);
  sc_obs_profile_write (folder, PROFILE, get_settings (self), get_server (self), &error);
  g_autofree char *failure =
    error ? g_strdup_printf (_ ("The settings were not saved: %s"), error->message) : NULL;
  sc_toast (GTK_WIDGET (self),
            failure ? failure : _ ("OBS settings saved in the folder “StreamCat”"));
}

static void
save_obs (ScEncoderGroup *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gtk_file_dialog_set_title (dialog, _ ("Save OBS Settings In"));
  gtk_file_dialog_set_accept_label (dialog, _ ("_Save Here"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (root), NULL, on_folder, g_object_ref (self));
}

static void
sc_encoder_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SC_TYPE_ENCODER_GROUP);
  G_OBJECT_CLASS (sc_encoder_group_parent_class)->dispose (object);
}

static void
sc_encoder_group_finalize (GObject *object)
{
  ScEncoderGroup *self = SC_ENCODER_GROUP (object);
  g_free (self->server);
  g_free (self->srt_server);
  g_free (self->type);
  G_OBJECT_CLASS (sc_encoder_group_parent_class)->finalize (object);
}

static void
sc_encoder_group_class_init (ScEncoderGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_FIELD_HINT);
  object_class->dispose = sc_encoder_group_dispose;
  object_class->finalize = sc_encoder_group_finalize;
  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/encoder-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ScEncoderGroup, quality_row);
  gtk_widget_class_bind_template_child (widget_class, ScEncoderGroup, facts_row);
  gtk_widget_class_bind_template_child (widget_class, ScEncoderGroup, hint);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, copy_ffmpeg);
  gtk_widget_class_bind_template_callback (widget_class, copy_gstreamer);
  gtk_widget_class_bind_template_callback (widget_class, save_obs);
}

static void
sc_encoder_group_init (ScEncoderGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
list_settings (ScEncoderGroup *self)
{
  guint count = 0;
  const ScEncoderSettings *list = sc_encoder_settings_list (self->type, &count);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  for (guint i = 0; i < count; i++)
    gtk_string_list_take (model, sc_encoder_settings_describe (&list[i]));
  adw_combo_row_set_model (self->quality_row, G_LIST_MODEL (model));
}

/**
 * sc_encoder_group_set_channel:
 * @self: the group
 * @channel: the own channel, as the server just said
 *
 * Shows what suits the channel; what was chosen stays while its type does. The group is of use only
 * once the channel has an ingest server.
 */
void
sc_encoder_group_set_channel (ScEncoderGroup *self, ScChannel *channel)
{
  const char *type = sc_channel_get_channel_type (channel);
  const char *server = sc_channel_get_ingest_server (channel);
  g_set_str (&self->server, server ? server : "");
  if (self->type && g_str_equal (self->type, type ? type : ""))
    return;
  g_set_str (&self->type, type ? type : "");
  list_settings (self);
  on_selected (self);
}

/**
 * sc_encoder_group_set_srt_server:
 * @self: the group
 * @server: (nullable): where the channel is streamed to by SRT; %NULL for RTMPS
 *
 * Has settings and commands be for that.
 */
void
sc_encoder_group_set_srt_server (ScEncoderGroup *self, const char *server)
{
  g_set_str (&self->srt_server, server);
  g_object_set (
    self->hint,
    "hint",
    server ? _ ("Import the settings into OBS by Profile, Import, then enter the stream key there, "
                "and the passphrase as the password. The commands take them from the variables "
                "STREAM_KEY and PASSPHRASE.")
           : _ ("Import the settings into OBS by Profile, Import, then enter the stream key there. "
                "The commands take it from the variable STREAM_KEY."),
    NULL);
}
