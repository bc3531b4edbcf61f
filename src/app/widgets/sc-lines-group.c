/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A list of words that is edited as text, one on each line. */

#include "config.h"

#include "sc-lines-group.h"

#include "sc-field-hint.h"

#include <glib/gi18n.h>

struct _ScLinesGroup {
  AdwPreferencesGroup parent_instance;

  GtkTextView *view;
  ScFieldHint *hint;
  guint max_lines;
  guint max_length;
};

typedef enum {
  SIGNAL_EDITED,
} ScLinesGroupSignal;

static guint signals[SIGNAL_EDITED + 1];

G_DEFINE_FINAL_TYPE (ScLinesGroup, sc_lines_group, ADW_TYPE_PREFERENCES_GROUP)

static char *
find_problem (ScLinesGroup *self)
{
  g_auto (GStrv) lines = sc_lines_group_get_lines (self);
  guint n_lines = g_strv_length (lines);
  if (n_lines > self->max_lines)
    return g_strdup_printf (ngettext ("At most %u line.", "At most %u lines.", self->max_lines),
                            self->max_lines);
  for (guint i = 0; i < n_lines; i++)
    if (g_utf8_strlen (lines[i], -1) > (glong) self->max_length)
      /* Translators: the beginning of a line, and how many characters it may have */
      return g_strdup_printf (_ ("“%1$.20s…” is longer than %2$u characters."),
                              lines[i],
                              self->max_length);
  return NULL;
}

static void
on_changed (ScLinesGroup *self)
{
  g_autofree char *problem = find_problem (self);
  sc_field_hint_set_problem (self->hint, problem);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

/* A title is a property of the base class. */
static void
on_title (ScLinesGroup *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (self)),
                                  -1);
}

static void
sc_lines_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SC_TYPE_LINES_GROUP);

  G_OBJECT_CLASS (sc_lines_group_parent_class)->dispose (object);
}

static void
sc_lines_group_class_init (ScLinesGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_FIELD_HINT);

  G_OBJECT_CLASS (klass)->dispose = sc_lines_group_dispose;

  /**
   * ScLinesGroup::edited:
   *
   * The text is another one.
   */
  signals[SIGNAL_EDITED] = g_signal_new ("edited",
                                         G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/lines-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ScLinesGroup, view);
  gtk_widget_class_bind_template_child (widget_class, ScLinesGroup, hint);
}

static void
sc_lines_group_init (ScLinesGroup *self)
{
  self->max_lines = G_MAXUINT;
  self->max_length = G_MAXINT;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->view),
                           "changed",
                           G_CALLBACK (on_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::title", G_CALLBACK (on_title), NULL);
}

/**
 * sc_lines_group_get_lines:
 * @self: a group
 *
 * Returns: (transfer full): what is on the lines, without those that are empty
 */
char **
sc_lines_group_get_lines (ScLinesGroup *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_autofree char *text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_auto (GStrv) all = g_strsplit (text, "\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; all[i]; i++)
    if (*g_strstrip (all[i]))
      g_strv_builder_add (builder, all[i]);
  return g_strv_builder_end (builder);
}

/**
 * sc_lines_group_set_lines:
 * @self: a group
 * @lines: what is to be on its lines
 */
void
sc_lines_group_set_lines (ScLinesGroup *self, const char *const *lines)
{
  g_autofree char *text = g_strjoinv ("\n", (char **) lines);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);
}

/**
 * sc_lines_group_set_limits:
 * @self: a group
 * @max_lines: how many there may be
 * @max_length: how many characters each may have
 */
void
sc_lines_group_set_limits (ScLinesGroup *self, guint max_lines, guint max_length)
{
  self->max_lines = max_lines;
  self->max_length = max_length;
}

/**
 * sc_lines_group_set_editable:
 * @self: a group
 * @editable: whether the text can be changed; it can be read and copied anyhow
 */
void
sc_lines_group_set_editable (ScLinesGroup *self, gboolean editable)
{
  gtk_text_view_set_editable (self->view, editable);
  gtk_text_view_set_cursor_visible (self->view, editable);
}

/**
 * sc_lines_group_set_problem:
 * @self: a group
 * @problem: (nullable): what is wrong with it, until it is changed
 */
void
sc_lines_group_set_problem (ScLinesGroup *self, const char *problem)
{
  sc_field_hint_set_problem (self->hint, problem);
}

/**
 * sc_lines_group_has_problem:
 * @self: a group
 *
 * Returns: whether something is wrong with it
 */
gboolean
sc_lines_group_has_problem (ScLinesGroup *self)
{
  return sc_field_hint_has_problem (self->hint);
}
