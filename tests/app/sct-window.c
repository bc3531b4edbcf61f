/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-window.h"

#include "sc-contrast.h"
#include "sc-places.h"
#include "sct-contrast.h"
#include "sct-log.h"
#include "sct-words.h"

#include <glib/gstdio.h>
#include <libdex.h>
#include <stdlib.h>
#include <string.h>

/* Without a compositor a window has a frame of 5 pixels on each side. */
#define FRAME 10

/* How a window is looked at: how wide in pixels, in what colours, with a font of how many per cent.
 */
typedef struct {
  const char *suffix;
  int width;
  AdwColorScheme scheme;
  guint font_percent;
} View;

static gboolean
fits (GtkWidget *widget, GType type, const char *text)
{
  if (!G_TYPE_CHECK_INSTANCE_TYPE (widget, type) || !gtk_widget_get_mapped (widget))
    return FALSE;
  if (!text)
    return TRUE;
  const char *here = g_dgettext (SC_GETTEXT_PACKAGE, text);
  const char *shown = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget))
                                            : gtk_widget_get_tooltip_text (widget);
  if (!shown || strstr (shown, here))
    return shown != NULL;
  g_autofree char *stripped = g_getenv ("STREAMCAT_WORDS") ? sct_words_strip (shown) : NULL;
  return stripped && strstr (stripped, text);
}

/**
 * sct_find:
 * @root: where to look
 * @type: what kind of widget
 * @text: (nullable): part of what is on the label, or of the tooltip of another widget, which may
 *   be there in the language of sct_words_init()
 *
 * Returns: (transfer none) (nullable): the first one that is on screen
 */
GtkWidget *
sct_find (GtkWidget *root, GType type, const char *text)
{
  for (GtkWidget *at = gtk_widget_get_first_child (root); at;
       at = gtk_widget_get_next_sibling (at)) {
    GtkWidget *found = fits (at, type, text) ? at : sct_find (at, type, text);
    if (found)
      return found;
  }
  return NULL;
}

static void
on_after_paint (GdkFrameClock *clock, guint *n_frames)
{
  (*n_frames)++;
}

/* The parts of an alternative can be had in its text alone: GTK 4.18 has two in each, GTK 4.24 any
 * number in one, of which its getters know two. */
static gboolean
is_triggered_by (GtkShortcutTrigger *trigger, guint key)
{
  g_autofree char *text = gtk_shortcut_trigger_to_string (trigger);
  g_auto (GStrv) keys = g_strsplit (text, "|", -1);
  for (guint i = 0; keys[i]; i++) {
    const char *modifiers = strrchr (keys[i], '>');
    if (g_str_equal (modifiers ? modifiers + 1 : keys[i], gdk_keyval_name (key)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
activate (GtkShortcut *shortcut, GtkWidget *widget)
{
  return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut),
                                       0,
                                       widget,
                                       gtk_shortcut_get_arguments (shortcut));
}

static gboolean
activate_any (GListModel *shortcuts, guint key, GtkWidget *widget)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++) {
    g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);
    if (is_triggered_by (gtk_shortcut_get_trigger (shortcut), key) && activate (shortcut, widget))
      return TRUE;
  }
  return FALSE;
}

/**
 * sct_press_shortcut:
 * @widget: a widget with shortcuts of its own
 * @key: without modifiers
 *
 * Does what the key's shortcut does: the first one that has something to do.
 *
 * Returns: %FALSE if there is none, or it has nothing to do
 */
gboolean
sct_press_shortcut (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean done = FALSE;
  for (guint i = 0; !done && i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (GTK_IS_SHORTCUT_CONTROLLER (controller))
      done = activate_any (G_LIST_MODEL (controller), key, widget);
  }
  return done;
}

/**
 * sct_open_menu:
 * @root: a widget with a menu button in it
 */
void
sct_open_menu (GtkWidget *root)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (sct_find (root, GTK_TYPE_MENU_BUTTON, NULL)));
}

/* GTK's own names for them do not reach a screen reader. */
static guint
count_named_items (GtkWidget *widget)
{
  guint n_items = g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton");
  if (n_items > 0)
    g_assert_true (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at;
       at = gtk_widget_get_next_sibling (at))
    n_items += count_named_items (at);
  return n_items;
}

