/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Asks for the password before something is done to the account, says what that will be, and says
 * "done" when it is. The dialog around it goes on from there. */

#include "config.h"

#include "sc-password-page.h"

#include "sc-client-error.h"
#include "sc-closures.h"
#include "sc-error-words.h"
#include "sc-field-hint.h"
#include "sc-future.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScPasswordPage {
  AdwNavigationPage parent_instance;

  ScClient *client;
  const ScPasswordTask *task;
  gboolean tried;
  DexFuture *acting;

  AdwPreferencesGroup *words_group;
  AdwPasswordEntryRow *current_row;
  ScFieldHint *current_hint;
  GtkWidget *new_group;
  AdwPasswordEntryRow *new_row;
  ScFieldHint *new_hint;
  GtkButton *submit_button;
};

G_DEFINE_FINAL_TYPE (ScPasswordPage, sc_password_page, ADW_TYPE_NAVIGATION_PAGE)

static const char *
get_text (AdwPasswordEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
judge (ScPasswordPage *self)
{
  gboolean is_empty = !*get_text (self->current_row);
  g_autofree char *problem =
    self->task->asks_new ? sc_password_problem (get_text (self->new_row), self->tried) : NULL;
  sc_field_hint_set_problem (self->current_hint,
                             self->tried && is_empty ? _ ("Enter your password.") : NULL);
  sc_field_hint_set_problem (self->new_hint, problem);
}

static void
on_changed (ScPasswordPage *self)
{
  if (self->task)
    judge (self);
}

static void
show_failure (ScPasswordPage *self, const GError *error)
{
  if (g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_WRONG_PASSWORD)) {
    sc_field_hint_set_problem (self->current_hint, sc_error_words (error).body);
    gtk_widget_grab_focus (GTK_WIDGET (self->current_row));
  } else {
    sc_toast_error (GTK_WIDGET (self), _ (self->task->failure), error);
  }
}

static void
set_busy (ScPasswordPage *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit_button), !busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->current_row), !busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->new_row), !busy);
}

static DexFuture *
on_acted (DexFuture *future, gpointer user_data)
{
  ScPasswordPage *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  set_busy (self, FALSE);
  if (value)
    g_signal_emit_by_name (self, "done", value);
  else if (!sc_error_is_cancelled (error))
    show_failure (self, error);
  return dex_future_new_true ();
}

static void
submit (ScPasswordPage *self)
{
  self->tried = TRUE;
  judge (self);
  if (sc_field_hint_has_problem (self->current_hint)) {
    gtk_widget_grab_focus (GTK_WIDGET (self->current_row));
    return;
  }
  if (sc_field_hint_has_problem (self->new_hint)) {
    gtk_widget_grab_focus (GTK_WIDGET (self->new_row));
    return;
  }
  if (self->acting && dex_future_is_pending (self->acting))
    return;
  set_busy (self, TRUE);
  dex_clear (&self->acting);
  self->acting = dex_future_finally (self->task->act (self->client,
                                                      get_text (self->current_row),
                                                      get_text (self->new_row)),
                                     on_acted,
                                     self,
                                     NULL);
}

static void
on_current_activated (ScPasswordPage *self)
{
  if (self->task->asks_new)
    gtk_widget_grab_focus (GTK_WIDGET (self->new_row));
  else
    submit (self);
}

static void
sc_password_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (SC_PASSWORD_PAGE (page)->current_row));
}

static void
sc_password_page_dispose (GObject *object)
{
  ScPasswordPage *self = SC_PASSWORD_PAGE (object);

  dex_clear (&self->acting);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_PASSWORD_PAGE);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (sc_password_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/password-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScPasswordPage, words_group);
  gtk_widget_class_bind_template_child (widget_class, ScPasswordPage, current_row);
  gtk_widget_class_bind_template_child (widget_class, ScPasswordPage, current_hint);
  gtk_widget_class_bind_template_child (widget_class, ScPasswordPage, new_group);
  gtk_widget_class_bind_template_child (widget_class, ScPasswordPage, new_row);
  gtk_widget_class_bind_template_child (widget_class, ScPasswordPage, new_hint);
  gtk_widget_class_bind_template_child (widget_class, ScPasswordPage, submit_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_current_activated);
  gtk_widget_class_bind_template_callback (widget_class, submit);
}

static void
sc_password_page_class_init (ScPasswordPageClass *klass)
{
  g_type_ensure (SC_TYPE_FIELD_HINT);

  G_OBJECT_CLASS (klass)->dispose = sc_password_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = sc_password_page_shown;

  /**
   * ScPasswordPage::done:
   * @value: what the task's future resolved to
   *
   * It is done.
   */
  g_signal_new ("done",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                1,
                G_TYPE_VALUE);

  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
sc_password_page_init (ScPasswordPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_password_page_new:
 * @client: the client of who is signed in
 * @task: what is to be done; outlives the page
 *
 * Returns: (transfer floating): the page
 */
ScPasswordPage *
sc_password_page_new (ScClient *client, const ScPasswordTask *task)
{
  ScPasswordPage *self = g_object_new (SC_TYPE_PASSWORD_PAGE, "title", _ (task->title), NULL);
  self->client = g_object_ref (client);
  self->task = task;
  adw_preferences_group_set_description (self->words_group, _ (task->words));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->current_row),
                                 task->asks_new ? _ ("Current Password") : _ ("Password"));
  gtk_widget_set_visible (self->new_group, task->asks_new);
  gtk_button_set_label (self->submit_button, _ (task->button));
  gtk_button_set_use_underline (self->submit_button, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->submit_button),
                            task->is_destructive ? "destructive-action" : "suggested-action");
  return self;
}
