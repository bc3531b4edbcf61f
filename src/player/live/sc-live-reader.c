/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads one segment at a time into the feed, as its bytes come. One whose connection broke goes on
 * from the byte it had reached: the demuxer does not see a seam. On the thread of the session.
 */

#include "config.h"

#include "sc-live-reader.h"

/* A segment's most bytes: 10 s of 20 Mb/s, twice of what Amazon IVS takes from an encoder. */
#define MAX_BYTES (25u * 1024 * 1024)
/* The most of an initialisation section: some hundred bytes usually. */
#define MAX_MAP_BYTES (1024 * 1024)
/* The server holds a segment that has no bytes yet. A stream of 2 s segments that gives none for so
 * long has stopped, or the connection has without our hearing of it. */
#define PATIENCE_US (2500 * G_TIME_SPAN_MILLISECOND)
/* A pause this long between bytes says that the rest is made as we read. */
#define BURST_GAP_US (25 * G_TIME_SPAN_MILLISECOND)
/* Fewer bytes than this say nothing about a network. */
#define BURST_BYTES (64 * 1024)

struct _ScLiveReader {
  SoupSession *session;
  ScLiveFeed *feed;
  ScLiveReaderFuncs funcs;
  gpointer user_data;
  ScLiveFetch *fetch;
  ScLiveRun run;
  char *uri;
  ScHlsRange range;
  char *map_uri; /* of the map that was fed last, and which part of it that is */
  ScHlsRange map_range;
  GBytes *map; /* what it was */
  gboolean has_begun;
  gsize fed;  /* bytes of this segment that the feed has */
  gsize skip; /* bytes of the answer that it has already */
  gint64 last_byte;
  gboolean in_burst;
};

static void start_segment (ScLiveReader *self);

/**
 * sc_live_reader_new:
 * @session: whose connections are used
 * @feed: where the bytes go; must outlive the reader
 * @funcs: told how it goes
 * @user_data: for @funcs
 *
 * Returns: (transfer full): a reader that does nothing
 */
ScLiveReader *
sc_live_reader_new (SoupSession *session,
                    ScLiveFeed *feed,
                    const ScLiveReaderFuncs *funcs,
                    gpointer user_data)
{
  ScLiveReader *self = g_new0 (ScLiveReader, 1);
  self->session = g_object_ref (session);
  self->feed = feed;
  self->funcs = *funcs;
  self->user_data = user_data;
  return self;
}

/**
 * sc_live_reader_free:
 * @self: (nullable): a reader
 */
void
sc_live_reader_free (ScLiveReader *self)
{
  if (!self)
    return;
  sc_live_reader_stop (self);
  g_object_unref (self->session);
  g_clear_pointer (&self->map, g_bytes_unref);
  g_free (self->map_uri);
  g_free (self->uri);
  g_free (self);
}

static void
begin_run (ScLiveReader *self)
{
  if (!self->has_begun)
    sc_live_feed_begin (self->feed, &self->run);
  self->has_begun = TRUE;
}

static void
end_burst (ScLiveReader *self, const ScLiveAnswer *answer, gsize bytes)
{
  if (self->in_burst && bytes >= BURST_BYTES)
    self->funcs.on_burst (bytes, self->last_byte - answer->first_byte, self->user_data);
  self->in_burst = FALSE;
}

/* What is made as we read is gathered; but while we join each piece counts, and what the network
 * carries in a burst is not to be measured in beats. */
static void
on_data (ScLiveFetch *fetch, GBytes *data, gpointer user_data)
{
  ScLiveReader *self = user_data;
  const ScLiveAnswer *answer = sc_live_fetch_get_answer (fetch);
  gsize size = g_bytes_get_size (data);
  if (answer->bytes == size) {
    self->funcs.on_answer (answer, self->user_data);
    self->skip = answer->is_partial ? 0 : self->fed;
  }
  if (self->in_burst && answer->last_byte - self->last_byte > BURST_GAP_US && answer->bytes > size)
    end_burst (self, answer, answer->bytes - size);
  if (!self->in_burst && !self->run.is_new)
    sc_live_fetch_gather (fetch);
  self->last_byte = answer->last_byte;
  if (self->skip >= size) {
    self->skip -= size;
    return;
  }
  g_autoptr (GBytes) fresh = g_bytes_new_from_bytes (data, self->skip, size - self->skip);
  self->skip = 0;
  self->fed += g_bytes_get_size (fresh);
  begin_run (self);
  sc_live_feed_push (self->feed, fresh);
}

static void
on_done (ScLiveFetch *fetch, const GError *error, gpointer user_data)
{
  ScLiveReader *self = user_data;
  const ScLiveAnswer *answer = sc_live_fetch_get_answer (fetch);
  self->fetch = NULL;
  end_burst (self, answer, answer->bytes);
  guint status = answer->status;
  /* It broke between the last byte and the word that it was the last. */
  if (status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE && self->fed > 0)
    error = NULL;
  if (!error)
    g_clear_pointer (&self->uri, g_free);
  self->funcs.on_done (error, status, self->user_data);
}

/* The same map may have another address each time that it is named. One that differs is for another
 * demuxer, even where the timeline goes on. */
