/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The way in for who forgot the password: the recovery code, and a new password. The window takes
 * the page away when the session says that somebody is signed in. */

#include "config.h"

#include "sc-recovery-page.h"

#include "sc-client-error.h"
#include "sc-closures.h"
#include "sc-error-words.h"
#include "sc-field-hint.h"
#include "sc-future.h"
#include "sc-page-focus.h"
#include "sc-recovery-code.h"
#include "sc-secret.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScRecoveryPage {
  AdwNavigationPage parent_instance;

  ScSession *session;
  gboolean busy;
  gboolean tried; /* from then on, what is wrong is said while it is typed */

  GtkEditable *name_row;
  GtkEditable *code_row;
  ScFieldHint *code_hint;
  GtkEditable *password_row;
  ScFieldHint *password_hint;
  DexFuture *submitting;
};

typedef enum {
  PROP_BUSY = 1,
} ScRecoveryPageProperty;

static GParamSpec *properties[PROP_BUSY + 1];

G_DEFINE_FINAL_TYPE (ScRecoveryPage, sc_recovery_page, ADW_TYPE_NAVIGATION_PAGE)

static void
set_busy (ScRecoveryPage *self, gboolean busy)
{
  if (self->busy == busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
judge (ScRecoveryPage *self)
{
  char *code = sc_recovery_code_normalize (gtk_editable_get_text (self->code_row));
  g_autofree char *problem =
    sc_password_problem (gtk_editable_get_text (self->password_row), self->tried);
  sc_field_hint_set_problem (self->code_hint,
                             self->tried && !code ? _ ("A recovery code has 20 letters and digits.")
                                                  : NULL);
  sc_field_hint_set_problem (self->password_hint, problem);
  sc_secret_free (code);
}

static void
on_changed (ScRecoveryPage *self)
{
  judge (self);
}

static void
on_name_activated (ScRecoveryPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->code_row));
}

static void
on_code_activated (ScRecoveryPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
show_failure (ScRecoveryPage *self, const GError *error)
{
  if (g_error_matches (error, SC_CLIENT_ERROR, SC_CLIENT_ERROR_WRONG_CODE)) {
    sc_field_hint_set_problem (self->code_hint, sc_error_words (error).body);
    gtk_widget_grab_focus (GTK_WIDGET (self->code_row));
  } else if (g_strcmp0 (sc_client_error_get_field (error), "password") == 0) {
    sc_field_hint_set_problem (self->password_hint, sc_error_words (error).body);
    gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
  } else {
    sc_toast_error (GTK_WIDGET (self), _ ("The password could not be changed."), error);
  }
}

static DexFuture *
on_submitted (DexFuture *future, gpointer user_data)
{
  ScRecoveryPage *self = user_data;
  g_autoptr (GError) error = NULL;
  set_busy (self, FALSE);
  if (!dex_future_get_value (future, &error) && !sc_error_is_cancelled (error))
    show_failure (self, error);
  return dex_future_new_true ();
}

static void
submit (ScRecoveryPage *self)
{
  self->tried = TRUE;
  judge (self);
  if (self->busy)
    return;
  if (!*gtk_editable_get_text (self->name_row))
    gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
  else if (sc_field_hint_has_problem (self->code_hint))
    gtk_widget_grab_focus (GTK_WIDGET (self->code_row));
  else if (sc_field_hint_has_problem (self->password_hint))
    gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
  else {
    set_busy (self, TRUE);
    dex_clear (&self->submitting);
    self->submitting =
      dex_future_finally (sc_session_recover (self->session,
                                              gtk_editable_get_text (self->name_row),
                                              gtk_editable_get_text (self->code_row),
                                              gtk_editable_get_text (self->password_row)),
                          on_submitted,
                          self,
                          NULL);
  }
}

static void
sc_recovery_page_shown (AdwNavigationPage *page)
{
  ScRecoveryPage *self = SC_RECOVERY_PAGE (page);
  gboolean has_name = *gtk_editable_get_text (self->name_row);
  GtkStateFlags flags = gtk_widget_get_state_flags (GTK_WIDGET (self->name_row));
  if (has_name && (flags & GTK_STATE_FLAG_FOCUS_WITHIN)) /* which is the page's first field */
    gtk_widget_grab_focus (GTK_WIDGET (self->code_row));
  else
    sc_page_focus_begin (page, GTK_WIDGET (has_name ? self->code_row : self->name_row));
}

static void
sc_recovery_page_dispose (GObject *object)
{
  ScRecoveryPage *self = SC_RECOVERY_PAGE (object);

  dex_clear (&self->submitting);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_RECOVERY_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (sc_recovery_page_parent_class)->dispose (object);
}

static void
sc_recovery_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScRecoveryPage *self = SC_RECOVERY_PAGE (object);

  switch ((ScRecoveryPageProperty) id) {
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
  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/recovery-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScRecoveryPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, ScRecoveryPage, code_row);
  gtk_widget_class_bind_template_child (widget_class, ScRecoveryPage, code_hint);
  gtk_widget_class_bind_template_child (widget_class, ScRecoveryPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, ScRecoveryPage, password_hint);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_name_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_code_activated);
  gtk_widget_class_bind_template_callback (widget_class, submit);
}

static void
sc_recovery_page_class_init (ScRecoveryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  g_type_ensure (SC_TYPE_FIELD_HINT);

  object_class->dispose = sc_recovery_page_dispose;
  object_class->get_property = sc_recovery_page_get_property;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = sc_recovery_page_shown;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
sc_recovery_page_init (ScRecoveryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_recovery_page_new:
 * @session: what signs in
 * @name: the name that was typed so far, or ""
 *
 * Returns: (transfer floating): the page
 */
ScRecoveryPage *
sc_recovery_page_new (ScSession *session, const char *name)
{
  ScRecoveryPage *self = g_object_new (SC_TYPE_RECOVERY_PAGE, NULL);
  self->session = g_object_ref (session);
  gtk_editable_set_text (self->name_row, name);
  return self;
}
