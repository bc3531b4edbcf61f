/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The channel's title, or its category, to be edited in place: Enter or the check mark saves,
 * Escape undoes, and a saved change can be undone from its toast. What somebody else saves
 * meanwhile shows, unless it would overwrite what is being typed.
 */

#include "config.h"

#include "sc-title-group.h"

#include "sc-client-error.h"
#include "sc-closures.h"
#include "sc-error-words.h"
#include "sc-field-hint.h"
#include "sc-future.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

typedef struct {
  const char *group;
  const char *name;
  const char *save;
  const char *saved;
  const char *failed;
  char *(*find_problem) (const char *text);
  const char *(*get) (ScChannel *channel);
} Words;

static const Words words[] = {
  { N_ ("What Viewers See"),
    N_ ("Title"),
    N_ ("Save Title"),
    N_ ("Title saved"),
    N_ ("The title could not be saved."),
    sc_title_problem,
    sc_channel_get_title },
  { "",
    N_ ("Category"),
    N_ ("Save Category"),
    N_ ("Category saved"),
    N_ ("The category could not be saved."),
    sc_category_problem,
    sc_channel_get_category },
};

struct _ScTitleGroup {
  AdwPreferencesGroup parent_instance;

  gboolean is_category;
  ScOwnChannel *own_channel;
  AdwEntryRow *row;
  ScFieldHint *hint;
  GtkWidget *undo_button;
  GtkWidget *save_button;

  /* As the server has it, and as it had it before the last change from here. */
  char *saved;
  char *previous;
  DexFuture *saving;
};

typedef enum {
  PROP_IS_CATEGORY = 1,
} ScTitleGroupProperty;

static GParamSpec *properties[PROP_IS_CATEGORY + 1];

G_DEFINE_FINAL_TYPE (ScTitleGroup, sc_title_group, ADW_TYPE_PREFERENCES_GROUP)

static const Words *
get_words (ScTitleGroup *self)
{
  return &words[self->is_category];
}

static const char *
get_text (ScTitleGroup *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->row));
}

static gboolean
is_edited (ScTitleGroup *self)
{
  return self->saved && g_strcmp0 (get_text (self), self->saved) != 0;
}

static void
on_changed (ScTitleGroup *self)
{
  g_autofree char *problem = self->saved ? get_words (self)->find_problem (get_text (self)) : NULL;
  sc_field_hint_set_problem (self->hint, problem);
  gtk_widget_set_visible (self->undo_button, is_edited (self));
  gtk_widget_set_visible (self->save_button, is_edited (self) && !problem);
}

static void
set_text (ScTitleGroup *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->row), text);
}

static void
undo (ScTitleGroup *self)
{
  if (!is_edited (self))
    return;
  set_text (self, self->saved);
  gtk_editable_set_position (GTK_EDITABLE (self->row), -1);
}

static gboolean
on_key_pressed (ScTitleGroup *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key != GDK_KEY_Escape || !is_edited (self))
    return GDK_EVENT_PROPAGATE;
  undo (self);
  return GDK_EVENT_STOP;
}

static void save_title (ScTitleGroup *self, const char *title);

static void
on_toast_undo (AdwToast *toast, gpointer user_data)
{
  ScTitleGroup *self = SC_TITLE_GROUP (user_data);
  if (!self->previous)
    return;
  g_autofree char *previous = g_steal_pointer (&self->previous);
  if (!is_edited (self))
    set_text (self, previous);
  save_title (self, previous);
}

static void
say_saved (ScTitleGroup *self)
{
  AdwToast *toast = adw_toast_new (_ (get_words (self)->saved));
  if (self->previous) {
    adw_toast_set_button_label (toast, _ ("_Undo"));
    g_signal_connect_object (toast,
                             "button-clicked",
                             G_CALLBACK (on_toast_undo),
                             self,
                             G_CONNECT_DEFAULT);
  }
  sc_toast_show (GTK_WIDGET (self), toast);
}

static void
say_failure (ScTitleGroup *self, const GError *error)
{
  if (sc_error_is_cancelled (error))
    return;
  if (g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_INVALID_TITLE))
    sc_field_hint_set_problem (self->hint, sc_error_words (error).body);
  else
    sc_toast_error (GTK_WIDGET (self), _ (get_words (self)->failed), error);
}

