/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-stream.h"

#include "sc-json.h"
#include "sc-time.h"

#define STREAM_ID_MAX 64
#define PIXELS_MAX 16384
#define STARVING "starving"

/**
 * sc_stream_new:
 * @id: the stream's id
 *
 * Returns: (transfer full): a stream that has not started
 */
ScStream *
sc_stream_new (const char *id)
{
  ScStream *self = g_new0 (ScStream, 1);
  self->id = g_strdup (id);
  self->viewers = SC_STREAM_VIEWERS_UNKNOWN;
  return self;
}

/**
 * sc_stream_copy:
 * @self: (nullable): a stream
 *
 * Returns: (transfer full) (nullable): a copy
 */
ScStream *
sc_stream_copy (const ScStream *self)
{
  if (!self)
    return NULL;
  ScStream *copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  return copy;
}

/**
 * sc_stream_free:
 * @self: (nullable): a stream
 */
void
sc_stream_free (ScStream *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self);
}

/**
 * sc_stream_is_live:
 * @self: (nullable): a stream
 *
 * Returns: %TRUE from the first picture to the end
 */
gboolean
sc_stream_is_live (const ScStream *self)
{
  return self && self->started_at != 0 && self->ended_at == 0;
}

static void
set_time (JsonObject *object, const char *member, gint64 time_us)
{
  g_autofree char *text = time_us != 0 ? sc_time_to_string (time_us) : NULL;
  sc_json_set_string (object, member, text);
}

/* A time that is absent, null or not a time reads as 0. */
static gint64
get_time (JsonObject *object, const char *member)
{
  const char *text = sc_json_get_string_or (object, member, NULL);
  gint64 time_us = 0;
  if (text)
    sc_time_from_string (text, &time_us, NULL);
  return time_us;
}

/**
 * sc_stream_to_json:
 * @self: a stream
 *
 * Returns: (transfer full): the stream as our API writes it
 */
JsonObject *
sc_stream_to_json (const ScStream *self)
{
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "id", self->id);
  set_time (object, "started_at", self->started_at);
  set_time (object, "ended_at", self->ended_at);
  json_object_set_int_member (object, "width", self->width);
  json_object_set_int_member (object, "height", self->height);
  json_object_set_double_member (object, "frame_rate", self->frame_rate);
  json_object_set_string_member (object, "health", self->is_starving ? STARVING : "healthy");
  if (self->viewers >= 0)
    json_object_set_int_member (object, "viewers", self->viewers);
  else
    json_object_set_null_member (object, "viewers");
  return object;
}

/**
 * sc_stream_from_json:
 * @object: a stream as our API writes it
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the stream
 */
ScStream *
sc_stream_from_json (JsonObject *object, GError **error)
{
  const char *id = sc_json_get_string (object, "id", STREAM_ID_MAX, error);
  gint64 width = 0, height = 0;
  if (!id || !sc_json_get_int (object, "width", 0, PIXELS_MAX, &width, error) ||
      !sc_json_get_int (object, "height", 0, PIXELS_MAX, &height, error))
    return NULL;

  ScStream *self = sc_stream_new (id);
  self->started_at = get_time (object, "started_at");
  self->ended_at = get_time (object, "ended_at");
  self->width = (guint) width;
  self->height = (guint) height;
  self->frame_rate = json_object_get_double_member_with_default (object, "frame_rate", 0);
  self->is_starving = g_str_equal (sc_json_get_string_or (object, "health", ""), STARVING);
  self->viewers =
    json_object_get_int_member_with_default (object, "viewers", SC_STREAM_VIEWERS_UNKNOWN);
  if (self->viewers < 0)
    self->viewers = SC_STREAM_VIEWERS_UNKNOWN;
  return self;
}
