/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What somebody is told of the channels that they follow: which of what is live is news, and what
 * they were told before. It is kept in the settings of the app, keys "live-person", "live-seen" and
 * "live-news", for one person at a time: who signs in next does not see it.
 *
 * News is a stream that was not seen before, of a channel that was not live when it was followed.
 * What was live already when it is first looked at, for a person or after it was switched off, is
 * none; what began while the app was not there is, for half an hour (%SC_LIVE_SEEN_NEWS_US). Main
 * thread only. */

#include "config.h"

#include "sc-live-news.h"

#include "sc-live-seen.h"

#define KEY_PERSON "live-person"
#define KEY_SEEN "live-seen"
#define KEY_NEWS "live-news"

struct _ScLiveNews {
  GObject parent_instance;

  GSettings *settings;
  char *person; /* (nullable): nobody */
  ScLiveSeen *seen;
  GListStore *items; /* the newest first */
  gboolean is_first; /* the next answer is the first to be looked at */
};

typedef enum {
  SIGNAL_FORGOTTEN,
} ScLiveNewsSignal;

static guint signals[SIGNAL_FORGOTTEN + 1];

G_DEFINE_FINAL_TYPE (ScLiveNews, sc_live_news, G_TYPE_OBJECT)

static void
keep_items (ScLiveNews *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ssxb)"));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++) {
    g_autoptr (ScNewsItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
    g_variant_builder_add (&builder,
                           "(ssxb)",
                           sc_news_item_get_channel (item),
                           sc_news_item_get_title (item),
                           sc_news_item_get_at (item),
                           sc_news_item_get_unread (item));
  }
  g_settings_set_value (self->settings, KEY_NEWS, g_variant_builder_end (&builder));
}

static void
read_items (ScLiveNews *self)
{
  g_autoptr (GVariant) kept = g_settings_get_value (self->settings, KEY_NEWS);
  const char *channel, *title;
  gint64 at = 0;
  gboolean unread = FALSE;
  GVariantIter iter;
  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "(&s&sxb)", &channel, &title, &at, &unread)) {
    g_autoptr (ScNewsItem) item = sc_news_item_new (channel, title, at, unread);
    g_list_store_append (self->items, item);
  }
}

static void
forget_items (ScLiveNews *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++) {
    g_autoptr (ScNewsItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
    g_signal_emit (self, signals[SIGNAL_FORGOTTEN], 0, sc_news_item_get_channel (item));
  }
  g_list_store_remove_all (self->items);
}

static void
sc_live_news_dispose (GObject *object)
{
  ScLiveNews *self = SC_LIVE_NEWS (object);

  g_clear_pointer (&self->seen, sc_live_seen_free);
  g_clear_pointer (&self->person, g_free);
  g_clear_object (&self->items);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (sc_live_news_parent_class)->dispose (object);
}

static void
sc_live_news_class_init (ScLiveNewsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sc_live_news_dispose;

  /**
   * ScLiveNews::forgotten:
   * @self: the news
   * @channel: the name of a channel that somebody was told of, which is not to be seen any more
   */
  signals[SIGNAL_FORGOTTEN] = g_signal_new ("forgotten",
                                            SC_TYPE_LIVE_NEWS,
                                            G_SIGNAL_RUN_LAST,
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            G_TYPE_NONE,
                                            1,
                                            G_TYPE_STRING);
}

static void
sc_live_news_init (ScLiveNews *self)
{
  self->items = g_list_store_new (SC_TYPE_NEWS_ITEM);
}

/**
 * sc_live_news_new:
 * @settings: the settings of the application
 *
 * Returns: (transfer full): nobody's news
 */
ScLiveNews *
sc_live_news_new (GSettings *settings)
{
  ScLiveNews *self = g_object_new (SC_TYPE_LIVE_NEWS, NULL);
  self->settings = g_object_ref (settings);
  return self;
}

/**
 * sc_live_news_set_person:
 * @self: the news
 * @person: (nullable): who they are for from now on, and at which server
 *
 * What is kept for another person is forgotten, but not for nobody: they may come back.
 */