static DexFuture *
on_saved (DexFuture *future, gpointer user_data)
{
  ScTitleGroup *self = user_data;
  g_autoptr (GError) error = NULL;
  gtk_editable_set_editable (GTK_EDITABLE (self->row), TRUE);
  on_changed (self);
  if (dex_future_get_value (future, &error))
    say_saved (self);
  else
    say_failure (self, error);
  return dex_future_new_true ();
}

static void
save_title (ScTitleGroup *self, const char *title)
{
  gtk_editable_set_editable (GTK_EDITABLE (self->row), FALSE);
  const ScChannelChange change = { .title = self->is_category ? NULL : title,
                                   .category = self->is_category ? title : NULL };
  DexFuture *asked = sc_own_channel_change (self->own_channel, &change);
  /* It goes on when nobody waits for it any more. */
  dex_future_disown (dex_ref (asked));
  dex_clear (&self->saving);
  self->saving = dex_future_finally (asked, on_saved, self, NULL);
}

static void
save (ScTitleGroup *self)
{
  g_autofree char *title = g_strstrip (g_strdup (get_text (self)));
  g_autofree char *problem = get_words (self)->find_problem (title);
  sc_field_hint_set_problem (self->hint, problem);
  if (problem || !self->saved)
    return;
  if (g_strcmp0 (title, self->saved) == 0) {
    set_text (self, self->saved);
    return;
  }
  g_set_str (&self->previous, self->saved);
  save_title (self, title);
}

static void
on_own_channel_updated (ScTitleGroup *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  if (!channel)
    return;

  const char *title = get_words (self)->get (channel);
  g_autofree char *typed = g_strstrip (g_strdup (get_text (self)));
  gboolean may_replace = !is_edited (self) || g_strcmp0 (typed, title) == 0;
  if (g_set_str (&self->saved, title) && may_replace)
    set_text (self, title);
  on_changed (self);
}

static void
sc_title_group_dispose (GObject *object)
{
  ScTitleGroup *self = SC_TITLE_GROUP (object);

  dex_clear (&self->saving);
  g_clear_object (&self->own_channel);
  g_clear_pointer (&self->saved, g_free);
  g_clear_pointer (&self->previous, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_TITLE_GROUP);

  G_OBJECT_CLASS (sc_title_group_parent_class)->dispose (object);
}

static void
sc_title_group_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScTitleGroup *self = SC_TITLE_GROUP (object);

  switch ((ScTitleGroupProperty) id) {
  case PROP_IS_CATEGORY:
    self->is_category = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_title_group_constructed (GObject *object)
{
  ScTitleGroup *self = SC_TITLE_GROUP (object);
  const char *group = get_words (self)->group;

  G_OBJECT_CLASS (sc_title_group_parent_class)->constructed (object);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), *group ? _ (group) : "");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), _ (get_words (self)->name));
  gtk_widget_set_tooltip_text (self->save_button, _ (get_words (self)->save));
}

static void
sc_title_group_class_init (ScTitleGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_FIELD_HINT);

  object_class->dispose = sc_title_group_dispose;
  object_class->set_property = sc_title_group_set_property;
  object_class->constructed = sc_title_group_constructed;

  properties[PROP_IS_CATEGORY] =
    g_param_spec_boolean ("is-category",
                          NULL,
                          NULL,
                          FALSE,
                          G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/title-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ScTitleGroup, row);
  gtk_widget_class_bind_template_child (widget_class, ScTitleGroup, hint);
  gtk_widget_class_bind_template_child (widget_class, ScTitleGroup, undo_button);
  gtk_widget_class_bind_template_child (widget_class, ScTitleGroup, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, undo);
}

static void
sc_title_group_init (ScTitleGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_title_group_set_own_channel:
 * @self: the group
 * @own_channel: whose title it is
 */
void
sc_title_group_set_own_channel (ScTitleGroup *self, ScOwnChannel *own_channel)
{
  g_set_object (&self->own_channel, own_channel);
  g_signal_connect_object (own_channel,
                           "updated",
                           G_CALLBACK (on_own_channel_updated),
                           self,
                           G_CONNECT_SWAPPED);
}
