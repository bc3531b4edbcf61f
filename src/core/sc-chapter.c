/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From where on a recording is about something. Never changed once made; any thread. */

#include "config.h"

#include "sc-chapter.h"

#include "sc-json.h"
#include "sc-recording.h"
#include "sc-validate.h"

struct _ScChapter {
  GObject parent_instance;

  gint64 at_ms;
  char *title;
  char *category;
};

G_DEFINE_FINAL_TYPE (ScChapter, sc_chapter, G_TYPE_OBJECT)

static void
sc_chapter_finalize (GObject *object)
{
  ScChapter *self = SC_CHAPTER (object);

  g_free (self->title);
  g_free (self->category);

  G_OBJECT_CLASS (sc_chapter_parent_class)->finalize (object);
}

static void
sc_chapter_class_init (ScChapterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_chapter_finalize;
}

static void
sc_chapter_init (ScChapter *self)
{
}

/**
 * sc_chapter_new:
 * @at_ms: where it begins, milliseconds after the recording's begin
 * @title: what it is about
 * @category: what kind of thing that is, or empty
 *
 * Returns: (transfer full): a chapter
 */
ScChapter *
sc_chapter_new (gint64 at_ms, const char *title, const char *category)
{
  ScChapter *self = g_object_new (SC_TYPE_CHAPTER, NULL);
  self->at_ms = at_ms;
  self->title = g_strdup (title);
  self->category = g_strdup (category);
  return self;
}

/**
 * sc_chapter_from_json:
 * @object: a chapter as our API writes it
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the chapter
 */
ScChapter *
sc_chapter_from_json (JsonObject *object, GError **error)
{
  gint64 at_ms = 0;
  const char *title = sc_json_get_string (object, "title", SC_TITLE_MAX, error);
  const char *category =
    title ? sc_json_get_string (object, "category", SC_CATEGORY_MAX, error) : NULL;
  if (!category || !sc_json_get_int (object, "at_ms", 0, SC_RECORDING_MAX_MS, &at_ms, error))
    return NULL;
  return sc_chapter_new (at_ms, title, category);
}

/**
 * sc_chapter_to_json:
 * @self: a chapter
 *
 * Returns: (transfer full): the chapter as our API writes it
 */
JsonObject *
sc_chapter_to_json (ScChapter *self)
{
  JsonObject *object = json_object_new ();
  json_object_set_int_member (object, "at_ms", self->at_ms);
  json_object_set_string_member (object, "title", self->title);
  json_object_set_string_member (object, "category", self->category);
  return object;
}

/**
 * sc_chapter_get_at:
 * @self: a chapter
 *
 * Returns: where it begins, microseconds after the recording's begin
 */
gint64
sc_chapter_get_at (ScChapter *self)
{
  return self->at_ms * 1000;
}

/**
 * sc_chapter_get_title:
 * @self: a chapter
 *
 * Returns: (transfer none): what it is about
 */
const char *
sc_chapter_get_title (ScChapter *self)
{
  return self->title;
}

/**
 * sc_chapter_get_category:
 * @self: a chapter
 *
 * Returns: (transfer none): what kind of thing that is, or empty
 */
const char *
sc_chapter_get_category (ScChapter *self)
{
  return self->category;
}
