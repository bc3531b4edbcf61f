/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where in a recording the player is, and the way to another place: on show where there is an end.
 *
 * While a hand drags, the nearest pictures that are quick to have follow it; where it lets go is
 * the very place that is gone to. Where a pointer is, what is there is said.
 */

#include "config.h"

#include "sc-seek-bar.h"

#include "sc-chapter.h"
#include "sc-time-words.h"

#include <glib/gi18n.h>

/* Of a picture where the pointer is, pixels. */
#define PREVIEW_WIDTH 192
#define PREVIEW_HEIGHT 108

struct _ScSeekBar {
  AdwBin parent_instance;

  ScPlayer *player;
  GtkScale *scale;
  GtkAdjustment *place; /* seconds */
  GListModel *chapters; /* (nullable): of ScChapter */
  ScFilmStrip *strip;   /* (nullable) */
  DexFuture *loading;
  GtkPopover *preview;
  GtkWidget *preview_picture;
  GtkLabel *preview_words;
  gboolean dragging;
  gboolean following; /* the player moves the scale, not the viewer */
};

typedef enum {
  PROP_PLAYER = 1,
} ScSeekBarProperty;

static GParamSpec *properties[PROP_PLAYER + 1];

G_DEFINE_FINAL_TYPE (ScSeekBar, sc_seek_bar, ADW_TYPE_BIN)

static char *
clock_words (ScSeekBar *self, gint64 time_us)
{
  return sc_clock_words (time_us);
}

static char *
length_words (ScSeekBar *self, gint64 time_us)
{
  return sc_length_words (time_us);
}

static gboolean
has_end (ScSeekBar *self, gint64 duration)
{
  return duration > 0;
}

static void
tell_place (ScSeekBar *self)
{
  g_autofree char *here = sc_clock_words (sc_player_get_position (self->player));
  g_autofree char *whole = sc_length_words (sc_player_get_duration (self->player));
  /* Translators: where in a recording and how long it is, as "1:02 of 12:34" */
  g_autofree char *words = g_strdup_printf (_ ("%s of %s"), here, whole);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  words,
                                  -1);
}

static void
on_player_moved (ScSeekBar *self)
{
  gint64 duration = sc_player_get_duration (self->player);
  self->following = TRUE;
  gtk_adjustment_set_upper (self->place, (double) duration / G_USEC_PER_SEC);
  if (!self->dragging)
    gtk_adjustment_set_value (self->place,
                              (double) sc_player_get_position (self->player) / G_USEC_PER_SEC);
  self->following = FALSE;
  tell_place (self);
}

static void
go_to (ScSeekBar *self, double seconds)
{
  if (self->player)
    sc_player_seek (self->player, (gint64) (seconds * G_USEC_PER_SEC), !self->dragging);
}

/* By pointer, key, or assistive technology, which sets the value without asking. */
static void
on_value_changed (ScSeekBar *self)
{
  if (!self->following)
    go_to (self, gtk_adjustment_get_value (self->place));
}

/* Before the scale's own gestures, which keep the release to themselves. */
static gboolean
on_event (ScSeekBar *self, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);
  if (type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN) {
    self->dragging = TRUE;
  } else if (self->dragging &&
             (type == GDK_BUTTON_RELEASE || type == GDK_TOUCH_END || type == GDK_TOUCH_CANCEL)) {
    self->dragging = FALSE;
    go_to (self, gtk_adjustment_get_value (self->place));
  }
  return GDK_EVENT_PROPAGATE;
}

/* What is where the pointer is. */

static char *
dup_chapter_title (ScSeekBar *self, gint64 place)
{
  guint n_chapters = self->chapters ? g_list_model_get_n_items (self->chapters) : 0;
  for (guint i = n_chapters; i > 0; i--) {
    g_autoptr (ScChapter) chapter = g_list_model_get_item (self->chapters, i - 1);
    if (sc_chapter_get_at (chapter) <= place)
      return g_strdup (sc_chapter_get_title (chapter));
  }
  return NULL;
}

/* The place that a click there would lead to. */
static gint64
find_place (ScSeekBar *self, double x)
{
  GdkRectangle rail;
  gtk_range_get_range_rect (GTK_RANGE (self->scale), &rail);
  double fraction = CLAMP ((x - rail.x) / MAX (rail.width, 1), 0.0, 1.0);
  if (gtk_widget_get_direction (GTK_WIDGET (self->scale)) == GTK_TEXT_DIR_RTL)
    fraction = 1 - fraction;
  return (gint64) (fraction * gtk_adjustment_get_upper (self->place) * G_USEC_PER_SEC);
}

/* Where there is no picture, the time says it alone. */
static DexFuture *
on_picture (DexFuture *future, gpointer user_data)
{
  ScSeekBar *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  GdkPaintable *picture = value ? g_value_get_object (value) : NULL;
  gtk_picture_set_paintable (GTK_PICTURE (self->preview_picture), picture);
  gtk_widget_set_visible (self->preview_picture, picture != NULL);
  return dex_future_new_true ();
}

static void
load_picture (ScSeekBar *self, gint64 place)
{
  dex_clear (&self->loading);
  if (self->strip)
    self->loading =
      dex_future_finally (sc_film_strip_load (self->strip, place), on_picture, self, NULL);
}

