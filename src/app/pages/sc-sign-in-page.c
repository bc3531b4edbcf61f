/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Name and password, to sign in or to create an account: one page, so that what was typed stays
 * when a person finds out that it is the other one. The window takes the page away when the session
 * says that somebody is signed in. */

#include "config.h"

#include "sc-sign-in-page.h"

#include "sc-client-error.h"
#include "sc-closures.h"
#include "sc-error-words.h"
#include "sc-field-hint.h"
#include "sc-future.h"
#include "sc-page-focus.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScSignInPage {
  AdwNavigationPage parent_instance;

  ScSession *session;
  gboolean creating;
  gboolean busy;

  AdwEntryRow *name_row;
  ScFieldHint *name_hint;
  AdwPasswordEntryRow *password_row;
  ScFieldHint *password_hint;

  /* Whether the person is done with a field, so that it may be judged. */
  gboolean name_finished;
  gboolean password_finished;
  DexFuture *submitting;
};

typedef enum {
  PROP_CREATING = 1,
  PROP_BUSY,
} ScSignInPageProperty;

static GParamSpec *properties[PROP_BUSY + 1];

G_DEFINE_FINAL_TYPE (ScSignInPage, sc_sign_in_page, ADW_TYPE_NAVIGATION_PAGE)

static char *
page_title (ScSignInPage *self, gboolean creating)
{
  return g_strdup (creating ? _ ("Create Account") : _ ("Sign In"));
}

static char *
page_words (ScSignInPage *self, gboolean creating)
{
  return g_strdup (creating ? _ ("With an account you have a channel of your own.")
                            : _ ("Welcome back."));
}

static char *
name_rules (ScSignInPage *self, gboolean creating)
{
  return g_strdup (
    creating ? _ ("Your channel has this name too. 3 to 32 letters, digits, hyphens, underscores.")
             : "");
}

static char *
password_rules (ScSignInPage *self, gboolean creating)
{
  return g_strdup (creating ? _ ("At least 8 characters.") : "");
}

static char *
other_way (ScSignInPage *self, gboolean creating)
{
  return g_strdup (creating ? _ ("I Have an Account Already") : _ ("Create an Account Instead"));
}

static const char *
get_name (ScSignInPage *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->name_row));
}

static const char *
get_password (ScSignInPage *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->password_row));
}

/* Whoever signs in is told only that a field is empty: the rules of old accounts may differ. */
static void
judge_name (ScSignInPage *self)
{
  g_autofree char *problem = NULL;
  if (self->creating)
    problem = sc_name_problem (get_name (self), self->name_finished);
  else if (self->name_finished && !*get_name (self))
    problem = g_strdup (_ ("Enter your name."));
  sc_field_hint_set_problem (self->name_hint, problem);
}

static void
judge_password (ScSignInPage *self)
{
  g_autofree char *problem = NULL;
  if (self->creating)
    problem = sc_password_problem (get_password (self), self->password_finished);
  else if (self->password_finished && !*get_password (self))
    problem = g_strdup (_ ("Enter your password."));
  sc_field_hint_set_problem (self->password_hint, problem);
}

static void
on_name_changed (ScSignInPage *self)
{
  judge_name (self);
}

static void
on_password_changed (ScSignInPage *self)
{
  judge_password (self);
}

static void
on_name_left (ScSignInPage *self)
{
  self->name_finished = self->name_finished || *get_name (self);
  if (!sc_field_hint_has_problem (self->name_hint))
    judge_name (self);
}

static void
on_password_left (ScSignInPage *self)
{
  self->password_finished = self->password_finished || *get_password (self);
  if (!sc_field_hint_has_problem (self->password_hint))
    judge_password (self);
}

