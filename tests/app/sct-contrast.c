/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether what a window says stands out from what is behind it (WCAG 2.2, 1.4.3 and 1.4.11). It is
 * measured of what is drawn: all ink is taken out of the window's render nodes with its colour, the
 * rest is painted, and each piece of ink is compared with the pixels that it lies on. Ink is text,
 * symbolic icons and the lines of charts. What cannot be used at the moment does not count.
 */

#include "config.h"

#include "sct-contrast.h"

#include <math.h>
#include <string.h>

/* What text needs, and what large text, icons and lines need. */
#define RATIO_TEXT 4.5
#define RATIO_LARGE 3.0

/* From here on text is large, in pixels: 18 and 14 points. */
#define LARGE_PIXELS 24.0
#define LARGE_BOLD_PIXELS 18.66

/* A line as thin as this that is not dashed only adorns. */
#define THIN_LINE 1.0f

/* Of the pixels behind, so many of a hundred may be worse: a link's own line, a cursor, and what
 * lies over a part of the ink, as the note of new messages does. */
#define WORSE_PERCENT 50

/* Letters may reach so many pixels out of their widget. */
#define SLACK 3

/* A colour that is rounded to eight bits may lose so much. */
#define ROUNDING 0.02

typedef enum {
  INK_TEXT,
  INK_ICON,
  INK_LINE,
} InkKind;

typedef struct {
  InkKind kind;
  GdkRGBA colour;    /* where it is not the style's */
  gboolean of_style; /* the colour is what the style says of the widget */
  double wanted;
  float opacity;
  graphene_rect_t rect; /* in the window */
} Ink;

/* Where a node is drawn: changed from parent to child. */
typedef struct {
  GskTransform *transform; /* (nullable) */
  graphene_rect_t clip;    /* in the window */
  float opacity;
  GArray *inks;
} Place;

static GskRenderNode *take_ink (GskRenderNode *node, Place place);

static gboolean
is_large (PangoFont *font)
{
  PangoFontDescription *description = pango_font_describe_with_absolute_size (font);
  double size = pango_font_description_get_size (description) / (double) PANGO_SCALE;
  gboolean bold = pango_font_description_get_weight (description) >= PANGO_WEIGHT_BOLD;
  pango_font_description_free (description);
  return size >= LARGE_PIXELS || (bold && size >= LARGE_BOLD_PIXELS);
}

static gboolean
locate (GskRenderNode *node, const Place *place, graphene_rect_t *ret_rect)
{
  graphene_rect_t bounds, rect;
  gsk_render_node_get_bounds (node, &bounds);
  gsk_transform_transform_bounds (place->transform, &bounds, &rect);
  return graphene_rect_intersection (&rect, &place->clip, ret_rect);
}

static void
add_ink (GskRenderNode *node, const Place *place, const Ink *ink)
{
  Ink added = *ink;
  added.opacity = place->opacity;
  if (ink->colour.alpha > 0 && locate (node, place, &added.rect))
    g_array_append_val (place->inks, added);
}

/* What gsk_text_node_get_color() points at is not always what it is said to be: GTK 4.18 has more
 * there than a GdkRGBA, and 4.24 the numbers of whichever colour space the style's colour is in. A
 * node in writing names the space, in its second line; what follows may hold a whole font. Returns
 * FALSE where the space is not that of a GdkRGBA. */
static gboolean
read_colour (GskRenderNode *text, GdkRGBA *ret_colour)
{
  static const char before[] = "text {\n  ";
  const gsize begin = sizeof before - 1;
  g_autoptr (GBytes) bytes = gsk_render_node_serialize (text);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_assert_true (size > begin && strncmp (data, before, begin) == 0);
  const char *end = memchr (data + begin, '\n', size - begin);
  g_assert_nonnull (end);
  g_autofree char *line = g_strndup (data + begin, (gsize) (end - data) - begin);
  GdkRGBA colour = { .alpha = 1 };
  if (!g_str_has_prefix (line, "font: ")) { /* of opaque black nothing is said */
    g_assert_true (g_str_has_prefix (line, "color: ") && g_str_has_suffix (line, ";"));
    line[strlen (line) - 1] = '\0';
    if (!gdk_rgba_parse (&colour, line + strlen ("color: ")))
      return FALSE;
  }
  *ret_colour = colour;
  return TRUE;
}

