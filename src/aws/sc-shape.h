/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScShapeKind:
 * @SC_SHAPE_STRING: char *
 * @SC_SHAPE_BOOLEAN: gboolean, always written
 * @SC_SHAPE_INTEGER: gint64; 0 is not written
 * @SC_SHAPE_COUNT: gint64, always written
 * @SC_SHAPE_TIME: gint64, microseconds since the epoch; 0 is not written
 * @SC_SHAPE_TAGS: GHashTable *, string to string; %NULL is written as an empty object
 * @SC_SHAPE_STRINGS: char **; %NULL is not written
 *
 * What a member of a C structure is, and so how it is written as JSON.
 */
typedef enum {
  SC_SHAPE_STRING,
  SC_SHAPE_BOOLEAN,
  SC_SHAPE_INTEGER,
  SC_SHAPE_COUNT,
  SC_SHAPE_TIME,
  SC_SHAPE_TAGS,
  SC_SHAPE_STRINGS,
} ScShapeKind;

/**
 * ScShapeFlags:
 * @SC_SHAPE_REQUIRED: an answer without it is refused
 * @SC_SHAPE_DETAIL: lists leave it out
 */
typedef enum {
  SC_SHAPE_REQUIRED = 1 << 0,
  SC_SHAPE_DETAIL = 1 << 1,
} ScShapeFlags;

/**
 * ScShapeMember:
 * @path: the JSON member's name; "a.b" is member b of object a
 * @offset: where the value is in the structure
 * @kind: what it is
 * @flags: #ScShapeFlags
 */
typedef struct {
  const char *path;
  gsize offset;
  ScShapeKind kind;
  guint flags;
} ScShapeMember;

/**
 * ScShape:
 * @size: the structure's size
 * @members: its members, ended by one without a path
 *
 * A C structure as JSON, in a table that reading, writing and freeing share.
 */
typedef struct {
  gsize size;
  const ScShapeMember *members;
} ScShape;

JsonObject *sc_shape_to_json (const ScShape *shape, gconstpointer self, gboolean detail);
gpointer sc_shape_from_json (const ScShape *shape, JsonObject *object, GError **error);
void sc_shape_free (const ScShape *shape, gpointer self);

G_END_DECLS
