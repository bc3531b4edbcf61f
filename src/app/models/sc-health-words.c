/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a stream goes, for whoever streams it: what is wrong, what to do about it, and the figures.
 * Pure functions, for any thread. */

#include "config.h"

#include "sc-health-words.h"

#include "sc-channel-type.h"
#include "sc-live-words.h"

#include <glib/gi18n.h>

/**
 * sc_health_fact_free:
 * @self: (transfer full): a figure
 */
void
sc_health_fact_free (ScHealthFact *self)
{
  g_free (self->value);
  g_free (self->limit);
  g_free (self);
}

/**
 * sc_health_title:
 * @health: how a stream goes
 *
 * Returns: (transfer none): that in a few words, translated
 */
const char *
sc_health_title (ScHealth health)
{
  switch (health) {
  case SC_HEALTH_BROKEN:
    return _ ("Your Stream Broke Off");
  case SC_HEALTH_WAITING:
    return _ ("Your Stream Begins");
  case SC_HEALTH_GOOD:
    return _ ("Healthy");
  case SC_HEALTH_STARVING:
    return _ ("Frames Are Arriving Late");
  case SC_HEALTH_BITRATE:
    return _ ("The Bitrate Is Too High");
  case SC_HEALTH_PICTURE:
    return _ ("The Picture Is Too Large");
  case SC_HEALTH_FRAME_RATE:
    return _ ("The Frame Rate Is Too High");
  case SC_HEALTH_KEYFRAMES:
    return _ ("Keyframes Are Too Far Apart");
  case SC_HEALTH_FEW_FRAMES:
    return _ ("Frames Are Missing");
  case SC_HEALTH_SECOND_ENCODER:
    return _ ("A Second Encoder Was Refused");
  case SC_HEALTH_OFFLINE:
  default:
    return _ ("Not Live");
  }
}

static char *
say_bitrate (const ScStreamStatusFields *fields, const char *channel_type)
{
  g_autofree char *limit = sc_bit_rate_words (sc_health_get_limits (fields, channel_type).bitrate);
  /* Translators: %s is a bitrate, such as "8.5 Mb/s" */
  return g_strdup_printf (_ ("Your channel takes %s at most, and Amazon IVS may end a stream that "
                             "is above it: lower the bitrate in OBS."),
                          limit);
}

static char *
say_picture (const ScStreamStatusFields *fields, const char *channel_type)
{
  const ScChannelLimits limits = sc_health_get_limits (fields, channel_type);
  return g_strdup_printf (
    _ ("Your channel takes %u×%u at most: lower the output resolution in OBS."),
    limits.width,
    limits.height);
}

static char *
say_keyframes (const ScStreamSample *sample)
{
  /* Translators: seconds */
  return g_strdup_printf (_ ("Keyframes every %.0f s: set %d s in OBS. Viewers join and change "
                             "quality only at a keyframe."),
                          sample ? sample->keyframe_interval : 0.0,
                          SC_KEYFRAME_SECONDS);
}

static char *
say_few_frames (const ScStreamStatusFields *fields, const ScStreamSample *sample)
{
  /* Translators: frames a second */
  return g_strdup_printf (_ (
                            "%.0f of %.0f frames a second arrive: your computer may be too busy to "
                            "encode them. Choose a faster preset or a smaller picture."),
                          sample ? sample->frame_rate : 0.0,
                          fields->video ? fields->video->frame_rate : 0.0);
}

/* Amazon IVS has codes for some reasons, and its own words for others. */
static const char *
say_reason (const char *reason)
{
  static const struct {
    const char *code;
    const char *words;
  } reasons[] = {
    { "MultitrackInputNotAllowed", N_ ("the channel does not take multitrack video") },
    { "StreamTakeoverMediaMismatch", N_ ("the second encoder has other settings") },
    { "StreamTakeoverInvalidPriority", N_ ("the second encoder does not have precedence") },
    { "StreamTakeoverLimitBreached", N_ ("encoders took over from each other too often") },
  };
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++) {
    if (g_str_equal (reason, reasons[i].code))
      return _ (reasons[i].words);
  }
  return reason;
}

static char *
say_broken (const ScStreamStatusFields *fields)
{
  const ScStreamReport *report = sc_health_find_failure (fields);
  if (!report || !report->reason || report->reason[0] == '\0')
    return g_strdup (_ ("The connection was lost. Check the line, then start streaming again."));
  /* Translators: %s is a reason */
  return g_strdup_printf (_ ("Amazon IVS ended the stream: %s"), say_reason (report->reason));
}

/* An encoder that is turned away for its key is nobody's: Amazon IVS tells nobody of it. */
static const char *
say_offline (const ScStreamStatusFields *fields)
{
  if (fields->id)
    return _ ("Your stream is over. If you did not end it, check the line and your encoder, then "
              "start streaming again. If your encoder is refused, copy the stream key again: it "
              "may have been reset.");
  return _ ("Start streaming in your encoder: it shows here when we see it. If your encoder is "
            "refused, copy the server and the stream key again: we cannot see an encoder with "
            "a wrong key.");
}

