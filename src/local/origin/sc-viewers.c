/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who watches a channel now, by what they fetch. Pure: the caller says what time it is. */

#include "config.h"

#include "sc-viewers.h"

/* Amazon IVS counts who fetched a rendition's playlist lately: a view appears within 15 s and is
 * gone within a minute of its end ("Stream", Amazon IVS API Reference). Here it appears at once. A
 * player asks every 2 s or so, and one whose network hangs is still a viewer for some time. */
#define GONE_US (30 * G_USEC_PER_SEC)

/* A viewer is some 100 bytes; more than the account's quota on concurrent viewers. */
#define VIEWERS_MAX 20000

struct _ScViewers {
  GHashTable *seen; /* viewer -> gint64 *, monotonic time */
};

/**
 * sc_viewers_new:
 *
 * Returns: (transfer full): nobody
 */
ScViewers *
sc_viewers_new (void)
{
  ScViewers *self = g_new0 (ScViewers, 1);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * sc_viewers_free:
 * @self: (nullable): who watches
 */
void
sc_viewers_free (ScViewers *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->seen);
  g_free (self);
}

static gboolean
is_gone (gpointer key, gpointer value, gpointer now_us)
{
  return *(gint64 *) now_us - *(gint64 *) value > GONE_US;
}

/**
 * sc_viewers_see:
 * @self: who watches
 * @viewer: tells one viewer from the other
 * @now_us: monotonic time
 *
 * Takes note that somebody fetched a playlist. Who is one too many is not counted.
 */
void
sc_viewers_see (ScViewers *self, const char *viewer, gint64 now_us)
{
  gint64 *seen_us = g_hash_table_lookup (self->seen, viewer);
  if (seen_us)
    *seen_us = now_us;
  else if (g_hash_table_size (self->seen) < VIEWERS_MAX)
    g_hash_table_insert (self->seen, g_strdup (viewer), g_memdup2 (&now_us, sizeof now_us));
}

/**
 * sc_viewers_count:
 * @self: who watches
 * @now_us: monotonic time
 *
 * Returns: how many watch now
 */
guint
sc_viewers_count (ScViewers *self, gint64 now_us)
{
  g_hash_table_foreach_remove (self->seen, is_gone, &now_us);
  return g_hash_table_size (self->seen);
}
