/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which streams were seen to be live. All times are the server's. It has no clock and no store of
 * its own: whoever has it asks, and keeps what it writes. */

#include "config.h"

#include "sc-live-seen.h"

#define TYPE "a(ssx)"

/* What ended longer ago is forgotten: it is too old to be news by then. */
#define FORGET_US G_TIME_SPAN_DAY

/* When it was seen last is written so often that after a restart a stream still goes on with it. */
#define KEEP_US (SC_LIVE_SEEN_RESUME_US / 2)

typedef struct {
  char *channel;
  gint64 at;      /* when it was seen last */
  gint64 kept_at; /* what was written of that */
  gboolean is_on;
} Seen;

struct _ScLiveSeen {
  GHashTable *streams; /* id -> Seen */
  gboolean is_changed; /* since it was written */
};

static void
seen_free (gpointer data)
{
  Seen *seen = data;
  g_free (seen->channel);
  g_free (seen);
}

static Seen *
insert (ScLiveSeen *self, const char *stream, const char *channel, gint64 at)
{
  Seen *seen = g_new0 (Seen, 1);
  seen->channel = g_strdup (channel);
  seen->at = seen->kept_at = at;
  g_hash_table_insert (self->streams, g_strdup (stream), seen);
  return seen;
}

/**
 * sc_live_seen_new:
 * @kept: what sc_live_seen_write() wrote, of type a(ssx)
 *
 * Returns: (transfer full): what was seen then
 */
ScLiveSeen *
sc_live_seen_new (GVariant *kept)
{
  const char *stream, *channel;
  gint64 at = 0;
  GVariantIter iter;
  ScLiveSeen *self = g_new0 (ScLiveSeen, 1);
  self->streams = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, seen_free);
  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "(&s&sx)", &stream, &channel, &at))
    insert (self, stream, channel, at);
  return self;
}

/**
 * sc_live_seen_free:
 * @self: (nullable) (transfer full): what was seen
 */
void
sc_live_seen_free (ScLiveSeen *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->streams);
  g_free (self);
}

static gboolean
was_on_lately (ScLiveSeen *self, const char *channel, gint64 at)
{
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Seen *seen = value;
    if (g_ascii_strcasecmp (seen->channel, channel) == 0 && at - seen->at < SC_LIVE_SEEN_RESUME_US)
      return TRUE;
  }
  return FALSE;
}

/**
 * sc_live_seen_add:
 * @self: what was seen
 * @channel: a channel that is live
 * @at: the time
 *
 * Returns: whether that is news: its stream was not seen before, does not go on with one that was,
 *   and began within the last %SC_LIVE_SEEN_NEWS_US
 */
gboolean
sc_live_seen_add (ScLiveSeen *self, ScChannel *channel, gint64 at)
{
  const ScStream *stream = sc_channel_get_stream (channel);
  const char *name = sc_channel_get_name (channel);
  if (!stream)
    return FALSE;
  Seen *seen = g_hash_table_lookup (self->streams, stream->id);
  gboolean is_news =
    !seen && !was_on_lately (self, name, at) && at - stream->started_at <= SC_LIVE_SEEN_NEWS_US;
  if (!seen) {
    seen = insert (self, stream->id, name, at);
    self->is_changed = TRUE;
  }
  seen->at = at;
  seen->is_on = TRUE;
  return is_news;
}

/**
 * sc_live_seen_end:
 * @self: what was seen
 * @at: the time, at which all that is live was added
 *
 * Takes what was not added as over.
 *
 * Returns: whether there is another thing to write than before: not only that a little time went by
 */
gboolean
sc_live_seen_end (ScLiveSeen *self, gint64 at)
{
  gboolean is_changed = self->is_changed;
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Seen *seen = value;
    if (seen->at == at) {
      is_changed = is_changed || at - seen->kept_at >= KEEP_US;
      continue;
    }
    is_changed = is_changed || seen->is_on;
    seen->is_on = FALSE;
    if (at - seen->at > FORGET_US)
      g_hash_table_iter_remove (&iter);
  }
  self->is_changed = FALSE;
  return is_changed;
}

/**
 * sc_live_seen_write:
 * @self: what was seen
 *
 * Returns: (transfer floating): it, of type a(ssx)
 */
GVariant *
sc_live_seen_write (ScLiveSeen *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (TYPE));
  GHashTableIter iter;
  gpointer stream, value;
  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, &stream, &value)) {
    Seen *seen = value;
    seen->kept_at = seen->at;
    g_variant_builder_add (&builder, "(ssx)", stream, seen->channel, seen->at);
  }
  return g_variant_builder_end (&builder);
}