/**
 * sc_health_words:
 * @health: as sc_health_judge() has it of @status
 * @status: (nullable): how the own stream goes
 * @channel_type: (nullable): of the channel
 *
 * Returns: (transfer full): what it means, and what to do about it
 */
char *
sc_health_words (ScHealth health, ScStreamStatus *status, const char *channel_type)
{
  static const ScStreamStatusFields nothing = { 0 };
  const ScStreamStatusFields *fields = status ? sc_stream_status_get_fields (status) : &nothing;
  const ScStreamSample *sample = status ? sc_health_get_newest (status) : NULL;

  switch (health) {
  case SC_HEALTH_BROKEN:
    return say_broken (fields);
  case SC_HEALTH_WAITING:
    return g_strdup (_ ("The first figures come within a minute."));
  case SC_HEALTH_GOOD:
    return g_strdup (_ ("What you send arrives in time, and your channel takes all of it."));
  case SC_HEALTH_STARVING:
    return g_strdup (_ ("Frames are arriving late: lower the bitrate or check the upload."));
  case SC_HEALTH_BITRATE:
    return say_bitrate (fields, channel_type);
  case SC_HEALTH_PICTURE:
    return say_picture (fields, channel_type);
  case SC_HEALTH_FRAME_RATE:
    /* Translators: frames a second */
    return g_strdup_printf (_ ("Your channel takes %u frames a second at most: lower it in OBS."),
                            sc_health_get_limits (fields, channel_type).frame_rate);
  case SC_HEALTH_KEYFRAMES:
    return say_keyframes (sample);
  case SC_HEALTH_FEW_FRAMES:
    return say_few_frames (fields, sample);
  case SC_HEALTH_SECOND_ENCODER:
    return g_strdup (_ ("Another encoder tried to stream with your key. If that was not you, reset "
                        "the stream key."));
  case SC_HEALTH_OFFLINE:
  default:
    return g_strdup (say_offline (fields));
  }
}

/* Takes @value and @limit. */
static void
add (GPtrArray *facts, const char *name, char *value, char *limit, gboolean is_beyond)
{
  ScHealthFact *fact = g_new0 (ScHealthFact, 1);
  fact->name = name;
  fact->value = value;
  fact->limit = limit;
  fact->is_beyond = is_beyond;
  g_ptr_array_add (facts, fact);
}

static char *
say_at_most (char *value)
{
  g_autofree char *owned = value;
  /* Translators: %s is a figure with its unit */
  return g_strdup_printf (_ ("At most %s"), owned);
}

static void
add_measured (GPtrArray *facts, const ScStreamSample *sample, const ScChannelLimits *limits)
{
  if (sample->bitrate >= 0)
    add (facts,
         _ ("Bitrate"),
         sc_measured_bit_rate_words (sample->bitrate),
         say_at_most (sc_bit_rate_words (limits->bitrate)),
         (double) sample->bitrate > limits->bitrate * SC_HEALTH_SPARE);
  if (sample->frame_rate >= 0)
    add (facts,
         _ ("Frame Rate"),
         sc_frame_rate_words (sample->frame_rate),
         say_at_most (sc_frame_rate_words (limits->frame_rate)),
         sample->frame_rate > limits->frame_rate * SC_HEALTH_SPARE);
  if (sample->keyframe_interval >= 0)
    add (facts,
         _ ("Keyframe Interval"),
         /* Translators: seconds */
         g_strdup_printf (_ ("%.1f s"), sample->keyframe_interval),
         g_strdup_printf (_ ("%d s is best, at most %d s"),
                          SC_KEYFRAME_SECONDS,
                          SC_KEYFRAME_SECONDS_MAX),
         sample->keyframe_interval > SC_KEYFRAME_SECONDS_MAX);
}

static void
add_video (GPtrArray *facts, const ScIngestVideo *video, const ScChannelLimits *limits)
{
  gint64 longer = MAX (video->width, video->height), shorter = MIN (video->width, video->height);
  if (shorter > 0)
    add (facts,
         _ ("Picture"),
         sc_size_words ((guint) video->width, (guint) video->height),
         say_at_most (sc_size_words (limits->width, limits->height)),
         longer > limits->width || shorter > limits->height);
  if (video->codec && video->profile && video->level)
    /* Translators: a codec, its profile and its level, as "avc1.64001F, High 4.2" */
    add (facts,
         _ ("Video Codec"),
         g_strdup_printf (_ ("%s, %s %s"), video->codec, video->profile, video->level),
         NULL,
         FALSE);
  else if (video->codec)
    add (facts, _ ("Video Codec"), g_strdup (video->codec), NULL, FALSE);
  if (video->encoder)
    add (facts, _ ("Encoder"), g_strdup (video->encoder), NULL, FALSE);
}

