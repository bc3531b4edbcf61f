/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is said on the way to a channel's first stream. Pure functions; all strings are translated.
 */

#include "config.h"

#include "sc-set-up-words.h"

#include "sc-closures.h"
#include "sc-health.h"

#include <glib/gi18n.h>

/* Where RTMP goes that names no port. */
#define RTMP_PORT 1935

/* Amazon IVS's RTMPS. */
#define RTMPS_PORT 443

/* Whether anything is known of what arrives. */
static gboolean
is_seen (ScChannel *channel, ScStreamStatus *status)
{
  const ScStreamSample *newest =
    status && sc_stream_status_is_live (status) ? sc_health_get_newest (status) : NULL;
  g_autofree char *picture = sc_picture_words (sc_channel_get_stream (channel));
  return *picture || (newest && newest->bitrate >= 0);
}

/**
 * sc_set_up_choose:
 * @channel: one's own channel, which never streamed before
 * @status: (nullable): how its stream goes
 * @encoder_is_ready: whether the streamer has the encoder set up, as far as that can be known here
 *
 * Returns: what is to be done now
 */
ScSetUpStep
sc_set_up_choose (ScChannel *channel, ScStreamStatus *status, gboolean encoder_is_ready)
{
  if (!sc_channel_get_live (channel))
    return encoder_is_ready ? SC_SET_UP_START : SC_SET_UP_ENCODER;
  return is_seen (channel, status) ? SC_SET_UP_LIVE : SC_SET_UP_PICTURE;
}

/**
 * sc_set_up_is_done:
 * @step: one of the steps
 * @present: what is to be done now
 *
 * Returns: whether nothing is left to do for it
 */
gboolean
sc_set_up_is_done (ScSetUpStep step, ScSetUpStep present)
{
  return step < present || present == SC_SET_UP_LIVE;
}

/**
 * sc_set_up_title:
 * @step: one of the steps
 * @present: what is to be done now
 *
 * Returns: (transfer none): what the step is called
 */
const char *
sc_set_up_title (ScSetUpStep step, ScSetUpStep present)
{
  switch (step) {
  case SC_SET_UP_ENCODER:
    return _ ("Enter Server and Stream Key");
  case SC_SET_UP_START:
    return _ ("Start Streaming");
  case SC_SET_UP_PICTURE:
    return _ ("See Your Stream Arrive");
  case SC_SET_UP_LIVE:
  default:
    return present == SC_SET_UP_LIVE ? _ ("You Are Live") : _ ("Go Live");
  }
}

/**
 * sc_set_up_words:
 * @step: what is to be done now
 *
 * Returns: (transfer none): how to do it
 */
const char *
sc_set_up_words (ScSetUpStep step)
{
  switch (step) {
  case SC_SET_UP_ENCODER:
    return _ ("Copy both from below into OBS Studio or another encoder. With the saved OBS "
              "settings, only the stream key is left to enter.");
  case SC_SET_UP_START:
    return _ ("Start streaming in your encoder: it shows here when we see it.");
  case SC_SET_UP_PICTURE:
    return _ ("Your encoder is connected. Waiting for the first frames…");
  case SC_SET_UP_LIVE:
  default:
    return _ ("Viewers can watch you now.");
  }
}

/**
 * sc_set_up_name:
 * @step: one of the steps
 * @present: what is to be done now
 *
 * Returns: (transfer full): what a screen reader calls it: which one it is, and how it stands
 */
char *
sc_set_up_name (ScSetUpStep step, ScSetUpStep present)
{
  const char *title = sc_set_up_title (step, present);
  const char *format = NULL;
  if (sc_set_up_is_done (step, present))
    /* Translators: the number of a step, of how many, and what it is called */
    format = _ ("Step %u of %u, done: %s");
  else if (step == present)
    /* Translators: the number of a step, of how many, and what it is called */
    format = _ ("Step %u of %u, to do now: %s");
  else
    /* Translators: the number of a step, of how many, and what it is called */
    format = _ ("Step %u of %u, to do later: %s");
  return g_strdup_printf (format, (guint) step + 1, (guint) SC_SET_UP_STEPS, title);
}

/* -1 where the address says nothing of it. */
static int
get_port (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  if (g_uri_get_port (uri) > 0)
    return g_uri_get_port (uri);
  if (g_str_equal (scheme, "rtmps"))
    return RTMPS_PORT;
  return g_str_equal (scheme, "rtmp") ? RTMP_PORT : -1;
}

static char *
say_port (const char *server)
{
  g_autoptr (GUri) uri = g_uri_parse (server, G_URI_FLAGS_PARSE_RELAXED, NULL);
  int port = uri ? get_port (uri) : -1;
  if (port < 0)
    return g_strdup (_ ("does a firewall let the encoder connect?"));
  if (g_str_equal (g_uri_get_scheme (uri), "srt"))
    /* Translators: %d is the number of a port */
    return g_strdup_printf (_ ("does a firewall let the encoder connect to UDP port %d?"), port);
  /* Translators: %d is the number of a port */
  return g_strdup_printf (_ ("does a firewall let the encoder connect to TCP port %d?"), port);
}

/**
 * sc_set_up_help:
 * @server: where the encoder is to connect to
 *
 * Returns: (transfer full): what to look at where no stream arrives, one question a line
 */
char *
sc_set_up_help (const char *server)
{
  g_autofree char *port = say_port (server);
  /* Translators: the first %s is an address, the second one a question about a port */
  return g_strdup_printf (_ ("Server: is it %s in the encoder, all of it?\n"
                             "Stream key: is it the newest one, without a space around it?\n"
                             "Network: %s\n"
                             "Encoder: what does its log say of the connection?"),
                          server,
                          port);
}