/**
 * sct_open_menus:
 * @root: a widget
 *
 * Opens one menu in it after the other; a screen reader has to find a name for each item.
 *
 * Returns: how many items
 */
guint
sct_open_menus (GtkWidget *root)
{
  guint n_items = 0;
  if (GTK_IS_MENU_BUTTON (root) && gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (root))) {
    gtk_menu_button_set_active (GTK_MENU_BUTTON (root), TRUE);
    n_items = count_named_items (root);
    gtk_menu_button_set_active (GTK_MENU_BUTTON (root), FALSE);
  }
  for (GtkWidget *at = gtk_widget_get_first_child (root); at; at = gtk_widget_get_next_sibling (at))
    n_items += sct_open_menus (at);
  return n_items;
}

/**
 * sct_wait_frames:
 * @widget: a widget on screen
 * @wanted: how many frames
 *
 * Layout of wrapped text settles in the frame after the first.
 */
void
sct_wait_frames (GtkWidget *widget, guint wanted)
{
  guint n_frames = 0;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &n_frames);
  while (n_frames < wanted) {
    gtk_widget_queue_draw (widget);
    g_main_context_iteration (NULL, TRUE);
  }
  g_signal_handler_disconnect (clock, handler);
}

/**
 * sct_paint:
 * @window: a window on screen
 *
 * Returns: (transfer full): what it looks like
 */
GdkTexture *
sct_paint (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable,
                          snapshot,
                          gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  return gsk_renderer_render_texture (renderer, node, NULL);
}

/* With the sanitizer, to measure what is painted takes five minutes and tells nothing more: it is
 * for who wants pictures or words alone. */
static gboolean
is_looked_at (void)
{
#ifdef __SANITIZE_ADDRESS__
  return g_getenv ("STREAMCAT_PICTURES") || g_getenv ("STREAMCAT_WORDS");
#else
  return TRUE;
#endif
}

/* What the desktop's settings say; as without a portal, libadwaita asks them. */
static GSettings *
get_contrast_settings (void)
{
  static GSettings *settings; /* as long as the program */
  if (!settings)
    settings = g_settings_new ("org.gnome.desktop.a11y.interface");
  return settings;
}

static void
set_high_contrast (GtkWidget *window, gboolean high)
{
  g_settings_set_boolean (get_contrast_settings (), "high-contrast", high);
  while (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) != high)
    g_main_context_iteration (NULL, TRUE);
  sct_wait_frames (window, 2);
}

static void
save (GtkWidget *window, const char *name)
{
  sct_words_check (window, name, 0);
  if (!g_getenv ("STREAMCAT_WORDS"))
    sct_contrast_check (window, name);
  if (!g_getenv ("STREAMCAT_PICTURES"))
    return;
  g_autoptr (GdkTexture) texture = sct_paint (window);
  g_autofree char *path = g_strdup_printf ("%s/%s.png", g_getenv ("STREAMCAT_PICTURES"), name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

/* A menu that is open has a surface of its own. */
static void
save_all (GtkWidget *window, const char *name)
{
  GtkWidget *popover = sct_find (window, GTK_TYPE_POPOVER, NULL);
  g_autofree char *more = g_strconcat (name, "-popover", NULL);
  save (window, name);
  if (popover)
    save (popover, more);
}

/**
 * sct_save_picture:
 * @window: a window on screen
 * @name: what to call the picture
 *
 * With STREAMCAT_PICTURES=DIR paints the window to DIR/NAME.png and, in high contrast, to
 * DIR/NAME-hc.png; a popover that is open in it to DIR/NAME-popover.png. Fails the test for what
 * does not stand out from what is behind it; with the sanitizer, where there are pictures alone.
 */
void
sct_save_picture (GtkWidget *window, const char *name)
{
  if (!is_looked_at ())
    return;
  g_autofree char *high = g_strconcat (name, "-hc", NULL);
  save_all (window, name);
  if (g_getenv ("STREAMCAT_WORDS"))
    return;
  set_high_contrast (window, TRUE);
  save_all (window, high);
  set_high_contrast (window, FALSE);
}

/**
 * sct_set_font:
 * @percent: how large a font is, 100 for as large as it is by itself
 *
 * Shows all windows with fonts of another size, as the desktop's setting for large text does.
 */
void
sct_set_font (guint percent)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * (int) percent / 100, NULL);
}

