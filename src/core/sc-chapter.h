/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define SC_TYPE_CHAPTER (sc_chapter_get_type ())
G_DECLARE_FINAL_TYPE (ScChapter, sc_chapter, SC, CHAPTER, GObject)

ScChapter *sc_chapter_new (gint64 at_ms, const char *title, const char *category);
ScChapter *sc_chapter_from_json (JsonObject *object, GError **error);
JsonObject *sc_chapter_to_json (ScChapter *self);
gint64 sc_chapter_get_at (ScChapter *self);
const char *sc_chapter_get_title (ScChapter *self);
const char *sc_chapter_get_category (ScChapter *self);

G_END_DECLS
