/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* That a channel went live, as somebody was told. Main thread only. */

#include "config.h"

#include "sc-news-item.h"

struct _ScNewsItem {
  GObject parent_instance;

  char *channel;
  char *title;
  gint64 at;
  gboolean unread;
};

typedef enum {
  PROP_UNREAD = 1,
} ScNewsItemProperty;

static GParamSpec *properties[PROP_UNREAD + 1];

G_DEFINE_FINAL_TYPE (ScNewsItem, sc_news_item, G_TYPE_OBJECT)

static void
sc_news_item_finalize (GObject *object)
{
  ScNewsItem *self = SC_NEWS_ITEM (object);

  g_free (self->channel);
  g_free (self->title);

  G_OBJECT_CLASS (sc_news_item_parent_class)->finalize (object);
}

static void
sc_news_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((ScNewsItemProperty) id) {
  case PROP_UNREAD:
    g_value_set_boolean (value, SC_NEWS_ITEM (object)->unread);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_news_item_class_init (ScNewsItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = sc_news_item_finalize;
  object_class->get_property = sc_news_item_get_property;

  properties[PROP_UNREAD] =
    g_param_spec_boolean ("unread",
                          NULL,
                          NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sc_news_item_init (ScNewsItem *self)
{
}

/**
 * sc_news_item_new:
 * @channel: the channel's name
 * @title: what it is about, or empty
 * @at: when its stream began, microseconds since the epoch
 * @unread: whether nobody has looked yet
 *
 * Returns: (transfer full): what somebody was told
 */
ScNewsItem *
sc_news_item_new (const char *channel, const char *title, gint64 at, gboolean unread)
{
  ScNewsItem *self = g_object_new (SC_TYPE_NEWS_ITEM, NULL);
  self->channel = g_strdup (channel);
  self->title = g_strdup (title);
  self->at = at;
  self->unread = unread;
  return self;
}

/**
 * sc_news_item_get_channel:
 * @self: what somebody was told
 *
 * Returns: the channel's name
 */
const char *
sc_news_item_get_channel (ScNewsItem *self)
{
  return self->channel;
}

/**
 * sc_news_item_get_title:
 * @self: what somebody was told
 *
 * Returns: what it was about, or empty
 */
const char *
sc_news_item_get_title (ScNewsItem *self)
{
  return self->title;
}

/**
 * sc_news_item_get_at:
 * @self: what somebody was told
 *
 * Returns: when the stream began, microseconds since the epoch
 */
gint64
sc_news_item_get_at (ScNewsItem *self)
{
  return self->at;
}

/**
 * sc_news_item_get_unread:
 * @self: what somebody was told
 *
 * Returns: whether they have not looked yet
 */
gboolean
sc_news_item_get_unread (ScNewsItem *self)
{
  return self->unread;
}

/**
 * sc_news_item_set_unread:
 * @self: what somebody was told
 * @unread: whether they have not looked yet
 */
void
sc_news_item_set_unread (ScNewsItem *self, gboolean unread)
{
  if (self->unread == unread)
    return;
  self->unread = unread;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNREAD]);
}