static AdwDialog *
get_dialog (GtkWidget *window)
{
  if (!ADW_IS_APPLICATION_WINDOW (window))
    return NULL;
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
}

/* A size that comes back from the display late takes the place of the one that was asked for, so it
 * is asked for again, but not for ever: what does not fit is never so narrow. */
static void
apply_width (GtkWidget *window, int width, int height)
{
  for (guint i = 0; i == 0 || (i < 100 && gtk_widget_get_width (window) > width + FRAME); i++) {
    gtk_window_set_default_size (GTK_WINDOW (window), width + FRAME, height);
    sct_wait_frames (window, 1);
  }
}

/* A dialog becomes a sheet, and a sheet a dialog, without the focus: the window of GTK
 * before 4.24 keeps a reference to what the focus has to leave, and forgets to give it back when
 * something else has to be left in the same frame: all that is in the dialog would stay for good.
 */
static void
resize (GtkWidget *window, int width, int height)
{
  GtkWidget *dialog = (GtkWidget *) get_dialog (window);
  if (dialog) {
    gtk_widget_set_can_focus (dialog, FALSE);
    gtk_window_set_focus (GTK_WINDOW (window), NULL);
  }
  apply_width (window, width, height);
  if (dialog) {
    sct_wait_frames (window, 2);
    gtk_widget_set_can_focus (dialog, TRUE);
  }
}

/* What does not fit is a warning of Adwaita's, which ends a test. An alert of Adwaita 1.7 has its
 * heading in two sizes, and measures the larger one also where only the smaller one has room. */
static void
apply_view (GtkWidget *window, const View *view, int height)
{
  gboolean has_alert = ADW_IS_ALERT_DIALOG (get_dialog (window));
  GLogLevelFlags fatal = has_alert ? G_LOG_FATAL_MASK : 0;
  if (fatal)
    fatal = g_log_set_always_fatal (fatal);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), view->scheme);
  resize (window, view->width, height);
  sct_set_font (view->font_percent);
  sct_wait_frames (window, 5);
  if (fatal)
    g_log_set_always_fatal (fatal);
  g_assert_cmpint (gtk_widget_get_width (window), <=, view->width + FRAME);
}

/* In per cent, 100 for as large as it is by itself. */
static guint
get_usual_font (void)
{
  const char *percent = g_getenv ("STREAMCAT_FONT");
  return percent ? (guint) atoi (percent) : 100;
}

static void
leave_view (GtkWidget *window)
{
  const View usual = { NULL, 1280, ADW_COLOR_SCHEME_FORCE_LIGHT, get_usual_font () };
  apply_view (window, &usual, 800);
}

/**
 * sct_check_large:
 * @window: a window on screen
 *
 * Fails the test unless everything has room in 360 pixels with a font twice as large; leaves the
 * window wide.
 */
void
sct_check_large (GtkWidget *window)
{
  static const View large = { NULL, 360, ADW_COLOR_SCHEME_FORCE_LIGHT, 200 };
  if (g_getenv ("STREAMCAT_WORDS"))
    return;
  apply_view (window, &large, 720);
  leave_view (window);
}

/**
 * sct_check_narrow:
 * @window: a window on screen
 *
 * Fails the test unless everything has room in 360 pixels; leaves the window wide.
 */
void
sct_check_narrow (GtkWidget *window)
{
  static const View narrow = { NULL, 360, ADW_COLOR_SCHEME_FORCE_LIGHT, 100 };
  apply_view (window, &narrow, 720);
  leave_view (window);
}

static void
look_at_colours (GtkWidget *window, const char *name, SctArrange arrange, gpointer data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  AdwColorScheme usual = adw_style_manager_get_color_scheme (manager);
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
    adw_style_manager_set_color_scheme (manager, schemes[i]);
    sct_wait_frames (window, 2);
    if (arrange)
      arrange (data);
    sct_save_picture (window, name);
  }
  adw_style_manager_set_color_scheme (manager, usual);
  sct_wait_frames (window, 2);
}

