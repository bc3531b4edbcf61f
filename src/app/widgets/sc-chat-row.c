/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One line of a chat on show: when, who, what, and what became of it. A list binds hundreds of rows
 * a second: a row has one text, and all else is made when it is wanted. */

#include "config.h"

#include "sc-chat-row.h"

#include "sc-chat-line-actions.h"
#include "sc-chat-line-words.h"
#include "sc-chat-markup.h"
#include "sc-chat-mentions.h"
#include "sc-chat-note.h"
#include "sc-chat-row-menu.h"
#include "sc-chat-words.h"
#include "sc-name-colour.h"
#include "sc-time-words.h"

/* The list gives a row what it has; asking the text for its widths would lay it out twice more. */
#define LEAST_WIDTH 120
#define NATURAL_WIDTH 300

#define BADGE_PIXELS 16

struct _ScChatRow {
  GtkWidget parent_instance;

  ScChatLine *line;
  char *reader; /* (nullable) */
  GtkWidget *text;
  GtkWidget *badge; /* (nullable) */
  GtkWidget *note;  /* (nullable) */
  ScChatRowMenu *menu;
  int badge_index;
};

G_DEFINE_FINAL_TYPE (ScChatRow, sc_chat_row, GTK_TYPE_WIDGET)

/* What it shows. */

static GtkWidget *
make_badge (void)
{
  GtkWidget *badge = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (badge), BADGE_PIXELS);
  gtk_widget_add_css_class (badge, "chat-badge");
  return badge;
}

/* Returns whether there is one. */
static gboolean
show_badge (ScChatRow *self)
{
  const char *icon = sc_chat_badge_icon (sc_chat_line_get_role (self->line));
  if (!icon) {
    g_clear_pointer (&self->badge, gtk_widget_unparent);
    return FALSE;
  }
  if (!self->badge) {
    self->badge = make_badge ();
    gtk_widget_insert_after (self->badge, GTK_WIDGET (self), self->text);
  }
  gtk_image_set_from_icon_name (GTK_IMAGE (self->badge), icon);
  gtk_widget_set_tooltip_text (self->badge,
                               sc_chat_badge_words (sc_chat_line_get_role (self->line)));
  return TRUE;
}

/* In a recording, where one finds it; else when it was said. */
static char *
make_time (ScChatLine *line)
{
  gint64 offset_ms = sc_chat_line_get_offset (line);
  if (offset_ms >= 0)
    return sc_clock_words (offset_ms * 1000);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  return sc_chat_time_words (sc_chat_line_get_time (line), g_get_real_time (), zone);
}

static void
show_text (ScChatRow *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  const char *user_id = sc_chat_line_get_user_id (self->line);
  ScChatLineState state = sc_chat_line_get_state (self->line);
  g_autofree char *time = make_time (self->line);
  g_autofree char *name = sc_chat_name_words (sc_chat_line_get_name (self->line));
  g_autofree char *text = sc_chat_line_text (sc_chat_line_get_text (self->line), state);
  const ScChatMarkup line = {
    .time = time,
    .name = name,
    .colour = adw_style_manager_get_high_contrast (style)
                ? NULL
                : sc_name_colour (user_id, adw_style_manager_get_dark (style)),
    .text = text,
    .badge = show_badge (self),
    .dimmed = state == SC_CHAT_LINE_SENDING || state == SC_CHAT_LINE_WAITING,
    .deleted = state == SC_CHAT_LINE_DELETED,
  };
  g_autofree char *markup = sc_chat_markup (&line);
  self->badge_index = sc_chat_markup_get_badge_index (&line);
  gtk_label_set_markup (GTK_LABEL (self->text), markup);
}

static void
show_note (ScChatRow *self)
{
  ScChatLineState state = sc_chat_line_get_state (self->line);
  const GError *problem = sc_chat_line_get_problem (self->line);
  g_autofree char *note = sc_chat_line_note (state, problem);
  if (!note) {
    g_clear_pointer (&self->note, gtk_widget_unparent);
    return;
  }
  if (!self->note) {
    self->note = g_object_new (SC_TYPE_CHAT_NOTE, NULL);
    gtk_widget_insert_before (self->note, GTK_WIDGET (self), NULL);
  }
  sc_chat_note_show (SC_CHAT_NOTE (self->note), state, problem);
}

