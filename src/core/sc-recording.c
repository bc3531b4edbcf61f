/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A recording of a channel that is over and can be watched. Never changed once made; any thread. */

#include "config.h"

#include "sc-recording.h"

#include "sc-error.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-time.h"
#include "sc-validate.h"

/* Ids of Amazon IVS's recording sessions have 16 characters; a URL has a host, the prefix of the
 * recording and a name. */
#define ID_MAX 64
#define URL_MAX 2048

/* A recording of a connection that broke again and again has many streams. */
#define STREAMS_MAX 4096

/* "2026-10-08T12:26:32.089123456+00:00" and no more. */
#define TIME_MAX 40

struct _ScRecording {
  GObject parent_instance;

  ScRecordingFields fields; /* the strings are ours */
};

typedef enum {
  PROP_ID = 1,
  PROP_CHANNEL,
  PROP_TITLE,
  PROP_STARTED_AT,
  PROP_DURATION_MS,
  PROP_PLAYBACK_URL,
  PROP_THUMBNAIL_URL,
  PROP_AVATAR_URL,
} ScRecordingProperty;

static GParamSpec *properties[PROP_AVATAR_URL + 1];

G_DEFINE_FINAL_TYPE (ScRecording, sc_recording, G_TYPE_OBJECT)

static void
sc_recording_finalize (GObject *object)
{
  ScRecording *self = SC_RECORDING (object);

  g_free ((char *) self->fields.id);
  g_free ((char *) self->fields.channel);
  g_free ((char *) self->fields.title);
  g_free ((char *) self->fields.category);
  g_free ((char *) self->fields.playback_url);
  g_free ((char *) self->fields.thumbnail_url);
  g_free ((char *) self->fields.thumbnails_url);
  g_free ((char *) self->fields.avatar_url);
  g_free ((char *) self->fields.streams);

  G_OBJECT_CLASS (sc_recording_parent_class)->finalize (object);
}

