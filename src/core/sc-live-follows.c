/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is live at a moment of what somebody follows and wants to be told of. It does not change. */

#include "config.h"

#include "sc-live-follows.h"

#include "sc-json-members.h"
#include "sc-list-page.h"
#include "sc-validate.h"

struct _ScLiveFollows {
  GObject parent_instance;

  GListModel *channels;
  GStrv seen;
  gint64 at;
};

G_DEFINE_FINAL_TYPE (ScLiveFollows, sc_live_follows, G_TYPE_OBJECT)

static void
sc_live_follows_dispose (GObject *object)
{
  ScLiveFollows *self = SC_LIVE_FOLLOWS (object);
  g_clear_object (&self->channels);
  g_clear_pointer (&self->seen, g_strfreev);
  G_OBJECT_CLASS (sc_live_follows_parent_class)->dispose (object);
}

static void
sc_live_follows_class_init (ScLiveFollowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sc_live_follows_dispose;
}

static void
sc_live_follows_init (ScLiveFollows *self)
{
}

/**
 * sc_live_follows_new:
 * @channels: the #ScChannel that are live, the newest start first
 * @seen: (nullable): the names of those that were live already when they were first followed
 * @at: what time it was at the server, microseconds since the epoch
 *
 * Returns: (transfer full): what was live then
 */
ScLiveFollows *
sc_live_follows_new (GListModel *channels, const char *const *seen, gint64 at)
{
  ScLiveFollows *self = g_object_new (SC_TYPE_LIVE_FOLLOWS, NULL);
  self->channels = g_object_ref (channels);
  self->seen = g_strdupv ((char **) seen);
  self->at = at;
  return self;
}

static gpointer
read_item (JsonObject *object, GError **error)
{
  return sc_channel_from_json (object, error);
}

/**
 * sc_live_follows_from_json:
 * @object: {channels, seen, at}; a server that is older leaves "seen" out
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): what it says
 */
ScLiveFollows *
sc_live_follows_from_json (JsonObject *object, GError **error)
{
  gint64 at = 0;
  g_autoptr (GListStore) channels =
    sc_list_from_json (object, "channels", SC_TYPE_CHANNEL, read_item, error);
  g_auto (GStrv) seen = NULL;
  if (!channels || !sc_json_read_moment (object, "at", &at, error))
    return NULL;
  if (sc_json_has (object, "seen") &&
      !sc_json_read_texts (object, "seen", SC_LIST_PAGE_MAX, SC_NAME_MAX, &seen, error))
    return NULL;
  return sc_live_follows_new (G_LIST_MODEL (channels), (const char *const *) seen, at);
}

/**
 * sc_live_follows_get_channels:
 * @self: what was live
 *
 * Returns: (transfer none): the #ScChannel, the newest start first
 */
GListModel *
sc_live_follows_get_channels (ScLiveFollows *self)
{
  return self->channels;
}

/**
 * sc_live_follows_was_seen:
 * @self: what was live
 * @channel: one of the channels
 *
 * Returns: whether it was live already when they began to follow it
 */
gboolean
sc_live_follows_was_seen (ScLiveFollows *self, ScChannel *channel)
{
  return self->seen &&
         g_strv_contains ((const char *const *) self->seen, sc_channel_get_name (channel));
}

/**
 * sc_live_follows_get_at:
 * @self: what was live
 *
 * Returns: what time it was at the server, microseconds since the epoch
 */
gint64
sc_live_follows_get_at (ScLiveFollows *self)
{
  return self->at;
}
