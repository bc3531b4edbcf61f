/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The chapters of a recording, and the way to each. They are asked for once the recording plays,
 * and the button is there once there are some: nobody misses what is not there. */

#include "config.h"

#include "sc-chapters-button.h"

#include "sc-chapter.h"
#include "sc-time-words.h"

/* Who goes back so shortly after a chapter's begin, microseconds, wants the one before. */
#define BACK_US (3 * G_TIME_SPAN_SECOND)

struct _ScChaptersButton {
  AdwBin parent_instance;

  ScSession *session;
  ScPlayer *player;
  ScSeekBar *bar;
  char *recording;
  GListModel *chapters; /* (nullable): of ScChapter */
  DexFuture *asking;
  GtkMenuButton *button;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (ScChaptersButton, sc_chapters_button, ADW_TYPE_BIN)

static gint64
get_begin (ScChaptersButton *self, guint number)
{
  g_autoptr (ScChapter) chapter = g_list_model_get_item (self->chapters, number);
  return sc_chapter_get_at (chapter);
}

/* The chapter that a place is in. */
static guint
find_chapter (ScChaptersButton *self, gint64 place)
{
  guint number = g_list_model_get_n_items (self->chapters) - 1;
  while (number > 0 && get_begin (self, number) > place)
    number--;
  return number;
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  ScChapter *chapter = item;
  const char *category = sc_chapter_get_category (chapter);
  g_autofree char *clock = sc_clock_words (sc_chapter_get_at (chapter));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *time = make_label (clock, "numeric");
  gtk_widget_add_css_class (time, "dimmed");
  gtk_widget_set_valign (time, GTK_ALIGN_BASELINE_FILL);
  gtk_box_append (GTK_BOX (words), make_label (sc_chapter_get_title (chapter), NULL));
  if (*category) {
    GtkWidget *kind = make_label (category, "caption");
    gtk_widget_add_css_class (kind, "dimmed");
    gtk_box_append (GTK_BOX (words), kind);
  }
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), time);
  return row;
}

static DexFuture *
on_chapters (DexFuture *future, gpointer user_data)
{
  ScChaptersButton *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  if (!value)
    return dex_future_new_true ();
  g_set_object (&self->chapters, g_value_get_object (value));
  gtk_list_box_bind_model (self->list, self->chapters, make_row, NULL, NULL);
  sc_seek_bar_set_chapters (self->bar, self->chapters);
  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (self->chapters) > 0);
  return dex_future_new_true ();
}

static void
on_duration (ScChaptersButton *self)
{
  if (self->chapters || sc_player_get_duration (self->player) == 0)
    return;
  dex_clear (&self->asking);
  self->asking = dex_future_finally (sc_client_list_chapters (sc_session_get_client (self->session),
                                                              self->recording),
                                     on_chapters,
                                     self,
                                     NULL);
}

static void
on_popover_show (ScChaptersButton *self)
{
  guint number = find_chapter (self, sc_player_get_position (self->player));
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) number);
  gtk_list_box_select_row (self->list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
on_row_activated (ScChaptersButton *self, GtkListBoxRow *row)
{
  guint number = (guint) gtk_list_box_row_get_index (row);
  gtk_menu_button_popdown (self->button);
  sc_player_seek (self->player, get_begin (self, number), TRUE);
}

static void
sc_chapters_button_dispose (GObject *object)
{
  ScChaptersButton *self = SC_CHAPTERS_BUTTON (object);

  dex_clear (&self->asking);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_CHAPTERS_BUTTON);
  g_clear_object (&self->chapters);
  g_clear_object (&self->player);
  g_clear_object (&self->bar);
  g_clear_object (&self->session);
  g_clear_pointer (&self->recording, g_free);

  G_OBJECT_CLASS (sc_chapters_button_parent_class)->dispose (object);
}

static void
sc_chapters_button_class_init (ScChaptersButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sc_chapters_button_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/chapters-button.ui");
  gtk_widget_class_bind_template_child (widget_class, ScChaptersButton, button);
  gtk_widget_class_bind_template_child (widget_class, ScChaptersButton, list);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_show);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
sc_chapters_button_init (ScChaptersButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_chapters_button_watch:
 * @self: a button
 * @session: whose server it is
 * @recording: whose chapters it has
 * @player: plays it
 * @bar: shows where they begin
 *
 * Has the chapters shown, and followed, for as long as the button is there.
 */
void
sc_chapters_button_watch (ScChaptersButton *self,
                          ScSession *session,
                          ScRecording *recording,
                          ScPlayer *player,
                          ScSeekBar *bar)
{
  self->session = g_object_ref (session);
  self->player = g_object_ref (player);
  self->bar = g_object_ref (bar);
  self->recording = g_strdup (sc_recording_get_fields (recording)->id);
  g_signal_connect_object (player,
                           "notify::duration",
                           G_CALLBACK (on_duration),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * sc_chapters_button_step:
 * @self: a button
 * @steps: 1 for the next chapter; -1 for the begin of this one, or for the one before shortly after
 *   that
 *
 * Goes there, if there is one.
 */
void
sc_chapters_button_step (ScChaptersButton *self, int steps)
{
  if (!self->chapters || g_list_model_get_n_items (self->chapters) == 0)
    return;
  gint64 place = sc_player_get_position (self->player);
  guint number = find_chapter (self, steps > 0 ? place : MAX (0, place - BACK_US));
  if (steps > 0 && ++number == g_list_model_get_n_items (self->chapters))
    return;
  sc_player_seek (self->player, get_begin (self, number), TRUE);
}
