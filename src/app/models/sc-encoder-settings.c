/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a streamer chooses in an encoder, for what their channel takes. The bitrates leave a tenth
 * of the channel's limit to spare, as what encoders call constant is not; the resolutions and
 * bitrates are those of "Streaming Configuration" in the Amazon IVS Low-Latency User Guide. */

#include "config.h"

#include "sc-encoder-settings.h"

#include "sc-channel-type.h"

#include <glib/gi18n.h>

static const ScEncoderSettings basic[] = {
  { 1280, 720, 30, 2900, 160 },
  { 1920, 1080, 30, 2900, 160 },
  { 854, 480, 30, 1200, 128 },
};

static const ScEncoderSettings transcoded[] = {
  { 1280, 720, 30, 2900, 160 },  { 1280, 720, 60, 4200, 160 }, { 1920, 1080, 30, 5000, 160 },
  { 1920, 1080, 60, 7400, 160 }, { 854, 480, 30, 1200, 128 },
};

/**
 * sc_encoder_settings_list:
 * @type: the type of a channel, as Amazon IVS has it
 * @ret_count: (out): how many there are, at least 1
 *
 * Returns: (transfer none) (array length=ret_count): what to choose among; the first suits who does
 *   not know their line
 */
const ScEncoderSettings *
sc_encoder_settings_list (const char *type, guint *ret_count)
{
  gboolean is_basic = !sc_channel_type_is_known (type) || g_str_equal (type, "BASIC");
  *ret_count = is_basic ? G_N_ELEMENTS (basic) : G_N_ELEMENTS (transcoded);
  return is_basic ? basic : transcoded;
}

/**
 * sc_encoder_settings_describe:
 * @self: settings
 *
 * Returns: (transfer full): them in a few words, "1080p60, 7.6 Mb/s"
 */
char *
sc_encoder_settings_describe (const ScEncoderSettings *self)
{
  /* Translators: a video's height and frame rate, and its bitrate in megabits a second. */
  return g_strdup_printf (_ ("%up%u, %.1f Mb/s"),
                          self->height,
                          self->frame_rate,
                          (self->video_kbps + self->audio_kbps) / 1000.0);
}

/**
 * sc_encoder_settings_is_srt:
 * @server: where the channel is streamed to
 *
 * Returns: whether that is by SRT
 */
gboolean
sc_encoder_settings_is_srt (const char *server)
{
  return g_str_has_prefix (server, "srt:");
}

/**
 * sc_encoder_settings_to_ffmpeg:
 * @self: settings
 * @server: where the channel is streamed to; of RTMPS, the key comes directly behind it
 *
 * Returns: (transfer full): a command for a shell that streams the file INPUT; it takes the stream
 *   key, and the passphrase of SRT, from the environment
 */
char *
sc_encoder_settings_to_ffmpeg (const ScEncoderSettings *self, const char *server)
{
  guint interval = self->frame_rate * SC_KEYFRAME_SECONDS;
  g_autofree char *target =
    sc_encoder_settings_is_srt (server)
      ? g_strdup_printf ("-f mpegts \"%s?streamid=$STREAM_KEY&passphrase=$PASSPHRASE"
                         "&pkt_size=1316\"",
                         server)
      : g_strdup_printf ("-f flv \"%s$STREAM_KEY\"", server);
  return g_strdup_printf (
    "ffmpeg -re -i INPUT -c:v libx264 -preset veryfast -profile:v main -pix_fmt yuv420p"
    " -vf scale=%u:%u -r %u -g %u -keyint_min %u -sc_threshold 0"
    " -b:v %uk -maxrate %uk -bufsize %uk -c:a aac -b:a %uk -ar 48000 -ac 2 %s",
    self->width,
    self->height,
    self->frame_rate,
    interval,
    interval,
    self->video_kbps,
    self->video_kbps,
    self->video_kbps,
    self->audio_kbps,
    target);
}

/**
 * sc_encoder_settings_to_gstreamer:
 * @self: settings
 * @server: where the channel is streamed to; of RTMPS, the key comes directly behind it
 *
 * Returns: (transfer full): a command for a shell that streams the file INPUT; it takes the stream
 *   key, and the passphrase of SRT, from the environment
 */
char *
sc_encoder_settings_to_gstreamer (const ScEncoderSettings *self, const char *server)
{
  g_autofree char *target =
    sc_encoder_settings_is_srt (server)
      ? g_strdup_printf ("mpegtsmux name=mux alignment=7 ! srtsink uri=\"%s\""
                         " streamid=\"$STREAM_KEY\" passphrase=\"$PASSPHRASE\"",
                         server)
      : g_strdup_printf ("flvmux name=mux streamable=true ! rtmp2sink location=\"%s$STREAM_KEY\"",
                         server);
  return g_strdup_printf (
    "gst-launch-1.0 -e filesrc location=INPUT ! decodebin3 name=in"
    " in. ! queue ! videoconvert ! videoscale ! videorate"
    " ! video/x-raw,format=I420,width=%u,height=%u,framerate=%u/1 ! clocksync"
    " ! x264enc bitrate=%u key-int-max=%u speed-preset=veryfast pass=cbr"
    " ! video/x-h264,profile=main ! h264parse ! mux."
    " in. ! queue ! audioconvert ! audioresample ! audio/x-raw,rate=48000,channels=2 ! clocksync"
    " ! avenc_aac bitrate=%u ! aacparse ! mux."
    " %s",
    self->width,
    self->height,
    self->frame_rate,
    self->video_kbps,
    self->frame_rate * SC_KEYFRAME_SECONDS,
    self->audio_kbps * 1000,
    target);
}