static void
set_class (ScChatRow *self, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

/* Whoever reads is addressed. */
static gboolean
is_to_reader (ScChatRow *self)
{
  return !sc_chat_line_get_own (self->line) &&
         sc_chat_line_get_state (self->line) == SC_CHAT_LINE_SHOWN &&
         sc_chat_mentions_include (sc_chat_line_get_text (self->line), self->reader);
}

static void
update (ScChatRow *self)
{
  if (!self->line)
    return;
  show_text (self);
  show_note (self);
  set_class (self, "own", sc_chat_line_get_own (self->line));
  set_class (self,
             "failed",
             sc_chat_line_get_state (self->line) == SC_CHAT_LINE_FAILED &&
               !sc_chat_error_is_held (sc_chat_line_get_problem (self->line)));
  set_class (self, "to-reader", is_to_reader (self));
}

/* Links. */

static gboolean
on_link_activated (ScChatRow *self, const char *uri)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);
  gtk_uri_launcher_launch (launcher, GTK_WINDOW (root), NULL, NULL, NULL);
  return GDK_EVENT_STOP;
}

/* The menu. */

static void
open_menu (ScChatRow *self, double x, double y)
{
  if (self->line)
    sc_chat_row_menu_open (self->menu, self->line, x, y);
}

static void
on_pressed (ScChatRow *self, int n_press, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, x, y);
}

static void
on_long_pressed (ScChatRow *self, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, x, y);
}

static void
on_menu_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sc_chat_row_open_menu (SC_CHAT_ROW (widget));
}

/* The button is there while the pointer or the focus is. */
static void
on_state_flags_changed (ScChatRow *self)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkStateFlags flags = item ? gtk_widget_get_state_flags (item) : GTK_STATE_FLAG_NORMAL;
  gboolean pointed = flags & (GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_FOCUS_WITHIN);
  sc_chat_row_menu_show_button (self->menu, pointed ? self->line : NULL);
}

/* The list item's widget is what has the pointer and the focus. A click is no wish to stay here. */
static void
sc_chat_row_root (GtkWidget *widget)
{
  GtkWidget *item = gtk_widget_get_parent (widget);
  GTK_WIDGET_CLASS (sc_chat_row_parent_class)->root (widget);
  gtk_widget_set_focus_on_click (item, FALSE);
  g_signal_connect_object (item,
                           "state-flags-changed",
                           G_CALLBACK (on_state_flags_changed),
                           widget,
                           G_CONNECT_SWAPPED);
}

static void
sc_chat_row_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_parent (widget), widget);
  GTK_WIDGET_CLASS (sc_chat_row_parent_class)->unroot (widget);
}

/* Layout: the text, below it the note, and above both in a corner the button. */

static int
measure_height (GtkWidget *child, int width)
{
  int height = 0;
  if (child)
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

static void
sc_chat_row_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  ScChatRow *self = SC_CHAT_ROW (widget);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = LEAST_WIDTH;
    *natural = NATURAL_WIDTH;
    return;
  }
  int width = for_size < 0 ? NATURAL_WIDTH : MAX (for_size, LEAST_WIDTH);
  *minimum = measure_height (self->text, width) + measure_height (self->note, width);
  *natural = *minimum;
}

/* In the room that the text leaves. */
static void
allocate_badge (ScChatRow *self)
{
  PangoRectangle place;
  int x, y;
  gtk_label_get_layout_offsets (GTK_LABEL (self->text), &x, &y);
  pango_layout_index_to_pos (gtk_label_get_layout (GTK_LABEL (self->text)),
                             self->badge_index,
                             &place);
  x += PANGO_PIXELS (MIN (place.x, place.x + place.width)) + 1;
  y += PANGO_PIXELS (place.y + place.height / 2) - BADGE_PIXELS / 2;
  gtk_widget_measure (self->badge, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->badge, &(GtkAllocation) { x, y, BADGE_PIXELS, BADGE_PIXELS }, -1);
}

