/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A picture that fills its place and is fetched once it stays on screen, not while somebody scrolls
 * past; until it is there, and where there is none, an icon stands in its place. One that is
 * another one after a while is fetched again, and the one before stays until then. What it shows is
 * told in words beside it: it has no name of its own. */

#include "config.h"

#include "sc-thumbnail.h"

#include "sc-future.h"

/* Of most cards, in pixels. */
#define CARD_WIDTH 300

/* Whoever looks at it has not yet seen more than that it is there. */
#define STAY_MS 100

struct _ScThumbnail {
  AdwBin parent_instance;

  ScPictures *pictures;
  char *url;
  guint moment;
  gboolean is_due; /* not fetched yet as it is now */
  guint width;     /* of the picture, or of the one that is being fetched, device pixels */
  guint stay_source;
  DexFuture *loading;
  GtkStack *stack;
  GtkPicture *picture;
};

typedef enum {
  PROP_PICTURES = 1,
  PROP_URL,
  PROP_MOMENT,
} ScThumbnailProperty;

static GParamSpec *properties[PROP_MOMENT + 1];

G_DEFINE_FINAL_TYPE (ScThumbnail, sc_thumbnail, ADW_TYPE_BIN)

static void
show_texture (ScThumbnail *self, GdkTexture *texture)
{
  gtk_picture_set_paintable (self->picture, texture ? GDK_PAINTABLE (texture) : NULL);
  gtk_stack_set_visible_child_name (self->stack, texture ? "picture" : "nothing");
}

/* A picture that cannot be had is no error to tell anyone of: the next time may be better. */
static DexFuture *
on_loaded (DexFuture *future, gpointer user_data)
{
  ScThumbnail *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  self->is_due = value == NULL;
  if (value)
    show_texture (self, g_value_get_object (value));
  return dex_future_new_true ();
}

/* In device pixels; what comes on screen may have no place yet. */
static guint
get_width (ScThumbnail *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget);
  return (guint) ((width > 0 ? width : CARD_WIDTH) * gtk_widget_get_scale_factor (widget));
}

static void
fetch (gpointer user_data)
{
  ScThumbnail *self = user_data;
  guint width = get_width (self);
  self->width = sc_pictures_get_width (width);
  DexFuture *picture = self->moment > 0 ? sc_pictures_load_anew (self->pictures, self->url, width)
                                        : sc_pictures_load (self->pictures, self->url, width);
  self->stay_source = 0;
  self->loading = dex_future_finally (picture, on_loaded, self, NULL);
}

static void
stop (ScThumbnail *self)
{
  g_clear_handle_id (&self->stay_source, g_source_remove);
  dex_clear (&self->loading);
}

static gboolean
is_loading (ScThumbnail *self)
{
  return self->stay_source > 0 || (self->loading && dex_future_is_pending (self->loading));
}

static void
load (ScThumbnail *self)
{
  if (!self->is_due || !self->url || !self->pictures ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)) || is_loading (self))
    return;
  stop (self);
  guint width = get_width (self);
  GdkTexture *kept =
    self->moment > 0 ? NULL : sc_pictures_get_kept (self->pictures, self->url, width);
  self->width = sc_pictures_get_width (width);
  self->is_due = kept == NULL;
  if (kept)
    show_texture (self, kept);
  else
    self->stay_source = g_timeout_add_once (STAY_MS, fetch, self);
}

/* Another picture than before. */
static void
begin (ScThumbnail *self)
{
  stop (self);
  show_texture (self, NULL);
  self->is_due = TRUE;
  load (self);
}

static void
set_moment (ScThumbnail *self, guint moment)
{
  if (self->moment == moment)
    return;
  self->moment = moment;
  self->is_due = TRUE;
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MOMENT]);
}

static void
sc_thumbnail_map (GtkWidget *widget)
{
  ScThumbnail *self = SC_THUMBNAIL (widget);
  GTK_WIDGET_CLASS (sc_thumbnail_parent_class)->map (widget);
  load (self);
}

static void
sc_thumbnail_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (SC_THUMBNAIL (widget)->stack),
                      orientation,
                      for_size,
                      minimum,
                      natural,
                      minimum_baseline,
                      natural_baseline);
}

