/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-segment.h"

#include "sc-id.h"

#include <string.h>

/* While a segment is being written it is a list of chunks as they came; whole, it is one block,
 * which costs less to keep and to send. */

/* 22 letters carry 131 bits. */
#define ID_LENGTH 22

static void
clear_segment (gpointer data)
{
  ScSegment *self = data;
  g_ptr_array_unref (self->chunks);
  g_array_unref (self->chunk_offsets);
  g_hash_table_unref (self->watchers);
  g_clear_pointer (&self->whole, g_bytes_unref);
  g_free (self->id);
}

/**
 * sc_segment_new:
 * @sequence: its media sequence number
 *
 * Returns: (transfer full): a pending segment with a new id
 */
ScSegment *
sc_segment_new (guint64 sequence)
{
  ScSegment *self = g_rc_box_new0 (ScSegment);
  self->id = sc_id_new ("", ID_LENGTH);
  self->sequence = sequence;
  self->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->chunk_offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->watchers = g_hash_table_new (NULL, NULL);
  return self;
}

/**
 * sc_segment_ref:
 * @self: a segment
 *
 * Returns: (transfer full): @self
 */
ScSegment *
sc_segment_ref (ScSegment *self)
{
  return g_rc_box_acquire (self);
}

/**
 * sc_segment_unref:
 * @self: (transfer full): a segment
 */
void
sc_segment_unref (ScSegment *self)
{
  g_rc_box_release_full (self, clear_segment);
}

/* Tells everybody who watches. A watcher may remove itself, or another one, meanwhile. */
static void
wake (ScSegment *self)
{
  g_autoptr (ScSegment) alive = sc_segment_ref (self);
  g_autoptr (GPtrArray) watchers = g_hash_table_get_keys_as_ptr_array (self->watchers);
  for (guint i = 0; i < watchers->len; i++) {
    gpointer watcher = g_ptr_array_index (watchers, i);
    ScSegmentFunc func = (ScSegmentFunc) g_hash_table_lookup (self->watchers, watcher);
    if (func)
      func (self, watcher);
  }
}

/**
 * sc_segment_open:
 * @self: a pending segment
 *
 * Its bytes come now.
 */
void
sc_segment_open (ScSegment *self)
{
  g_return_if_fail (self->state == SC_SEGMENT_PENDING);
  self->state = SC_SEGMENT_OPEN;
}

/**
 * sc_segment_append:
 * @self: an open segment
 * @data: bytes
 *
 * Adds to the segment and wakes those who wait for it.
 *
 * Returns: %FALSE when the segment would have more than %SC_SEGMENT_MAX_BYTES
 */
gboolean
sc_segment_append (ScSegment *self, GBytes *data)
{
  gsize size = g_bytes_get_size (data);
  g_return_val_if_fail (self->state == SC_SEGMENT_OPEN, FALSE);
  if (size > SC_SEGMENT_MAX_BYTES - self->size)
    return FALSE;
  g_array_append_val (self->chunk_offsets, self->size);
  g_ptr_array_add (self->chunks, g_bytes_ref (data));
  self->size += size;
  wake (self);
  return TRUE;
}

static GBytes *
join_chunks (ScSegment *self)
{
  guint8 *block = g_malloc (MAX (self->size, 1));
  for (guint i = 0; i < self->chunks->len; i++) {
    gsize size;
    gconstpointer bytes = g_bytes_get_data (g_ptr_array_index (self->chunks, i), &size);
    memcpy (block + g_array_index (self->chunk_offsets, gsize, i), bytes, size);
  }
  return g_bytes_new_take (block, self->size);
}

/**
 * sc_segment_finish:
 * @self: an open segment
 * @duration_us: how long it plays
 *
 * The segment is whole.
 */
void
sc_segment_finish (ScSegment *self, gint64 duration_us)
{
  g_return_if_fail (self->state == SC_SEGMENT_OPEN);
  self->duration_us = duration_us;
  self->whole = join_chunks (self);
  g_ptr_array_set_size (self->chunks, 0);
  g_array_set_size (self->chunk_offsets, 0);
  self->state = SC_SEGMENT_WHOLE;
  wake (self);
}

/**
 * sc_segment_lose:
 * @self: a segment
 *
 * Nobody is to read the segment any longer.
 */
void
sc_segment_lose (ScSegment *self)
{
  self->state = SC_SEGMENT_LOST;
  wake (self);
}

/* Returns the index of the chunk that holds the byte at @offset. */
static guint
find_chunk (ScSegment *self, gsize offset)
{
  guint low = 0, high = self->chunks->len;
  while (high - low > 1) {
    guint middle = low + (high - low) / 2;
    if (g_array_index (self->chunk_offsets, gsize, middle) <= offset)
      low = middle;
    else
      high = middle;
  }
  return low;
}

/**
 * sc_segment_read:
 * @self: a segment
 * @offset: how much of it is read already
 *
 * Returns: (transfer full) (nullable): some of the bytes from @offset on, shared with the segment;
 * %NULL where there are none yet
 */
GBytes *
sc_segment_read (ScSegment *self, gsize offset)
{
  if (offset >= self->size)
    return NULL;
  if (self->whole)
    return g_bytes_new_from_bytes (self->whole, offset, self->size - offset);
  guint index = find_chunk (self, offset);
  GBytes *chunk = g_ptr_array_index (self->chunks, index);
  gsize skip = offset - g_array_index (self->chunk_offsets, gsize, index);
  return g_bytes_new_from_bytes (chunk, skip, g_bytes_get_size (chunk) - skip);
}

/**
 * sc_segment_watch:
 * @self: a segment
 * @func: told of changes
 * @user_data: passed to @func; names the watcher
 */
void
sc_segment_watch (ScSegment *self, ScSegmentFunc func, gpointer user_data)
{
  g_hash_table_insert (self->watchers, user_data, (gpointer) func);
}

/**
 * sc_segment_unwatch:
 * @self: a segment
 * @user_data: whom to tell no longer
 */
void
sc_segment_unwatch (ScSegment *self, gpointer user_data)
{
  g_hash_table_remove (self->watchers, user_data);
}
