/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a channel says about itself, to be edited in place. Nothing typed is lost: a save that fails
 * leaves the text as it is, and what somebody else saves meanwhile overwrites nothing. */

#include "config.h"

#include "sc-about-group.h"

#include "sc-closures.h"
#include "sc-field-hint.h"
#include "sc-future.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScAboutGroup {
  AdwPreferencesGroup parent_instance;

  ScOwnChannel *own_channel;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkWidget *undo_button;
  GtkWidget *save_button;
  ScFieldHint *hint;

  char *saved; /* as the server has it */
  DexFuture *saving;
};

G_DEFINE_FINAL_TYPE (ScAboutGroup, sc_about_group, ADW_TYPE_PREFERENCES_GROUP)

/* What comes from elsewhere has line ends of its own, and tabs, which are for another width. */
static char *
dup_text (ScAboutGroup *self)
{
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  g_autofree char *text = gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
  g_autoptr (GString) plain = g_string_new (text);
  g_string_replace (plain, "\r\n", "\n", 0);
  g_string_replace (plain, "\r", "\n", 0);
  g_string_replace (plain, "\t", " ", 0);
  return g_string_free_and_steal (g_steal_pointer (&plain));
}

static gboolean
is_edited (ScAboutGroup *self)
{
  g_autofree char *text = dup_text (self);
  return self->saved && g_strcmp0 (text, self->saved) != 0;
}

static void
on_changed (ScAboutGroup *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *problem = sc_about_problem (text);
  gboolean is_saving = self->saving && dex_future_is_pending (self->saving);
  sc_field_hint_set_problem (self->hint, problem);
  gtk_widget_set_visible (self->undo_button, is_edited (self) && !is_saving);
  gtk_widget_set_visible (self->save_button, is_edited (self) && !is_saving && !problem);
}

static void
undo (ScAboutGroup *self)
{
  gtk_text_buffer_set_text (self->buffer, self->saved, -1);
}

static DexFuture *
on_saved (DexFuture *future, gpointer user_data)
{
  ScAboutGroup *self = user_data;
  g_autoptr (GError) error = NULL;
  dex_clear (&self->saving);
  gtk_text_view_set_editable (self->view, TRUE);
  if (dex_future_get_value (future, &error))
    sc_toast (GTK_WIDGET (self), _ ("About text saved"));
  else if (!sc_error_is_cancelled (error))
    sc_toast_error (GTK_WIDGET (self), _ ("The text could not be saved."), error);
  on_changed (self);
  return dex_future_new_true ();
}

static void
save (ScAboutGroup *self)
{
  g_autofree char *text = g_strstrip (dup_text (self));
  const ScChannelChange change = { .about = text };
  gtk_text_view_set_editable (self->view, FALSE);
  DexFuture *asked = sc_own_channel_change (self->own_channel, &change);
  /* It goes on when nobody waits for it any more. */
  dex_future_disown (dex_ref (asked));
  dex_clear (&self->saving);
  self->saving = dex_future_finally (asked, on_saved, self, NULL);
  on_changed (self);
}

static void
on_own_channel_updated (ScAboutGroup *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  if (!channel)
    return;
  const char *about = sc_channel_get_about (channel);
  g_autofree char *typed = g_strstrip (dup_text (self));
  gboolean may_replace = !is_edited (self) || g_strcmp0 (typed, about) == 0;
  if (g_set_str (&self->saved, about) && may_replace)
    gtk_text_buffer_set_text (self->buffer, about, -1);
  on_changed (self);
}

static void
sc_about_group_dispose (GObject *object)
{
  ScAboutGroup *self = SC_ABOUT_GROUP (object);

  dex_clear (&self->saving);
  g_clear_object (&self->own_channel);
  g_clear_pointer (&self->saved, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_ABOUT_GROUP);

  G_OBJECT_CLASS (sc_about_group_parent_class)->dispose (object);
}

static void
sc_about_group_class_init (ScAboutGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_FIELD_HINT);
  G_OBJECT_CLASS (klass)->dispose = sc_about_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/about-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ScAboutGroup, view);
  gtk_widget_class_bind_template_child (widget_class, ScAboutGroup, buffer);
  gtk_widget_class_bind_template_child (widget_class, ScAboutGroup, undo_button);
  gtk_widget_class_bind_template_child (widget_class, ScAboutGroup, save_button);
  gtk_widget_class_bind_template_child (widget_class, ScAboutGroup, hint);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, undo);
  gtk_widget_class_bind_template_callback (widget_class, save);
}

static void
sc_about_group_init (ScAboutGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_about_group_set_own_channel:
 * @self: the group
 * @own_channel: whose text it is
 */
void
sc_about_group_set_own_channel (ScAboutGroup *self, ScOwnChannel *own_channel)
{
  g_set_object (&self->own_channel, own_channel);
  g_signal_connect_object (own_channel,
                           "updated",
                           G_CALLBACK (on_own_channel_updated),
                           self,
                           G_CONNECT_SWAPPED);
}