static GskRenderNode *
take_text (GskRenderNode *node, Place place)
{
  GdkRGBA colour = { .alpha = 1 }; /* until the style's own is asked for */
  gboolean of_style = !read_colour (node, &colour);
  gboolean large = is_large (gsk_text_node_get_font (node));
  add_ink (node, &place, &(Ink) { INK_TEXT, colour, of_style, large ? RATIO_LARGE : RATIO_TEXT });
  return NULL;
}

static GskRenderNode *
take_line (GskRenderNode *node, Place place)
{
  GskRenderNode *child = gsk_stroke_node_get_child (node);
  const GskStroke *stroke = gsk_stroke_node_get_stroke (node);
  gsize n_dashes;
  gsk_stroke_get_dash (stroke, &n_dashes);
  if (gsk_render_node_get_node_type (child) == GSK_COLOR_NODE &&
      (gsk_stroke_get_line_width (stroke) > THIN_LINE || n_dashes > 0))
    add_ink (node,
             &place,
             &(Ink) { INK_LINE, *gsk_color_node_get_color (child), FALSE, RATIO_LARGE });
  return NULL;
}

/* GTK 4.18 paints a symbolic icon as a colour through its shape. */
static GskRenderNode *
take_masked_icon (GskRenderNode *node, Place place)
{
  GskRenderNode *source = gsk_mask_node_get_source (node);
  if (gsk_render_node_get_node_type (source) != GSK_COLOR_NODE)
    return gsk_render_node_ref (node);
  add_ink (node,
           &place,
           &(Ink) { INK_ICON, *gsk_color_node_get_color (source), TRUE, RATIO_LARGE });
  return NULL;
}

/* GTK 4.24 fills its outlines, within the opacity of the style's colour. What is faint in it, or is
 * the area under a chart, lies behind. A colour out of sRGB is drawn as the nearest that is not. */
static GskRenderNode *
take_filled_icon (GskRenderNode *node, Place place)
{
  GskRenderNode *paint = gsk_fill_node_get_child (node);
  if (gsk_render_node_get_node_type (paint) != GSK_COLOR_NODE ||
      gsk_color_node_get_color (paint)->alpha < 1)
    return gsk_render_node_ref (node);
  const GdkRGBA *colour = gsk_color_node_get_color (paint);
  const GdkRGBA drawn = { CLAMP (colour->red, 0, 1),
                          CLAMP (colour->green, 0, 1),
                          CLAMP (colour->blue, 0, 1),
                          1 };
  add_ink (node, &place, &(Ink) { INK_ICON, drawn, FALSE, RATIO_LARGE });
  return NULL;
}

/* Or, where it has more than one colour, as a texture whose own colours are all exchanged. */
static gboolean
take_coloured_icon (GskRenderNode *node, const Place *place)
{
  GskRenderNode *child = gsk_color_matrix_node_get_child (node);
  if (gsk_render_node_get_node_type (child) != GSK_TEXTURE_NODE)
    return FALSE;
  const graphene_vec4_t *offset = gsk_color_matrix_node_get_color_offset (node);
  const graphene_matrix_t *matrix = gsk_color_matrix_node_get_color_matrix (node);
  const GdkRGBA colour = { graphene_vec4_get_x (offset),
                           graphene_vec4_get_y (offset),
                           graphene_vec4_get_z (offset),
                           graphene_matrix_get_value (matrix, 3, 3) };
  add_ink (node, place, &(Ink) { INK_ICON, colour, FALSE, RATIO_LARGE });
  return TRUE;
}

/* What is painted over is not seen. */
static GskRenderNode *
cover (GskRenderNode *node, Place place)
{
  graphene_rect_t rect;
  gboolean opaque = gsk_color_node_get_color (node)->alpha >= 1 && place.opacity >= 1;
  if (opaque && locate (node, &place, &rect))
    for (guint i = place.inks->len; i-- > 0;)
      if (graphene_rect_contains_rect (&rect, &g_array_index (place.inks, Ink, i).rect))
        g_array_remove_index (place.inks, i);
  return gsk_render_node_ref (node);
}

