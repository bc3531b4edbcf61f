/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-chat-record.h"
#include "sc-store-query.h"

G_BEGIN_DECLS

/* The words of a page, bytes. AWS Lambda answers with at most 6 MB, and JSON may double this. */
#define SC_LINES_BYTES_MAX (1024 * 1024)

/**
 * ScLinePlace:
 * @stream_id: (nullable): a stream, or %NULL for a place among all lines of a channel
 * @at: milliseconds after the stream's begin, or microseconds since the epoch
 * @id: a line's id; "" comes before all lines of the moment
 * @arrival: a number in the order in which lines came, which a place of a channel carries along
 *
 * A place between two lines. The strings are its own.
 */
typedef struct {
  char *stream_id;
  gint64 at;
  char *id;
  gint64 arrival;
} ScLinePlace;

/**
 * ScLines:
 * @records: (element-type ScChatRecord): the lines
 * @has_more: whether there are more beyond the last that was read
 * @bytes: how many bytes their words have
 * @arrival: where who asks for what came since goes on
 *
 * Lines of a page.
 */
typedef struct {
  GPtrArray *records;
  gboolean has_more;
  gsize bytes;
  gint64 arrival;
} ScLines;

/**
 * ScLineRange:
 * @stream_id: a stream
 * @from_ms: the first place, milliseconds after the stream's begin
 * @from_id: (nullable): where it is after a line of that moment, its id
 * @to_ms: the last place
 *
 * Some of what was said in a stream; the lines of the last moment are in it.
 */
typedef struct {
  const char *stream_id;
  gint64 from_ms;
  const char *from_id;
  gint64 to_ms;
} ScLineRange;

void sc_line_place_clear (ScLinePlace *self);
ScLines *sc_lines_new (void);
void sc_lines_free (ScLines *self);

ScLines *sc_line_store_list_before (ScStoreConnection *connection,
                                    gint64 user_id,
                                    const ScLinePlace *place,
                                    guint limit,
                                    GError **error);
ScLines *sc_line_store_list_since (ScStoreConnection *connection,
                                   gint64 user_id,
                                   gint64 arrival,
                                   guint limit,
                                   GError **error);
gboolean sc_line_store_read_range (ScStoreConnection *connection,
                                   const ScLineRange *range,
                                   gboolean newest_first,
                                   guint limit,
                                   ScLines *lines,
                                   GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScLinePlace, sc_line_place_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLines, sc_lines_free)

G_END_DECLS