static void
look_at_view (GtkWidget *window,
              const char *name,
              const View *view,
              int height,
              SctArrange arrange,
              gpointer data)
{
  g_autofree char *file = g_strdup_printf ("%s-%s", name, view->suffix);
  apply_view (window, view, height);
  if (arrange)
    arrange (data);
  sct_save_picture (window, file);
}

/* As words/run wants to see it: wide, unless the font is large, and where there is least room. */
static void
look_at_words (GtkWidget *window, const char *name, int height, SctArrange arrange, gpointer data)
{
  guint font = get_usual_font ();
  const View wide = { "wide", 1280, ADW_COLOR_SCHEME_FORCE_LIGHT, font };
  const View narrow = { "narrow", 360, ADW_COLOR_SCHEME_FORCE_LIGHT, font };
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  if (font == 100)
    look_at_view (window, name, &wide, height, arrange, data);
  look_at_view (window, name, &narrow, height, arrange, data);
  leave_view (window);
}

/**
 * sct_take_pictures_with:
 * @window: a window on screen
 * @name: what to call the pictures
 * @height: of the window, in pixels
 * @arrange: (nullable): what to do with the window before each, as to scroll it
 * @data: for @arrange
 *
 * With STREAMCAT_PICTURES=DIR does sct_save_picture() as NAME-VIEW: wide and narrow, light, dark
 * and with a font twice as large. It fails the test if the window does not fit, and leaves it wide.
 * Without the variable it looks at the window as it is, in all colours; with the sanitizer it does
 * not.
 */
void
sct_take_pictures_with (GtkWidget *window,
                        const char *name,
                        int height,
                        SctArrange arrange,
                        gpointer data)
{
  static const View views[] = {
    { "wide-light", 1280, ADW_COLOR_SCHEME_FORCE_LIGHT, 100 },
    { "wide-dark", 1280, ADW_COLOR_SCHEME_FORCE_DARK, 100 },
    { "wide-large", 1280, ADW_COLOR_SCHEME_FORCE_LIGHT, 200 },
    { "narrow-light", 360, ADW_COLOR_SCHEME_FORCE_LIGHT, 100 },
    { "narrow-dark", 360, ADW_COLOR_SCHEME_FORCE_DARK, 100 },
    { "narrow-large", 360, ADW_COLOR_SCHEME_FORCE_LIGHT, 200 },
  };
  if (!is_looked_at ())
    return;
  if (g_getenv ("STREAMCAT_WORDS")) {
    look_at_words (window, name, height, arrange, data);
    return;
  }
  if (!g_getenv ("STREAMCAT_PICTURES")) {
    look_at_colours (window, name, arrange, data);
    return;
  }
  /* A cursor that blinks while the font becomes another one is warned of. */
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    look_at_view (window, name, &views[i], height, arrange, data);
  leave_view (window);
}

/**
 * sct_take_pictures:
 * @window: a window on screen
 * @name: what to call the pictures
 *
 * Does sct_take_pictures_with() for a window of 720 pixels of height.
 */
void
sct_take_pictures (GtkWidget *window, const char *name)
{
  sct_take_pictures_with (window, name, 720, NULL, NULL);
}

static GtkCssProvider *
make_style (const char *leaf)
{
  g_autofree char *path = g_strconcat ("/io/github/streamcat/StreamCat/", leaf, NULL);
  GtkCssProvider *provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, path);
  return provider;
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) usual = make_style ("style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (usual),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/streamcat/StreamCat/icons");
  sc_contrast_follow ();
}

/**
 * sct_forget_places:
 *
 * Has windows made from now on begin each recording at its start.
 */
void
sct_forget_places (void)
{
  g_autofree char *path = sc_places_dup_path ();
  g_remove (path);
}

/**
 * sct_window_init:
 * @argc: the program's
 * @argv: the program's
 *
 * Begins a program of tests that show windows: with the application's style and icons, as the
 * application loads them for itself, and without animations. STREAMCAT_FONT is the size of its font
 * in per cent.
 */
void
sct_window_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  sct_log_init ();
  sct_words_init ();
  dex_init ();
  g_setenv ("ADW_DISABLE_PORTAL", "1", TRUE);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  sct_set_font (get_usual_font ());
  load_style ();
}