static GskRenderNode *
take_of_container (GskRenderNode *node, Place place)
{
  g_autoptr (GPtrArray) rest =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gsk_render_node_unref);
  for (guint i = 0; i < gsk_container_node_get_n_children (node); i++) {
    GskRenderNode *child = take_ink (gsk_container_node_get_child (node, i), place);
    if (child)
      g_ptr_array_add (rest, child);
  }
  return gsk_container_node_new ((GskRenderNode **) rest->pdata, rest->len);
}

static GskRenderNode *
take_of_transform (GskRenderNode *node, Place place)
{
  GskTransform *own = gsk_transform_node_get_transform (node);
  GskTransform *whole = gsk_transform_transform (gsk_transform_ref (place.transform), own);
  place.transform = whole;
  g_autoptr (GskRenderNode) rest = take_ink (gsk_transform_node_get_child (node), place);
  gsk_transform_unref (whole);
  return rest ? gsk_transform_node_new (rest, own) : NULL;
}

static void
narrow (Place *place, const graphene_rect_t *clip)
{
  graphene_rect_t rect;
  gsk_transform_transform_bounds (place->transform, clip, &rect);
  if (!graphene_rect_intersection (&place->clip, &rect, &place->clip))
    place->clip = *graphene_rect_zero ();
}

static GskRenderNode *
take_of_clip (GskRenderNode *node, Place place)
{
  const graphene_rect_t *clip = gsk_clip_node_get_clip (node);
  narrow (&place, clip);
  g_autoptr (GskRenderNode) rest = take_ink (gsk_clip_node_get_child (node), place);
  return rest ? gsk_clip_node_new (rest, clip) : NULL;
}

static GskRenderNode *
take_of_rounded_clip (GskRenderNode *node, Place place)
{
  const GskRoundedRect *clip = gsk_rounded_clip_node_get_clip (node);
  narrow (&place, &clip->bounds);
  g_autoptr (GskRenderNode) rest = take_ink (gsk_rounded_clip_node_get_child (node), place);
  return rest ? gsk_rounded_clip_node_new (rest, clip) : NULL;
}

static GskRenderNode *
take_of_opacity (GskRenderNode *node, Place place)
{
  float opacity = gsk_opacity_node_get_opacity (node);
  place.opacity *= opacity;
  g_autoptr (GskRenderNode) rest = take_ink (gsk_opacity_node_get_child (node), place);
  return rest ? gsk_opacity_node_new (rest, opacity) : NULL;
}

static GskRenderNode *
take_of_colour_matrix (GskRenderNode *node, Place place)
{
  const graphene_matrix_t *matrix = gsk_color_matrix_node_get_color_matrix (node);
  if (take_coloured_icon (node, &place))
    return NULL;
  place.opacity *= graphene_matrix_get_value (matrix, 3, 3);
  g_autoptr (GskRenderNode) rest = take_ink (gsk_color_matrix_node_get_child (node), place);
  return rest
           ? gsk_color_matrix_node_new (rest, matrix, gsk_color_matrix_node_get_color_offset (node))
           : NULL;
}

static GskRenderNode *
take_of_shadow (GskRenderNode *node, Place place)
{
  return take_ink (gsk_shadow_node_get_child (node), place); /* a shadow can only help */
}

static GskRenderNode *
take_of_debug (GskRenderNode *node, Place place)
{
  return take_ink (gsk_debug_node_get_child (node), place);
}

static GskRenderNode *
take_of_subsurface (GskRenderNode *node, Place place)
{
  return take_ink (gsk_subsurface_node_get_child (node), place);
}