static void
on_name_activated (ScSignInPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
set_busy (ScSignInPage *self, gboolean busy)
{
  if (self->busy == busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
refuse (ScFieldHint *hint, gpointer row, const GError *error)
{
  sc_field_hint_set_problem (hint, sc_error_words (error).body);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_failure (ScSignInPage *self, const GError *error)
{
  const char *field = sc_client_error_get_field (error);
  if (g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_WRONG_CREDENTIALS) ||
      g_strcmp0 (field, "password") == 0)
    refuse (self->password_hint, self->password_row, error);
  else if (g_strcmp0 (field, "name") == 0)
    refuse (self->name_hint, self->name_row, error);
  else
    sc_toast_error (GTK_WIDGET (self),
                    self->creating ? _ ("Your account could not be created.")
                                   : _ ("You could not be signed in."),
                    error);
}

static DexFuture *
on_submitted (DexFuture *future, gpointer user_data)
{
  ScSignInPage *self = user_data;
  g_autoptr (GError) error = NULL;
  if (dex_future_get_value (future, &error))
    return dex_future_new_true ();
  set_busy (self, FALSE);
  if (!sc_error_is_cancelled (error))
    show_failure (self, error);
  return dex_future_new_true ();
}

static gboolean
has_problem (ScSignInPage *self)
{
  self->name_finished = TRUE;
  self->password_finished = TRUE;
  judge_name (self);
  judge_password (self);
  if (sc_field_hint_has_problem (self->name_hint))
    gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
  else if (sc_field_hint_has_problem (self->password_hint))
    gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
  else
    return FALSE;
  return TRUE;
}

static void
submit (ScSignInPage *self)
{
  if (self->busy || has_problem (self))
    return;
  set_busy (self, TRUE);
  DexFuture *future = self->creating
                        ? sc_session_sign_up (self->session, get_name (self), get_password (self))
                        : sc_session_sign_in (self->session, get_name (self), get_password (self));
  dex_clear (&self->submitting);
  self->submitting = dex_future_finally (future, on_submitted, self, NULL);
}

static void
switch_way (ScSignInPage *self)
{
  self->creating = !self->creating;
  self->name_finished = FALSE;
  self->password_finished = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CREATING]);
  judge_name (self);
  judge_password (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
}

static void
recover (ScSignInPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.recover", "s", get_name (self));
}

static void
sc_sign_in_page_shown (AdwNavigationPage *page)
{
  sc_page_focus_begin (page, GTK_WIDGET (SC_SIGN_IN_PAGE (page)->name_row));
}

static void
sc_sign_in_page_dispose (GObject *object)
{
  ScSignInPage *self = SC_SIGN_IN_PAGE (object);

  dex_clear (&self->submitting);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_SIGN_IN_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (sc_sign_in_page_parent_class)->dispose (object);
}

static void
sc_sign_in_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScSignInPage *self = SC_SIGN_IN_PAGE (object);

  switch ((ScSignInPageProperty) id) {
  case PROP_CREATING:
    g_value_set_boolean (value, self->creating);
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, self->busy);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScSignInPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, ScSignInPage, name_hint);
  gtk_widget_class_bind_template_child (widget_class, ScSignInPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, ScSignInPage, password_hint);
  gtk_widget_class_bind_template_callback (widget_class, page_title);
  gtk_widget_class_bind_template_callback (widget_class, page_words);
  gtk_widget_class_bind_template_callback (widget_class, name_rules);
  gtk_widget_class_bind_template_callback (widget_class, password_rules);
  gtk_widget_class_bind_template_callback (widget_class, other_way);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_name_left);
  gtk_widget_class_bind_template_callback (widget_class, on_name_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_password_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_password_left);
  gtk_widget_class_bind_template_callback (widget_class, submit);
  gtk_widget_class_bind_template_callback (widget_class, switch_way);
  gtk_widget_class_bind_template_callback (widget_class, recover);
}

static void
sc_sign_in_page_class_init (ScSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  g_type_ensure (SC_TYPE_FIELD_HINT);

  object_class->dispose = sc_sign_in_page_dispose;
  object_class->get_property = sc_sign_in_page_get_property;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = sc_sign_in_page_shown;

  properties[PROP_CREATING] = g_param_spec_boolean ("creating", NULL, NULL, FALSE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
sc_sign_in_page_init (ScSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_sign_in_page_new:
 * @session: what signs in
 * @creating: whether to create an account
 *
 * Returns: (transfer floating): the page
 */
ScSignInPage *
sc_sign_in_page_new (ScSession *session, gboolean creating)
{
  ScSignInPage *self = g_object_new (SC_TYPE_SIGN_IN_PAGE, NULL);
  self->session = g_object_ref (session);
  if (creating)
    switch_way (self);
  return self;
}
