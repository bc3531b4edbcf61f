/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The chapters of a recording: what its streamer said that it is about while it was made. For
 * everybody who may watch it. */

#include "config.h"

#include "sc-chapter-store.h"
#include "sc-chapter.h"
#include "sc-handlers.h"
#include "sc-recorded-time.h"
#include "sc-replay-parts.h"

/* What is corrected so soon was never a chapter, nor is what begins so shortly before the end. */
#define CHAPTER_MIN_MS 10000

typedef struct {
  gint64 at_ms;
  const ScStreamTitle *title;
} Begin;

static const ScReplayPart *
find_part (const GArray *parts, const char *stream_id)
{
  for (guint i = 0; i < parts->len; i++) {
    const ScReplayPart *part = &g_array_index (parts, ScReplayPart, i);
    if (g_str_equal (part->stream_id, stream_id))
      return part;
  }
  return NULL;
}

static gboolean
is_same (const ScStreamTitle *a, const ScStreamTitle *b)
{
  return g_str_equal (a->title, b->title) && g_str_equal (a->category, b->category);
}

/* Puts @title in the place of the last one, unless that leaves two of the same. */
static void
replace_last (GArray *begins, const ScStreamTitle *title)
{
  Begin *last = &g_array_index (begins, Begin, begins->len - 1);
  last->title = title;
  if (begins->len > 1 && is_same (last[-1].title, title))
    g_array_set_size (begins, begins->len - 1);
}

/* What a recording is about first, it is about from its begin on. */
static void
add (GArray *begins, gint64 at_ms, const ScStreamTitle *title)
{
  const Begin begin = { begins->len > 0 ? at_ms : 0, title };
  const Begin *last = begins->len > 0 ? &g_array_index (begins, Begin, begins->len - 1) : NULL;
  if (last && is_same (last->title, title))
    return;
  if (last && at_ms - last->at_ms < CHAPTER_MIN_MS)
    replace_last (begins, title);
  else
    g_array_append_val (begins, begin);
}

static GArray *
make_begins (const ScRecordedTime *time, GPtrArray *titles)
{
  g_autoptr (GArray) parts = sc_replay_parts_new (time);
  GArray *begins = g_array_new (FALSE, FALSE, sizeof (Begin));
  for (guint i = 0; i < titles->len; i++) {
    const ScStreamTitle *title = titles->pdata[i];
    const ScReplayPart *part = find_part (parts, title->stream_id);
    gint64 at_ms = part ? sc_replay_part_to_recording (part, title->offset_ms) : time->duration_ms;
    if (part && (begins->len == 0 || at_ms + CHAPTER_MIN_MS <= time->duration_ms))
      add (begins, at_ms, title);
  }
  return begins;
}

static ScResponse *
answer (const GArray *begins)
{
  JsonObject *body = json_object_new ();
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < begins->len && begins->len > 1; i++) {
    const Begin *begin = &g_array_index (begins, Begin, i);
    g_autoptr (ScChapter) chapter =
      sc_chapter_new (begin->at_ms, begin->title->title, begin->title->category);
    json_array_add_object_element (array, sc_chapter_to_json (chapter));
  }
  json_object_set_array_member (body, "chapters", array);
  return sc_response_new_json (200, body);
}

/**
 * sc_handle_list_chapters:
 * @call: GET /v1/recordings/ID/chapters
 * @error: an error of a layer below
 *
 * Returns: (transfer full) (nullable): 200 {chapters}, the first one at the recording's begin, none
 *   if it is about one thing only; or 404
 */
ScResponse *
sc_handle_list_chapters (ScCall *call, GError **error)
{
  g_autoptr (ScRecordedTime) time = NULL;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection ||
      !sc_recorded_time_find (connection, call->id, call->user ? call->user->id : 0, &time, error))
    return NULL;
  if (!time)
    return sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, NULL);
  g_autoptr (GPtrArray) titles = sc_chapter_store_list (connection, call->id, error);
  if (!titles)
    return NULL;
  g_autoptr (GArray) begins = make_begins (time, titles);
  return answer (begins);
}