static void
sc_recording_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScRecording *self = SC_RECORDING (object);

  switch ((ScRecordingProperty) id) {
  case PROP_ID:
    g_value_set_string (value, self->fields.id);
    break;
  case PROP_CHANNEL:
    g_value_set_string (value, self->fields.channel);
    break;
  case PROP_TITLE:
    g_value_set_string (value, self->fields.title);
    break;
  case PROP_STARTED_AT:
    g_value_set_int64 (value, self->fields.started_at);
    break;
  case PROP_DURATION_MS:
    g_value_set_int64 (value, self->fields.duration_ms);
    break;
  case PROP_PLAYBACK_URL:
    g_value_set_string (value, self->fields.playback_url);
    break;
  case PROP_THUMBNAIL_URL:
    g_value_set_string (value, self->fields.thumbnail_url);
    break;
  case PROP_AVATAR_URL:
    g_value_set_string (value, self->fields.avatar_url);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_recording_class_init (ScRecordingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = sc_recording_finalize;
  object_class->get_property = sc_recording_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_CHANNEL] = g_param_spec_string ("channel", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_STARTED_AT] =
    g_param_spec_int64 ("started-at", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_DURATION_MS] =
    g_param_spec_int64 ("duration-ms", NULL, NULL, 0, SC_RECORDING_MAX_MS, 0, flags);
  properties[PROP_PLAYBACK_URL] = g_param_spec_string ("playback-url", NULL, NULL, NULL, flags);
  properties[PROP_THUMBNAIL_URL] = g_param_spec_string ("thumbnail-url", NULL, NULL, NULL, flags);
  properties[PROP_AVATAR_URL] = g_param_spec_string ("avatar-url", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sc_recording_init (ScRecording *self)
{
}

/**
 * sc_recording_new:
 * @fields: what is known of it, copied
 *
 * Returns: (transfer full): a recording
 */
ScRecording *
sc_recording_new (const ScRecordingFields *fields)
{
  ScRecording *self = g_object_new (SC_TYPE_RECORDING, NULL);
  self->fields = *fields;
  self->fields.id = g_strdup (fields->id);
  self->fields.channel = g_strdup (fields->channel);
  self->fields.title = g_strdup (fields->title);
  self->fields.category = g_strdup (fields->category);
  self->fields.playback_url = g_strdup (fields->playback_url);
  self->fields.thumbnail_url = g_strdup (fields->thumbnail_url);
  self->fields.thumbnails_url = g_strdup (fields->thumbnails_url);
  self->fields.avatar_url = g_strdup (fields->avatar_url);
  self->fields.streams = g_strdup (fields->streams);
  return self;
}

/* A player opens whatever it is given, files and cameras too: what a server names is on the web. */
static gboolean
check_url (const char *url, const char *member, GError **error)
{
  if (g_str_has_prefix (url, "https://") || g_str_has_prefix (url, "http://"))
    return TRUE;
  g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE, "“%s” is no address on the web", member);
  return FALSE;
}

/* Where to watch it; a picture that is not there is null. */
static gboolean
read_urls (JsonObject *object, ScRecordingFields *fields, GError **error)
{
  fields->playback_url = sc_json_get_string (object, "playback_url", URL_MAX, error);
  if (!fields->playback_url || !check_url (fields->playback_url, "playback_url", error))
    return FALSE;
  if (!json_object_has_member (object, "thumbnail_url") ||
      json_object_get_null_member (object, "thumbnail_url"))
    return TRUE;
  fields->thumbnail_url = sc_json_get_string (object, "thumbnail_url", URL_MAX, error);
  return fields->thumbnail_url && check_url (fields->thumbnail_url, "thumbnail_url", error);
}

static gboolean
read_numbers (JsonObject *object, ScRecordingFields *fields, GError **error)
{
  gint64 width = 0, height = 0;
  if (!sc_json_get_int (object,
                        "duration_ms",
                        0,
                        SC_RECORDING_MAX_MS,
                        &fields->duration_ms,
                        error) ||
      !sc_json_get_int (object, "width", 0, SC_RECORDING_MAX_PIXELS, &width, error) ||
      !sc_json_get_int (object, "height", 0, SC_RECORDING_MAX_PIXELS, &height, error))
    return FALSE;
  fields->width = (guint) width;
  fields->height = (guint) height;
  return TRUE;
}

/* What not every answer says. */
static gboolean
read_extras (JsonObject *object, ScRecordingFields *fields, GError **error)
{
  if (sc_json_has (object, "category") &&
      !(fields->category = sc_json_get_string (object, "category", SC_CATEGORY_MAX, error)))
    return FALSE;
  fields->is_own = sc_json_has (object, "views");
  fields->is_hidden = sc_json_get_bool_or (object, "hidden", FALSE);
  if (sc_json_has (object, "streams") &&
      !(fields->streams = sc_json_get_string (object, "streams", STREAMS_MAX, error)))
    return FALSE;
  return !fields->is_own || sc_json_get_int (object, "views", 0, G_MAXINT64, &fields->views, error);
}

static gboolean
read_names (JsonObject *object, ScRecordingFields *fields, GError **error)
{
  if (!(fields->id = sc_json_get_string (object, "id", ID_MAX, error)) ||
      !(fields->channel = sc_json_get_string (object, "channel", SC_NAME_MAX, error)) ||
      !(fields->title = sc_json_get_string (object, "title", SC_TITLE_MAX, error)))
    return FALSE;
  if (fields->id[0] && sc_validate_name (fields->channel) == SC_VALID)
    return TRUE;
  g_set_error (error,
               SC_DATA_ERROR,
               SC_DATA_ERROR_RANGE,
               "“%s” is not possible",
               fields->id[0] ? "channel" : "id");
  return FALSE;
}

/**
 * sc_recording_from_json:
 * @object: a recording as our API writes it
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the recording
 */
ScRecording *
sc_recording_from_json (JsonObject *object, GError **error)
{
  ScRecordingFields fields = { 0 };
  g_autofree char *avatar_url = NULL;
  g_autofree char *thumbnails_url = NULL;
  const char *started_at = sc_json_get_string (object, "started_at", TIME_MAX, error);
  if (!started_at || !sc_time_from_string (started_at, &fields.started_at, error) ||
      !read_names (object, &fields, error) || !read_numbers (object, &fields, error) ||
      !read_urls (object, &fields, error) || !read_extras (object, &fields, error) ||
      !sc_json_read_web_url (object, "avatar_url", &avatar_url, error) ||
      !sc_json_read_web_url (object, "thumbnails_url", &thumbnails_url, error))
    return NULL;
  fields.avatar_url = avatar_url;
  fields.thumbnails_url = thumbnails_url;
  return sc_recording_new (&fields);
}

/**
 * sc_recording_to_json:
 * @self: a recording
 *
 * Returns: (transfer full): the recording as our API writes it
 */
JsonObject *
sc_recording_to_json (ScRecording *self)
{
  const ScRecordingFields *fields = &self->fields;
  g_autofree char *started_at = sc_time_to_string (fields->started_at);
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "id", fields->id);
  json_object_set_string_member (object, "channel", fields->channel);
  json_object_set_string_member (object, "title", fields->title);
  json_object_set_string_member (object, "started_at", started_at);
  json_object_set_int_member (object, "duration_ms", fields->duration_ms);
  json_object_set_string_member (object, "playback_url", fields->playback_url);
  sc_json_set_string (object, "thumbnail_url", fields->thumbnail_url);
  sc_json_set_string (object, "thumbnails_url", fields->thumbnails_url);
  sc_json_set_string (object, "avatar_url", fields->avatar_url);
  json_object_set_int_member (object, "width", fields->width);
  json_object_set_int_member (object, "height", fields->height);
  sc_json_set_string (object, "category", fields->category);
  if (fields->is_own) {
    json_object_set_boolean_member (object, "hidden", fields->is_hidden);
    json_object_set_int_member (object, "views", fields->views);
    sc_json_set_string (object, "streams", fields->streams);
  }
  return object;
}

/**
 * sc_recording_get_fields:
 * @self: a recording
 *
 * Returns: (transfer none): all that is said of it
 */
const ScRecordingFields *
sc_recording_get_fields (ScRecording *self)
{
  return &self->fields;
}