static void
add_audio (GPtrArray *facts, const ScIngestAudio *audio)
{
  if (!audio->codec)
    return;
  if (audio->sample_rate > 0 && audio->channels > 0)
    add (facts,
         _ ("Audio Codec"),
         /* Translators: a codec, thousands of samples a second, and channels */
         g_strdup_printf (ngettext ("%s, %.1f kHz, %u channel",
                                    "%s, %.1f kHz, %u channels",
                                    (gulong) audio->channels),
                          audio->codec,
                          (double) audio->sample_rate / 1000,
                          (guint) audio->channels),
         NULL,
         FALSE);
  else
    add (facts, _ ("Audio Codec"), g_strdup (audio->codec), NULL, FALSE);
}

/**
 * sc_health_list_facts:
 * @status: (nullable): how the own stream goes
 * @channel_type: (nullable): of the channel
 *
 * Returns: (transfer full) (element-type ScHealthFact): the figures that are known, with what the
 *   channel takes
 */
GPtrArray *
sc_health_list_facts (ScStreamStatus *status, const char *channel_type)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify) sc_health_fact_free);
  if (!status)
    return facts;
  const ScStreamStatusFields *fields = sc_stream_status_get_fields (status);
  const ScStreamSample *sample = sc_health_get_newest (status);
  const ScChannelLimits limits = sc_health_get_limits (fields, channel_type);
  if (sample)
    add_measured (facts, sample, &limits);
  if (fields->video)
    add_video (facts, fields->video, &limits);
  if (fields->audio)
    add_audio (facts, fields->audio);
  return facts;
}

/**
 * sc_stream_report_title:
 * @report: what Amazon IVS reported
 *
 * Returns: (transfer none): what that was, in a few words, translated
 */
const char *
sc_stream_report_title (const ScStreamReport *report)
{
  static const struct {
    const char *kind;
    const char *title;
  } titles[] = {
    { "starvation_start", N_ ("Frames Arrived Late") },
    { "starvation_end", N_ ("Frames Arrive in Time Again") },
    { "limit_breach", N_ ("A Limit Was Exceeded") },
    { "stream_failure", N_ ("The Stream Broke Off") },
    { "takeover_failure", N_ ("A Second Encoder Was Refused") },
    { "recording_failure", N_ ("The Recording Failed") },
  };
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++) {
    if (g_strcmp0 (report->kind, titles[i].kind) == 0)
      return _ (titles[i].title);
  }
  return _ ("Report of Amazon IVS");
}

static gboolean
is_about (const ScStreamReport *report, const char *limit, const char *unit)
{
  return g_str_equal (report->limit_name, limit) && g_str_equal (report->limit_unit, unit);
}

/* The names and units are those of Amazon IVS's events; what is not known here stays in its words.
 */
static char *
say_breach (const ScStreamReport *report)
{
  g_autofree char *most = g_strdup_printf ("%" G_GINT64_FORMAT, report->limit_value);
  g_autofree char *excess = g_strdup_printf ("%" G_GINT64_FORMAT, report->exceeded_by);
  if (is_about (report, "Ingest Bitrate", "bits per second")) {
    g_autofree char *rate = sc_measured_bit_rate_words (MAX (report->limit_value, 0));
    g_autofree char *more = sc_measured_bit_rate_words (MAX (report->exceeded_by, 0));
    /* Translators: both are as "3.5 Mb/s" */
    return g_strdup_printf (_ ("Bitrate: %s at most, exceeded by %s"), rate, more);
  }
  /* Translators: in the following the first %s is the limit, the second one by how much it was
   * exceeded, both whole numbers */
  if (is_about (report, "Ingest Resolution", "total pixels"))
    return g_strdup_printf (_ ("Resolution: %s pixels in all at most, exceeded by %s"),
                            most,
                            excess);
  if (is_about (report, "Ingest Resolution", "pixels per edge"))
    return g_strdup_printf (_ ("Resolution: %s pixels an edge at most, exceeded by %s"),
                            most,
                            excess);
  if (is_about (report, "Concurrent Broadcasts", "active streams"))
    return g_strdup_printf (_ ("Streams at the same time: %s at most, exceeded by %s"),
                            most,
                            excess);
  if (is_about (report, "Concurrent Viewers", "active viewers"))
    return g_strdup_printf (_ ("Viewers at the same time: %s at most, exceeded by %s"),
                            most,
                            excess);
  /* Translators: a limit's name, what it is, its unit, and by how much it was exceeded */
  return g_strdup_printf (_ ("%s: at most %s %s, exceeded by %s"),
                          report->limit_name,
                          most,
                          report->limit_unit,
                          excess);
}

/**
 * sc_stream_report_words:
 * @report: what Amazon IVS reported
 *
 * Returns: (transfer full): the particulars, in the words of Amazon IVS where those are all there
 *   is; empty without any
 */
char *
sc_stream_report_words (const ScStreamReport *report)
{
  if (report->limit_name && report->limit_unit)
    return say_breach (report);
  return g_strdup (report->reason ? say_reason (report->reason) : "");
}
