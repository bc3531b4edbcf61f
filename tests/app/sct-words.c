/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether the words on a window are translatable, and there to be read. It is asked for by
 * STREAMCAT_WORDS, in a catalogue of words/pseudo.py, which has every text of ours in brackets:
 * text without them is somebody's data, a name that is none's to translate, or a sentence that was
 * forgotten. words/run has the programs do it.
 */

#include "config.h"

#include "sct-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#define OPENING "⟦"

/* What has no brackets and is right: what people wrote and are called, what GTK itself says, names
 * of things, units and keys. */
static const char *const not_ours[] = {
  "^(mia|ada|bob|eve|cat|you|zoe|kim|leo|ana|Cats|Kittens)\\b",
  "^(Ada plays|Adagio|adamant|ben|carl|Chess|Compilers|dora|Endgames|Long games|Music|Newest|"
  "Openings|Stones|A kind of thing|Bread|Engines|Listening|Weaving|laptop|desktop)\\b",
  "^A title that is so long",
  "^(Notes|is this thing on\\?|look at example\\.com|SO MANY CAPITALS)$",
  "^01234-56789-ABCDE-FGHJK$",
  "^(Back|Clear|Clear Entry|Close|Dismiss|Menu|More|Search|Show Password)$",
  "^(avdec_h264|OBS|RTMPS|SRT|StreamCat|Amazon IVS|AAC|H\\.264|AV1)\\b",
  "\\b(Ctrl|Shift|Alt|Escape|Return|Delete|Home|End|Space|Tab)\\b|^(Up|Down|Left|Right)$|^F\\d+$|^"
  "Page (Up|Down)$",
  "://|^sk_|^[@#/]",
  "^[0-9:.,×%+ ·–-]*(p|p\\d+|s|fps|kb/s|Mb/s)?$",
  NULL,
};

typedef struct {
  GtkWidget *window;
  const char *name;
  GRegex *known;
  gboolean pseudo;
} Look;

/**
 * sct_words_init:
 *
 * Has the program speak the language of LANGUAGE with the catalogues in STREAMCAT_LOCALEDIR.
 * Without that variable it does nothing.
 */
void
sct_words_init (void)
{
  const char *locales = g_getenv ("STREAMCAT_LOCALEDIR");
  if (!locales)
    return;
  setlocale (LC_ALL, "");
  bindtextdomain (SC_GETTEXT_PACKAGE, locales);
  bind_textdomain_codeset (SC_GETTEXT_PACKAGE, "UTF-8");
  textdomain (SC_GETTEXT_PACKAGE);
}

/**
 * sct_words_strip:
 * @text: what is on screen
 *
 * Returns: (transfer full): @text without what words/pseudo.py adds to it
 */
char *
sct_words_strip (const char *text)
{
  g_autoptr (GRegex) added = g_regex_new ("⟦|⟧|⟪[^⟫]*⟫", 0, 0, NULL);
  return g_regex_replace_literal (added, text, -1, 0, "", 0, NULL);
}

static void
complain (Look *look, const char *what, GtkWidget *widget, const char *text)
{
  g_test_message ("%s: %s: %s \"%s\"", look->name, what, G_OBJECT_TYPE_NAME (widget), text);
  g_test_fail ();
}

static void
look_at_text (Look *look, GtkWidget *widget, const char *what, const char *text)
{
  static const char letters[] = "[[:alpha:]]{2}";
  if (!look->pseudo || !text || !g_regex_match_simple (letters, text, 0, 0) ||
      strstr (text, OPENING))
    return;
  if (!g_regex_match (look->known, text, 0, NULL))
    complain (look, what, widget, text);
}

/* Adwaita cuts these by itself where there is no room: the value of a row is whole in its list, the
 * title of a field is back when the field is empty, that of a window is its page's. */
static gboolean
is_cut_by_design (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, ADW_TYPE_COMBO_ROW) ||
         gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) ||
         gtk_widget_get_ancestor (widget, ADW_TYPE_HEADER_BAR);
}

static void
look_at_space (Look *look, GtkLabel *label)
{
  GtkWidget *widget = GTK_WIDGET (label);
  const char *text = gtk_label_get_text (label);
  graphene_rect_t bounds;
  if (!strstr (text, OPENING) || !gtk_widget_compute_bounds (widget, look->window, &bounds))
    return;
  float right = bounds.origin.x + bounds.size.width;
  if (pango_layout_is_ellipsized (gtk_label_get_layout (label)) && !is_cut_by_design (widget))
    complain (look, "cut", widget, text);
  else if (bounds.origin.x < -1 || right > gtk_widget_get_width (look->window) + 1)
    complain (look, "out of the window", widget, text);
}

static void
look_at_dialog (Look *look, AdwDialog *dialog)
{
  GtkWidget *child = adw_dialog_get_child (dialog);
  int needed;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL, NULL, NULL);
  if (needed > gtk_widget_get_width (child))
    complain (look, "wider than its place", GTK_WIDGET (dialog), adw_dialog_get_title (dialog));
}

/* A scale or an entry draws its text by itself. */
static gboolean
is_data (GtkWidget *widget)
{
  return GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget);
}

static void
look_at (Look *look, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || is_data (widget))
    return;
  look_at_text (look, widget, "untranslated tooltip", gtk_widget_get_tooltip_text (widget));
  if (GTK_IS_LABEL (widget)) {
    look_at_text (look, widget, "untranslated", gtk_label_get_text (GTK_LABEL (widget)));
    look_at_space (look, GTK_LABEL (widget));
  }
  if (ADW_IS_DIALOG (widget))
    look_at_dialog (look, ADW_DIALOG (widget));
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at;
       at = gtk_widget_get_next_sibling (at))
    look_at (look, at);
}

/**
 * sct_words_check:
 * @window: a window on screen
 * @name: what it shows
 * @width: how wide it was to be, in pixels; 0 for any
 *
 * With STREAMCAT_WORDS fails the test for each text on the window that is not translated or cannot
 * be read to its end, and if the window had to become wider for one.
 */
void
sct_words_check (GtkWidget *window, const char *name, int width)
{
  if (!g_getenv ("STREAMCAT_WORDS"))
    return;
  g_autofree char *pattern = g_strjoinv ("|", (char **) not_ours);
  g_autoptr (GRegex) known = g_regex_new (pattern, G_REGEX_OPTIMIZE, 0, NULL);
  Look look = { window, name, known, strstr (_ ("Close Window"), OPENING) != NULL };
  look_at (&look, window);
  if (g_str_equal (g_getenv ("STREAMCAT_WORDS"), "right-to-left"))
    g_assert_cmpint (gtk_widget_get_direction (window), ==, GTK_TEXT_DIR_RTL);
  if (width > 0 && gtk_widget_get_width (window) > width) {
    g_test_message ("%s: %d wide instead of %d", name, gtk_widget_get_width (window), width);
    g_test_fail ();
  }
}