/* Returns what is left of a node without its ink, if anything is. */
static GskRenderNode *
take_ink (GskRenderNode *node, Place place)
{
  static const struct {
    GskRenderNodeType type;
    GskRenderNode *(*take) (GskRenderNode *node, Place place);
  } takers[] = {
    { GSK_TEXT_NODE, take_text },
    { GSK_STROKE_NODE, take_line },
    { GSK_MASK_NODE, take_masked_icon },
    { GSK_FILL_NODE, take_filled_icon },
    { GSK_COLOR_MATRIX_NODE, take_of_colour_matrix },
    { GSK_CONTAINER_NODE, take_of_container },
    { GSK_TRANSFORM_NODE, take_of_transform },
    { GSK_CLIP_NODE, take_of_clip },
    { GSK_ROUNDED_CLIP_NODE, take_of_rounded_clip },
    { GSK_OPACITY_NODE, take_of_opacity },
    { GSK_SHADOW_NODE, take_of_shadow },
    { GSK_DEBUG_NODE, take_of_debug },
    { GSK_SUBSURFACE_NODE, take_of_subsurface },
    { GSK_COLOR_NODE, cover },
  };
  for (guint i = 0; i < G_N_ELEMENTS (takers); i++)
    if (gsk_render_node_get_node_type (node) == takers[i].type)
      return takers[i].take (node, place);
  return gsk_render_node_ref (node);
}

static double
get_linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const double rgb[3])
{
  return 0.2126 * get_linear (rgb[0]) + 0.7152 * get_linear (rgb[1]) + 0.0722 * get_linear (rgb[2]);
}

/* Of a colour on a pixel of GDK_MEMORY_R8G8B8A8. */
static double
get_ratio (const GdkRGBA *colour, const guchar *pixel)
{
  const double ink[3] = { colour->red, colour->green, colour->blue };
  double behind[3], drawn[3];
  for (guint i = 0; i < 3; i++) {
    behind[i] = pixel[i] / 255.0;
    drawn[i] = ink[i] * colour->alpha + behind[i] * (1 - colour->alpha);
  }
  double one = get_luminance (behind), other = get_luminance (drawn);
  return (MAX (one, other) + 0.05) / (MIN (one, other) + 0.05);
}

static int
compare_ratios (gconstpointer one, gconstpointer other)
{
  double difference = *(const double *) one - *(const double *) other;
  return (difference > 0) - (difference < 0);
}

typedef struct {
  guchar *pixels;
  int width;
  int height;
} Picture;

/* Nearly all pixels are alike. */
static double
measure (const Ink *ink, const GdkRGBA *colour, const Picture *behind)
{
  const guchar *before = NULL;
  double ratio = 0;
  g_autoptr (GArray) ratios = g_array_new (FALSE, FALSE, sizeof (double));
  const graphene_rect_t *rect = &ink->rect;
  int right = MIN (behind->width, (int) ceilf (rect->origin.x + rect->size.width));
  int bottom = MIN (behind->height, (int) ceilf (rect->origin.y + rect->size.height));
  for (int y = MAX (0, (int) rect->origin.y); y < bottom; y++)
    for (int x = MAX (0, (int) rect->origin.x); x < right; x += 2) {
      const guchar *pixel = behind->pixels + 4 * (y * behind->width + x);
      if (!before || memcmp (before, pixel, 3) != 0)
        ratio = get_ratio (colour, pixel);
      before = pixel;
      g_array_append_val (ratios, ratio);
    }
  if (ratios->len == 0)
    return G_MAXDOUBLE;
  g_array_sort (ratios, compare_ratios);
  return g_array_index (ratios, double, ratios->len *WORSE_PERCENT / 100);
}

/* What only adorns, as the name is beside a picture of a person; and what lies over words that
 * shall not be taken for its own: a toast, and what dims the page below a dialog. All are
 * libadwaita's. */
static gboolean
is_left_out (GtkWidget *widget)
{
  GType toast = g_type_from_name ("AdwToastWidget"); /* which is there from the first one on */
  return gtk_widget_get_ancestor (widget, ADW_TYPE_AVATAR) ||
         g_str_equal (gtk_widget_get_css_name (widget), "dimming") ||
         (toast && gtk_widget_get_ancestor (widget, toast));
}

/* What says it; NULL where it is only seen below something else, as dimmed by a dialog, or cannot
 * be used. */