void
sc_live_news_set_person (ScLiveNews *self, const char *person)
{
  if (!g_set_str (&self->person, person))
    return;
  g_clear_pointer (&self->seen, sc_live_seen_free);
  forget_items (self);
  if (!person)
    return;
  g_autofree char *before = g_settings_get_string (self->settings, KEY_PERSON);
  self->is_first = g_strcmp0 (before, person) != 0;
  if (self->is_first) {
    g_settings_reset (self->settings, KEY_SEEN);
    g_settings_reset (self->settings, KEY_NEWS);
    g_settings_set_string (self->settings, KEY_PERSON, person);
  }
  g_autoptr (GVariant) kept = g_settings_get_value (self->settings, KEY_SEEN);
  self->seen = sc_live_seen_new (kept);
  read_items (self);
}

static void
add_item (ScLiveNews *self, ScNewsItem *item)
{
  g_list_store_insert (self->items, 0, item);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  if (n_items > SC_LIVE_NEWS_MAX)
    g_list_store_splice (self->items, SC_LIVE_NEWS_MAX, n_items - SC_LIVE_NEWS_MAX, NULL, 0);
}

static ScNewsItem *
make_item (ScChannel *channel)
{
  return sc_news_item_new (sc_channel_get_name (channel),
                           sc_channel_get_title (channel),
                           sc_channel_get_started_at (channel),
                           /* unread= */ TRUE);
}

static gboolean
is_among (ScChannel *channel, const char *const *names)
{
  for (guint i = 0; names && names[i]; i++)
    if (g_ascii_strcasecmp (sc_channel_get_name (channel), names[i]) == 0)
      return TRUE;
  return FALSE;
}

/**
 * sc_live_news_take:
 * @self: somebody's news
 * @live: what is live of what they follow
 * @on_show: (nullable): the names of the channels that they are looking at: they see for themselves
 *
 * Keeps what is news, before anybody is told of it: rather not at all than twice.
 *
 * Returns: (transfer full) (element-type ScNewsItem): what they are to be told, the oldest first
 */
GPtrArray *
sc_live_news_take (ScLiveNews *self, ScLiveFollows *live, const char *const *on_show)
{
  GPtrArray *news = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *channels = sc_live_follows_get_channels (live);
  gint64 at = sc_live_follows_get_at (live);
  if (!self->seen)
    return news;
  for (guint i = g_list_model_get_n_items (channels); i-- > 0;) {
    g_autoptr (ScChannel) channel = g_list_model_get_item (channels, i);
    if (!sc_live_seen_add (self->seen, channel, at) || is_among (channel, on_show) ||
        sc_live_follows_was_seen (live, channel) || self->is_first)
      continue;
    ScNewsItem *item = make_item (channel);
    g_ptr_array_add (news, item);
    add_item (self, item);
  }
  self->is_first = FALSE;
  if (news->len > 0)
    keep_items (self);
  if (sc_live_seen_end (self->seen, at))
    g_settings_set_value (self->settings, KEY_SEEN, sc_live_seen_write (self->seen));
  return news;
}

/**
 * sc_live_news_skip:
 * @self: the news
 *
 * What is live at the next look is no news: nobody wanted to be told meanwhile.
 */
void
sc_live_news_skip (ScLiveNews *self)
{
  self->is_first = TRUE;
}

/**
 * sc_live_news_get_items:
 * @self: the news
 *
 * Returns: (transfer none): the #ScNewsItem, the newest first; %SC_LIVE_NEWS_MAX at most
 */
GListModel *
sc_live_news_get_items (ScLiveNews *self)
{
  return G_LIST_MODEL (self->items);
}

/**
 * sc_live_news_read:
 * @self: the news
 * @channel: (nullable): the name of a channel that somebody looks at; %NULL for all
 *
 * What there is of it is unread no more.
 */
void
sc_live_news_read (ScLiveNews *self, const char *channel)
{
  gboolean is_changed = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++) {
    g_autoptr (ScNewsItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
    if (!sc_news_item_get_unread (item) ||
        (channel && g_ascii_strcasecmp (sc_news_item_get_channel (item), channel) != 0))
      continue;
    sc_news_item_set_unread (item, FALSE);
    is_changed = TRUE;
  }
  if (is_changed)
    keep_items (self);
}

/**
 * sc_live_news_clear:
 * @self: the news
 *
 * Forgets what somebody was told, but not that they were.
 */
void
sc_live_news_clear (ScLiveNews *self)
{
  forget_items (self);
  keep_items (self);
}