static void
sc_chat_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ScChatRow *self = SC_CHAT_ROW (widget);
  int note_height = measure_height (self->note, width);
  int text_height = height - note_height;
  gtk_widget_size_allocate (self->text, &(GtkAllocation) { 0, 0, width, text_height }, -1);
  if (self->note)
    gtk_widget_size_allocate (self->note,
                              &(GtkAllocation) { 0, text_height, width, note_height },
                              -1);
  if (self->badge)
    allocate_badge (self);
  sc_chat_row_menu_allocate (self->menu, width);
}

static GtkSizeRequestMode
sc_chat_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sc_chat_row_dispose (GObject *object)
{
  ScChatRow *self = SC_CHAT_ROW (object);

  sc_chat_row_set_line (self, NULL);
  g_clear_pointer (&self->menu, sc_chat_row_menu_free);
  g_clear_pointer (&self->note, gtk_widget_unparent);
  g_clear_pointer (&self->badge, gtk_widget_unparent);
  g_clear_pointer (&self->text, gtk_widget_unparent);

  G_OBJECT_CLASS (sc_chat_row_parent_class)->dispose (object);
}

static void
sc_chat_row_finalize (GObject *object)
{
  g_free (SC_CHAT_ROW (object)->reader);

  G_OBJECT_CLASS (sc_chat_row_parent_class)->finalize (object);
}

static void
sc_chat_row_class_init (ScChatRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sc_chat_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = sc_chat_row_finalize;
  widget_class->root = sc_chat_row_root;
  widget_class->unroot = sc_chat_row_unroot;
  widget_class->measure = sc_chat_row_measure;
  widget_class->size_allocate = sc_chat_row_size_allocate;
  widget_class->get_request_mode = sc_chat_row_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "chat-row");
  gtk_widget_class_install_action (widget_class, "row.menu", NULL, on_menu_action);
  sc_chat_line_actions_install (widget_class);
}

static void
add_gestures (ScChatRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (on_long_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
}

static void
sc_chat_row_init (ScChatRow *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  self->menu = sc_chat_row_menu_new (GTK_WIDGET (self));
  self->text = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->text), 0);
  gtk_label_set_yalign (GTK_LABEL (self->text), 0);
  gtk_label_set_wrap (GTK_LABEL (self->text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->text), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
  g_signal_connect_object (self->text,
                           "activate-link",
                           G_CALLBACK (on_link_activated),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style,
                           "notify::high-contrast",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  add_gestures (self);
}

/**
 * sc_chat_row_new:
 *
 * Returns: (transfer floating): a row that shows no line yet
 */
GtkWidget *
sc_chat_row_new (void)
{
  return g_object_new (SC_TYPE_CHAT_ROW, NULL);
}

/**
 * sc_chat_row_get_line:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the line that it shows
 */
ScChatLine *
sc_chat_row_get_line (ScChatRow *self)
{
  return self->line;
}

/**
 * sc_chat_row_set_reader:
 * @self: a row that shows no line
 * @name: (nullable): what whoever reads is called: lines that address them stand out
 */
void
sc_chat_row_set_reader (ScChatRow *self, const char *name)
{
  g_set_str (&self->reader, name);
}

/**
 * sc_chat_row_set_line:
 * @self: a row
 * @line: (nullable): a line
 *
 * Shows a line, and what becomes of it.
 */
void
sc_chat_row_set_line (ScChatRow *self, ScChatLine *line)
{
  if (self->line == line)
    return;
  if (self->line)
    g_signal_handlers_disconnect_by_func (self->line, update, self);
  g_set_object (&self->line, line);
  if (line)
    g_signal_connect_object (line, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * sc_chat_row_open_menu:
 * @self: a row
 *
 * Shows what can be done with the line.
 */
void
sc_chat_row_open_menu (ScChatRow *self)
{
  open_menu (self, -1, -1);
}
