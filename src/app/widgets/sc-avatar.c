/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Somebody's picture, fetched when it comes on screen; until it is there, and where there is none,
 * their initials on a colour of theirs. Who it is is told in words beside it: it has no name of its
 * own. */

#include "config.h"

#include "sc-avatar.h"

#include "sc-future.h"

struct _ScAvatar {
  AdwBin parent_instance;

  ScPictures *pictures;
  char *url;
  DexFuture *loading;
  AdwAvatar *avatar;
};

typedef enum {
  PROP_PICTURES = 1,
  PROP_URL,
  PROP_TEXT,
  PROP_SIZE,
} ScAvatarProperty;

static GParamSpec *properties[PROP_SIZE + 1];

G_DEFINE_FINAL_TYPE (ScAvatar, sc_avatar, ADW_TYPE_BIN)

static void
show_texture (ScAvatar *self, GdkTexture *texture)
{
  adw_avatar_set_custom_image (self->avatar, texture ? GDK_PAINTABLE (texture) : NULL);
}

/* A picture that cannot be had is no error to tell anyone of. */
static DexFuture *
on_loaded (DexFuture *future, gpointer user_data)
{
  ScAvatar *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  show_texture (self, value ? g_value_get_object (value) : NULL);
  return dex_future_new_true ();
}

/* The picture before stays until the new one is there. */
static void
load (ScAvatar *self)
{
  dex_clear (&self->loading);
  if (!self->url)
    show_texture (self, NULL);
  if (!self->url || !self->pictures || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  int width = adw_avatar_get_size (self->avatar) * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  self->loading = dex_future_finally (sc_pictures_load (self->pictures, self->url, (guint) width),
                                      on_loaded,
                                      self,
                                      NULL);
}

static void
sc_avatar_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sc_avatar_parent_class)->map (widget);
  load (SC_AVATAR (widget));
}

static void
sc_avatar_dispose (GObject *object)
{
  ScAvatar *self = SC_AVATAR (object);

  dex_clear (&self->loading);
  g_clear_object (&self->pictures);
  g_clear_pointer (&self->url, g_free);

  G_OBJECT_CLASS (sc_avatar_parent_class)->dispose (object);
}

static void
sc_avatar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScAvatar *self = SC_AVATAR (object);

  switch ((ScAvatarProperty) id) {
  case PROP_PICTURES:
    g_value_set_object (value, self->pictures);
    break;
  case PROP_URL:
    g_value_set_string (value, self->url);
    break;
  case PROP_TEXT:
    g_value_set_string (value, adw_avatar_get_text (self->avatar));
    break;
  case PROP_SIZE:
    g_value_set_int (value, adw_avatar_get_size (self->avatar));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_avatar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScAvatar *self = SC_AVATAR (object);

  switch ((ScAvatarProperty) id) {
  case PROP_PICTURES:
    sc_avatar_set_pictures (self, g_value_get_object (value));
    break;
  case PROP_URL:
    sc_avatar_set_url (self, g_value_get_string (value));
    break;
  case PROP_TEXT:
    sc_avatar_set_text (self, g_value_get_string (value));
    break;
  case PROP_SIZE:
    adw_avatar_set_size (self->avatar, g_value_get_int (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_avatar_class_init (ScAvatarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sc_avatar_dispose;
  object_class->get_property = sc_avatar_get_property;
  object_class->set_property = sc_avatar_set_property;
  GTK_WIDGET_CLASS (klass)->map = sc_avatar_map;

  properties[PROP_PICTURES] = g_param_spec_object ("pictures", NULL, NULL, SC_TYPE_PICTURES, flags);
  properties[PROP_URL] = g_param_spec_string ("url", NULL, NULL, NULL, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 1, 256, 48, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
sc_avatar_init (ScAvatar *self)
{
  self->avatar = g_object_new (ADW_TYPE_AVATAR,
                               "size",
                               48,
                               "show-initials",
                               TRUE,
                               "accessible-role",
                               GTK_ACCESSIBLE_ROLE_PRESENTATION,
                               NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->avatar));
}

/**
 * sc_avatar_set_pictures:
 * @self: an avatar
 * @pictures: (nullable): what fetches it
 */
void
sc_avatar_set_pictures (ScAvatar *self, ScPictures *pictures)
{
  if (!g_set_object (&self->pictures, pictures))
    return;
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PICTURES]);
}

/**
 * sc_avatar_set_http:
 * @self: an avatar that stands alone
 * @http: what fetches it
 */
void
sc_avatar_set_http (ScAvatar *self, ScHttp *http)
{
  g_autoptr (ScPictures) pictures = sc_pictures_new (http);
  sc_avatar_set_pictures (self, pictures);
}

/**
 * sc_avatar_set_url:
 * @self: an avatar
 * @url: (nullable): where the picture is
 */
void
sc_avatar_set_url (ScAvatar *self, const char *url)
{
  if (!g_set_str (&self->url, url))
    return;
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_URL]);
}

/**
 * sc_avatar_set_text:
 * @self: an avatar
 * @text: (nullable): whose it is; initials and colour are made of it
 */
void
sc_avatar_set_text (ScAvatar *self, const char *text)
{
  if (g_strcmp0 (adw_avatar_get_text (self->avatar), text) == 0)
    return;
  show_texture (self, NULL);
  adw_avatar_set_text (self->avatar, text);
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}