static void
feed_map (ScLiveReader *self, GBytes *map)
{
  gboolean is_same = self->map && g_bytes_equal (map, self->map);
  self->run.is_new = self->run.is_new || !is_same;
  g_clear_pointer (&self->map, g_bytes_unref);
  self->map = g_bytes_ref (map);
  begin_run (self);
  if (self->run.is_new)
    sc_live_feed_push (self->feed, map);
}

static void
on_map_done (ScLiveFetch *fetch, const GError *error, gpointer user_data)
{
  ScLiveReader *self = user_data;
  const ScLiveAnswer *answer = sc_live_fetch_get_answer (fetch);
  self->fetch = NULL;
  if (error) {
    g_clear_pointer (&self->map_uri, g_free);
    self->funcs.on_done (error, answer->status, self->user_data);
    return;
  }
  g_autoptr (GBytes) body = sc_live_fetch_get_body (fetch);
  feed_map (self, body);
  start_segment (self);
}

static void
start_map (ScLiveReader *self, const ScHlsMap *map)
{
  static const ScLiveFetchFuncs funcs = { .on_done = on_map_done };
  const ScLiveRequest request = {
    .uri = map->uri,
    .from = MAX (map->range.start, 0),
    .length = map->range.start == SC_HLS_NONE ? 0 : map->range.length,
    .patience = PATIENCE_US,
    .max_bytes = MAX_MAP_BYTES,
  };
  g_set_str (&self->map_uri, map->uri);
  self->map_range = map->range;
  self->fetch = sc_live_fetch_start (self->session, &request, &funcs, self);
}

/* Goes on behind what it has. A server that takes no ranges, or not of a segment that is being
 * made, sends all of it again. */
static void
start_segment (ScLiveReader *self)
{
  static const ScLiveFetchFuncs funcs = { .on_data = on_data, .on_done = on_done };
  gboolean is_part = self->range.start != SC_HLS_NONE;
  const ScLiveRequest request = {
    .uri = self->uri,
    .from = (is_part ? self->range.start : 0) + (gint64) self->fed,
    .length = is_part ? self->range.length - (gint64) self->fed : 0,
    .patience = PATIENCE_US,
    .max_bytes = MAX_BYTES - MIN (self->fed, MAX_BYTES),
  };
  self->in_burst = TRUE;
  self->fetch = sc_live_fetch_start (self->session, &request, &funcs, self);
}

/* Whether @map is known to be what the feed has. */
static gboolean
is_fed (const ScLiveReader *self, const ScHlsMap *map)
{
  return g_strcmp0 (map->uri, self->map_uri) == 0 && map->range.start == self->map_range.start &&
         map->range.length == self->map_range.length;
}

/**
 * sc_live_reader_start:
 * @self: a reader that is not busy
 * @segment: what to read; one that it read in part is gone on with
 * @map: (nullable): what goes before segments of fragmented MP4
 * @run: what the feed is told of it
 */
void
sc_live_reader_start (ScLiveReader *self,
                      const ScHlsSegment *segment,
                      const ScHlsMap *map,
                      const ScLiveRun *run)
{
  gboolean goes_on =
    self->uri && run->sequence == self->run.sequence && (!run->is_new || self->has_begun);
  if (!goes_on) {
    self->run = *run;
    self->has_begun = FALSE;
    self->fed = 0;
  }
  g_set_str (&self->uri, segment->uri);
  self->range = segment->range;
  gboolean needs_map = map && !self->has_begun && (run->is_new || !is_fed (self, map));
  if (needs_map)
    start_map (self, map);
  else
    start_segment (self);
}

/**
 * sc_live_reader_stop:
 * @self: a reader
 *
 * Drops what it reads; no function is called any more.
 */
void
sc_live_reader_stop (ScLiveReader *self)
{
  g_clear_pointer (&self->fetch, sc_live_fetch_cancel);
}

/**
 * sc_live_reader_forget:
 * @self: a reader
 *
 * What is started next begins anew, even if it is the segment that was read in part.
 */
void
sc_live_reader_forget (ScLiveReader *self)
{
  g_clear_pointer (&self->uri, g_free);
}

/**
 * sc_live_reader_is_amid:
 * @self: a reader
 *
 * Returns: whether a segment was read in part, and is to be gone on with
 */
gboolean
sc_live_reader_is_amid (const ScLiveReader *self)
{
  return self->uri && self->has_begun;
}

/**
 * sc_live_reader_get_fed:
 * @self: a reader
 *
 * Returns: how many bytes of the segment the feed has
 */
gsize
sc_live_reader_get_fed (const ScLiveReader *self)
{
  return self->fed;
}

/**
 * sc_live_reader_is_busy:
 * @self: a reader
 *
 * Returns: whether it reads
 */
gboolean
sc_live_reader_is_busy (const ScLiveReader *self)
{
  return self->fetch != NULL;
}

/**
 * sc_live_reader_get_last_byte:
 * @self: a reader
 *
 * Returns: when the last byte of a segment came, monotonic microseconds; 0 before the first
 */
gint64
sc_live_reader_get_last_byte (const ScLiveReader *self)
{
  return self->last_byte;
}