static void
on_pointer (ScSeekBar *self, double x, double y)
{
  gint64 place = find_place (self, x);
  g_autofree char *clock = sc_clock_words (place);
  g_autofree char *title = dup_chapter_title (self, place);
  g_autofree char *words = title ? g_strdup_printf ("%s\n%s", title, clock) : g_strdup (clock);
  graphene_point_t point;
  if (!gtk_widget_compute_point (GTK_WIDGET (self->scale),
                                 GTK_WIDGET (self),
                                 &GRAPHENE_POINT_INIT ((float) x, 0),
                                 &point))
    return;
  gtk_label_set_label (self->preview_words, words);
  load_picture (self, place);
  gtk_popover_set_pointing_to (self->preview,
                               &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
  gtk_popover_popup (self->preview);
}

static void
on_pointer_left (ScSeekBar *self)
{
  dex_clear (&self->loading);
  gtk_popover_popdown (self->preview);
}

/* Nothing that takes the focus, or the pointer. */
static void
make_preview (ScSeekBar *self)
{
  GtkWidget *preview = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *words = gtk_label_new (NULL);
  self->preview = GTK_POPOVER (preview);
  self->preview_words = GTK_LABEL (words);
  gtk_label_set_justify (self->preview_words, GTK_JUSTIFY_CENTER);
  gtk_label_set_wrap (self->preview_words, TRUE);
  gtk_label_set_wrap_mode (self->preview_words, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (self->preview_words, 30);
  gtk_widget_add_css_class (words, "numeric");
  self->preview_picture = gtk_picture_new ();
  gtk_widget_set_size_request (self->preview_picture, PREVIEW_WIDTH, PREVIEW_HEIGHT);
  gtk_widget_set_visible (self->preview_picture, FALSE);
  gtk_box_append (GTK_BOX (box), self->preview_picture);
  gtk_box_append (GTK_BOX (box), words);
  gtk_popover_set_child (self->preview, box);
  gtk_popover_set_autohide (self->preview, FALSE);
  gtk_popover_set_has_arrow (self->preview, FALSE);
  gtk_popover_set_position (self->preview, GTK_POS_TOP);
  gtk_widget_set_can_focus (preview, FALSE);
  gtk_widget_set_can_target (preview, FALSE);
  gtk_widget_set_parent (preview, GTK_WIDGET (self));
}

static void
sc_seek_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (sc_seek_bar_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_popover_present (SC_SEEK_BAR (widget)->preview);
}

static void
sc_seek_bar_dispose (GObject *object)
{
  ScSeekBar *self = SC_SEEK_BAR (object);

  if (self->player)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);
  g_clear_object (&self->chapters);
  dex_clear (&self->loading);
  g_clear_object (&self->strip);
  if (self->preview)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->preview)));
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_SEEK_BAR);

  G_OBJECT_CLASS (sc_seek_bar_parent_class)->dispose (object);
}

static void
sc_seek_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScSeekBar *self = SC_SEEK_BAR (object);

  switch ((ScSeekBarProperty) id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_seek_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScSeekBar *self = SC_SEEK_BAR (object);

  switch ((ScSeekBarProperty) id) {
  case PROP_PLAYER:
    sc_seek_bar_set_player (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_seek_bar_class_init (ScSeekBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_PLAYER);

  object_class->dispose = sc_seek_bar_dispose;
  object_class->get_property = sc_seek_bar_get_property;
  object_class->set_property = sc_seek_bar_set_property;
  widget_class->size_allocate = sc_seek_bar_size_allocate;

  properties[PROP_PLAYER] =
    g_param_spec_object ("player",
                         NULL,
                         NULL,
                         SC_TYPE_PLAYER,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/seek-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ScSeekBar, scale);
  gtk_widget_class_bind_template_child (widget_class, ScSeekBar, place);
  gtk_widget_class_bind_template_callback (widget_class, clock_words);
  gtk_widget_class_bind_template_callback (widget_class, length_words);
  gtk_widget_class_bind_template_callback (widget_class, has_end);
  gtk_widget_class_bind_template_callback (widget_class, on_value_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_event);
  gtk_widget_class_bind_template_callback (widget_class, on_pointer);
  gtk_widget_class_bind_template_callback (widget_class, on_pointer_left);
}

static void
sc_seek_bar_init (ScSeekBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_preview (self);
}

/**
 * sc_seek_bar_set_film_strip:
 * @self: a seek bar
 * @strip: the pictures of what is played
 *
 * Where the pointer is, the picture of there is shown with the time.
 */
void
sc_seek_bar_set_film_strip (ScSeekBar *self, ScFilmStrip *strip)
{
  g_set_object (&self->strip, strip);
}

/**
 * sc_seek_bar_set_chapters:
 * @self: a seek bar
 * @chapters: (element-type ScChapter): the chapters of what is played
 *
 * Shows where each begins, but for the first: that is the start. Where the pointer is, the title of
 * the one there is shown with the time.
 */
void
sc_seek_bar_set_chapters (ScSeekBar *self, GListModel *chapters)
{
  g_set_object (&self->chapters, chapters);
  gtk_scale_clear_marks (self->scale);
  for (guint i = 1; i < g_list_model_get_n_items (chapters); i++) {
    g_autoptr (ScChapter) chapter = g_list_model_get_item (chapters, i);
    gtk_scale_add_mark (self->scale,
                        (double) sc_chapter_get_at (chapter) / G_USEC_PER_SEC,
                        GTK_POS_TOP,
                        NULL);
  }
}

/**
 * sc_seek_bar_set_player:
 * @self: a seek bar
 * @player: (nullable): whose place it shows
 */
void
sc_seek_bar_set_player (ScSeekBar *self, ScPlayer *player)
{
  if (self->player == player)
    return;
  if (self->player)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_set_object (&self->player, player);
  if (player) {
    g_signal_connect_object (player,
                             "notify::position",
                             G_CALLBACK (on_player_moved),
                             self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (player,
                             "notify::duration",
                             G_CALLBACK (on_player_moved),
                             self,
                             G_CONNECT_SWAPPED);
    on_player_moved (self);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYER]);
}