/* What became wider, or came to a screen of more pixels, needs a picture of more. */
static void
sc_thumbnail_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ScThumbnail *self = SC_THUMBNAIL (widget);
  gtk_widget_allocate (GTK_WIDGET (self->stack), width, height, baseline, NULL);
  if (!self->url || !self->pictures || !gtk_widget_get_mapped (widget) ||
      sc_pictures_get_width (get_width (self)) <= self->width)
    return;
  stop (self);
  self->is_due = TRUE;
  self->stay_source = g_timeout_add_once (STAY_MS, fetch, self);
}

static void
sc_thumbnail_unmap (GtkWidget *widget)
{
  stop (SC_THUMBNAIL (widget));
  GTK_WIDGET_CLASS (sc_thumbnail_parent_class)->unmap (widget);
}

static void
sc_thumbnail_dispose (GObject *object)
{
  ScThumbnail *self = SC_THUMBNAIL (object);

  stop (self);
  g_clear_object (&self->pictures);
  g_clear_pointer (&self->url, g_free);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_THUMBNAIL);

  G_OBJECT_CLASS (sc_thumbnail_parent_class)->dispose (object);
}

static void
sc_thumbnail_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScThumbnail *self = SC_THUMBNAIL (object);

  switch ((ScThumbnailProperty) id) {
  case PROP_PICTURES:
    g_value_set_object (value, self->pictures);
    break;
  case PROP_URL:
    g_value_set_string (value, self->url);
    break;
  case PROP_MOMENT:
    g_value_set_uint (value, self->moment);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_thumbnail_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScThumbnail *self = SC_THUMBNAIL (object);

  switch ((ScThumbnailProperty) id) {
  case PROP_PICTURES:
    sc_thumbnail_set_pictures (self, g_value_get_object (value));
    break;
  case PROP_URL:
    sc_thumbnail_set_url (self, g_value_get_string (value));
    break;
  case PROP_MOMENT:
    set_moment (self, g_value_get_uint (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_thumbnail_class_init (ScThumbnailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sc_thumbnail_dispose;
  object_class->get_property = sc_thumbnail_get_property;
  object_class->set_property = sc_thumbnail_set_property;
  widget_class->map = sc_thumbnail_map;
  widget_class->unmap = sc_thumbnail_unmap;
  widget_class->measure = sc_thumbnail_measure;
  widget_class->size_allocate = sc_thumbnail_size_allocate;

  properties[PROP_PICTURES] = g_param_spec_object ("pictures", NULL, NULL, SC_TYPE_PICTURES, flags);
  properties[PROP_URL] = g_param_spec_string ("url", NULL, NULL, NULL, flags);

  /**
   * ScThumbnail:moment:
   *
   * Which of the pictures is wanted that are at one address after each other; 0 where it is always
   * the same one.
   */
  properties[PROP_MOMENT] = g_param_spec_uint ("moment", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/thumbnail.ui");
  gtk_widget_class_bind_template_child (widget_class, ScThumbnail, stack);
  gtk_widget_class_bind_template_child (widget_class, ScThumbnail, picture);
}

static void
sc_thumbnail_init (ScThumbnail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL); /* it would not tell of its size */
}

/**
 * sc_thumbnail_set_pictures:
 * @self: a thumbnail
 * @pictures: (nullable): what fetches it
 */
void
sc_thumbnail_set_pictures (ScThumbnail *self, ScPictures *pictures)
{
  if (!g_set_object (&self->pictures, pictures))
    return;
  begin (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PICTURES]);
}

/**
 * sc_thumbnail_set_url:
 * @self: a thumbnail
 * @url: (nullable): where the picture is
 */
void
sc_thumbnail_set_url (ScThumbnail *self, const char *url)
{
  if (!g_set_str (&self->url, url))
    return;
  begin (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_URL]);
}

/**
 * sc_thumbnail_get_loaded:
 * @self: a thumbnail
 *
 * Returns: whether its picture is on show
 */
gboolean
sc_thumbnail_get_loaded (ScThumbnail *self)
{
  return gtk_picture_get_paintable (self->picture) != NULL;
}