static GtkWidget *
find_speaker (GtkWidget *window, const Ink *ink)
{
  graphene_point_t centre;
  graphene_rect_t bounds;
  graphene_rect_get_center (&ink->rect, &centre);
  GtkWidget *widget =
    gtk_widget_pick (window, centre.x, centre.y, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
  if (!widget || !gtk_widget_is_sensitive (widget) || is_left_out (widget) ||
      !gtk_widget_compute_bounds (widget, window, &bounds))
    return NULL;
  gboolean speaks = GTK_IS_LABEL (widget) || GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget) ||
                    (!gtk_widget_get_first_child (widget) && !GTK_IS_WINDOW_HANDLE (widget));
  graphene_rect_inset (&bounds, -SLACK, -SLACK);
  return speaks && graphene_rect_contains_rect (&bounds, &ink->rect) ? widget : NULL;
}

/* As it is drawn. */
static GdkRGBA
get_colour (const Ink *ink, GtkWidget *speaker)
{
  GdkRGBA colour = ink->colour;
  if (ink->of_style)
    gtk_widget_get_color (speaker, &colour);
  colour.alpha *= ink->opacity;
  return colour;
}

static void
complain (const char *name, const Ink *ink, GtkWidget *speaker, const GdkRGBA *drawn, double ratio)
{
  static const char *const kinds[] = { "text", "icon", "line" };
  g_autofree char *classes = g_strjoinv (".", gtk_widget_get_css_classes (speaker));
  g_autofree char *colour = gdk_rgba_to_string (drawn);
  g_test_message ("%s: %s \"%s\" in %s of %s (%s) at %.0f, %.0f has %.2f to 1 instead of %.1f",
                  name,
                  kinds[ink->kind],
                  GTK_IS_LABEL (speaker) ? gtk_label_get_text (GTK_LABEL (speaker)) : "",
                  colour,
                  G_OBJECT_TYPE_NAME (speaker),
                  classes,
                  (double) ink->rect.origin.x,
                  (double) ink->rect.origin.y,
                  ratio,
                  ink->wanted);
  g_test_fail ();
}

static Picture
paint (GtkWidget *window, GskRenderNode *node)
{
  const Picture picture = {
    .width = gtk_widget_get_width (window),
    .height = gtk_widget_get_height (window),
  };
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (
    renderer,
    node,
    &GRAPHENE_RECT_INIT (0, 0, (float) picture.width, (float) picture.height));
  g_autoptr (GdkTextureDownloader) downloader = gdk_texture_downloader_new (texture);
  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);
  Picture painted = picture;
  painted.pixels = g_malloc ((gsize) picture.width * (gsize) picture.height * 4);
  gdk_texture_downloader_download_into (downloader, painted.pixels, (gsize) picture.width * 4);
  return painted;
}

/**
 * sct_contrast_check:
 * @window: a window or popover on screen
 * @name: what it shows, for who reads that the test failed
 *
 * Fails the test for each text, icon and line that does not stand out enough.
 *
 * Returns: the least contrast of any text, as 4.5 for 4.5 to 1
 */
double
sct_contrast_check (GtkWidget *window, const char *name)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  graphene_rect_t whole_window; /* with its frame, which lies outside of its width */
  g_assert_true (gtk_widget_compute_bounds (window, window, &whole_window));
  gtk_snapshot_translate (snapshot, &whole_window.origin);
  gdk_paintable_snapshot (paintable,
                          snapshot,
                          (double) whole_window.size.width,
                          (double) whole_window.size.height);
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  g_autoptr (GArray) inks = g_array_new (FALSE, FALSE, sizeof (Ink));
  const Place whole = {
    .clip = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height),
    .opacity = 1,
    .inks = inks,
  };
  g_autoptr (GskRenderNode) rest = node ? take_ink (node, whole) : NULL;
  g_assert_nonnull (rest);
  Picture behind = paint (window, rest);
  double least = G_MAXDOUBLE;
  for (guint i = 0; i < inks->len; i++) {
    const Ink *ink = &g_array_index (inks, Ink, i);
    GtkWidget *speaker = find_speaker (window, ink);
    if (!speaker)
      continue;
    GdkRGBA colour = get_colour (ink, speaker);
    double ratio = measure (ink, &colour, &behind);
    if (ratio + ROUNDING < ink->wanted)
      complain (name, ink, speaker, &colour, ratio);
    if (ink->kind == INK_TEXT)
      least = MIN (least, ratio);
  }
  g_free (behind.pixels);
  return least;
}
