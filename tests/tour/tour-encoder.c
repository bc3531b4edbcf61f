/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A real encoder: ffmpeg with a test picture that has a running clock and coloured corners, and a
 * tone, published over RTMPS as OBS would with these settings (Amazon IVS streaming configuration:
 * constant bit rate, a keyframe every 2 s). */

#include "config.h"

#include "tour-encoder.h"

#include "tour-wait.h"

#include <signal.h>

struct _TourEncoder {
  GSubprocess *process;
  gboolean exited;
  GCancellable *cancellable;
};

static void
on_exited (GObject *process, GAsyncResult *result, gpointer data)
{
  if (!g_subprocess_wait_finish (G_SUBPROCESS (process), result, NULL))
    return;
  TourEncoder *self = data;
  self->exited = TRUE;
}

static char *
build_filter (void)
{
  return g_strdup_printf (
    "drawbox=0:0:%1$d:%1$d:0x%2$06x:fill,drawbox=iw-%1$d:0:%1$d:%1$d:0x%3$06x:fill,"
    "drawbox=0:ih-%1$d:%1$d:%1$d:0x%4$06x:fill,"
    "drawbox=iw-%1$d:ih-%1$d:%1$d:%1$d:0x%5$06x:fill",
    TOUR_CORNER_SIZE,
    TOUR_CORNER_TOP_LEFT,
    TOUR_CORNER_TOP_RIGHT,
    TOUR_CORNER_BOTTOM_LEFT,
    TOUR_CORNER_BOTTOM_RIGHT);
}

/**
 * tour_encoder_start:
 * @server: what stands in the encoder's "server" field
 * @key: what stands in its "stream key" field
 * @ca_file: the certificate authority that the server must be proven by
 * @seconds: how long the stream shall be, or %TOUR_ENDLESS
 * @log: the file for ffmpeg's words
 * @error: an error of GIO
 *
 * Returns: (transfer full) (nullable): the encoder, publishing or trying to
 */
TourEncoder *
tour_encoder_start (const char *server,
                    const char *key,
                    const char *ca_file,
                    guint seconds,
                    const char *log,
                    GError **error)
{
  g_autofree char *length = g_strdup_printf ("%u", seconds);
  g_autofree char *filter = build_filter ();
  g_autofree char *picture = g_strdup_printf ("testsrc=size=%dx%d:rate=%d",
                                              TOUR_PICTURE_WIDTH,
                                              TOUR_PICTURE_HEIGHT,
                                              TOUR_PICTURE_RATE);
  g_autofree char *tone = g_strdup_printf ("sine=frequency=%d:sample_rate=48000", TOUR_TONE_HZ);
  g_autofree char *keyframes = g_strdup_printf ("%d", 2 * TOUR_PICTURE_RATE);
  g_autofree char *url = g_strconcat (server, key, NULL);
  const char *const argv[] = {
    "ffmpeg",      "-hide_banner",
    "-loglevel",   "info",
    "-nostdin",    "-re",
    "-f",          "lavfi",
    "-i",          picture,
    "-re",         "-f",
    "lavfi",       "-i",
    tone,          "-vf",
    filter,        "-c:v",
    "libx264",     "-preset",
    "ultrafast",   "-tune",
    "zerolatency", "-pix_fmt",
    "yuv420p",     "-b:v",
    "1500k",       "-maxrate",
    "1500k",       "-bufsize",
    "1500k",       "-g",
    keyframes,     "-sc_threshold",
    "0",           "-c:a",
    "aac",         "-b:a",
    "128k",        "-t",
    length,        "-tls_verify",
    "1",           "-ca_file",
    ca_file,       "-f",
    "flv",         url,
    NULL,
  };

  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_set_stdout_file_path (launcher, log);
  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawnv (launcher, argv, error);
  if (!process)
    return NULL;

  TourEncoder *self = g_new0 (TourEncoder, 1);
  self->process = g_steal_pointer (&process);
  self->cancellable = g_cancellable_new ();
  g_subprocess_wait_async (self->process, self->cancellable, on_exited, self);
  return self;
}

static gboolean
has_exited (gpointer data)
{
  return ((TourEncoder *) data)->exited;
}

/**
 * tour_encoder_wait_refused:
 * @self: an encoder
 * @seconds: the longest to wait
 * @error: %TOUR_ERROR_WRONG if it is still publishing, or ended as if all were well
 *
 * Returns: %TRUE once the server has refused it
 */
gboolean
tour_encoder_wait_refused (TourEncoder *self, double seconds, GError **error)
{
  if (tour_wait (seconds, has_exited, self) && !g_subprocess_get_successful (self->process))
    return TRUE;
  g_set_error (error, TOUR_ERROR, TOUR_ERROR_WRONG, "The encoder is not refused");
  return FALSE;
}

/**
 * tour_encoder_wait_done:
 * @self: an encoder whose stream has an end
 * @seconds: the longest to wait
 * @error: %TOUR_ERROR_WRONG if it is still publishing, or failed
 *
 * Returns: %TRUE once it has published all of it
 */
gboolean
tour_encoder_wait_done (TourEncoder *self, double seconds, GError **error)
{
  if (tour_wait (seconds, has_exited, self) && g_subprocess_get_successful (self->process))
    return TRUE;
  g_set_error (error, TOUR_ERROR, TOUR_ERROR_WRONG, "The encoder did not publish to its end");
  return FALSE;
}

static void
run_until_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/**
 * tour_encoder_stop:
 * @self: (nullable): an encoder
 *
 * Ends the encoder as its stop button does, and frees it.
 */
void
tour_encoder_stop (TourEncoder *self)
{
  if (!self)
    return;
  if (!self->exited) {
    g_subprocess_send_signal (self->process, SIGINT);
    tour_wait (5, has_exited, self);
  }
  if (!self->exited) {
    g_subprocess_force_exit (self->process);
    tour_wait (5, has_exited, self);
  }
  g_cancellable_cancel (self->cancellable);
  run_until_idle ();
  g_object_unref (self->cancellable);
  g_object_unref (self->process);
  g_free (self);
}
