/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where somebody is signed in, with a button each that ends it, and one that ends all. */

#include "config.h"

#include "sc-sign-ins-group.h"

#include "sc-error-words.h"
#include "sc-future.h"
#include "sc-sign-in-words.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScSignInsGroup {
  AdwPreferencesGroup parent_instance;

  ScSession *session;
  GPtrArray *rows; /* of GtkWidget, which the group owns */
  DexFuture *loading;
  DexFuture *ending;
};

G_DEFINE_FINAL_TYPE (ScSignInsGroup, sc_sign_ins_group, ADW_TYPE_PREFERENCES_GROUP)

static void
clear_rows (ScSignInsGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

static AdwActionRow *
add_row (ScSignInsGroup *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
  return ADW_ACTION_ROW (row);
}

/* @name is what a screen reader says, which does not see the row beside the button. */
static void
add_button (AdwActionRow *row, const char *label, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (row, button);
}

static void
add_sign_in (ScSignInsGroup *self, const ScSignInFields *fields)
{
  g_autofree char *title = sc_sign_in_title (fields);
  g_autofree char *words = sc_sign_in_words (fields, g_get_real_time ());
  AdwActionRow *row = add_row (self, title, words);
  if (fields->is_current)
    return;
  /* Translators: %s is what a computer is called */
  g_autofree char *name = g_strdup_printf (_ ("Sign Out %s"), title);
  g_autofree char *action = g_strdup_printf ("sign-ins.end::%s", fields->id);
  add_button (row, _ ("_Sign Out"), name, action);
}

static void
show_sign_ins (ScSignInsGroup *self, GListModel *sign_ins)
{
  guint n_items = g_list_model_get_n_items (sign_ins);
  for (guint i = 0; i < n_items; i++) {
    g_autoptr (ScSignIn) sign_in = g_list_model_get_item (sign_ins, i);
    add_sign_in (self, sc_sign_in_get_fields (sign_in));
  }
  AdwActionRow *row = add_row (self,
                               _ ("Everywhere"),
                               _ ("On this computer, too. Do so if somebody has your password."));
  add_button (row, _ ("Sign Out _All"), _ ("Sign Out Everywhere"), "sign-ins.end-all");
}

static DexFuture *
on_loaded (DexFuture *future, gpointer user_data)
{
  ScSignInsGroup *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  clear_rows (self);
  if (value)
    show_sign_ins (self, G_LIST_MODEL (g_value_get_object (value)));
  else if (!sc_error_is_cancelled (error))
    add_button (add_row (self, sc_error_words (error).title, sc_error_words (error).body),
                _ ("_Retry"),
                _ ("Retry"),
                "sign-ins.reload");
  return dex_future_new_true ();
}

static void
load (ScSignInsGroup *self)
{
  clear_rows (self);
  adw_action_row_add_suffix (add_row (self, _ ("Loading…"), ""), adw_spinner_new ());
  dex_clear (&self->loading);
  self->loading =
    dex_future_finally (sc_client_list_sign_ins (sc_session_get_client (self->session)),
                        on_loaded,
                        self,
                        NULL);
}

static DexFuture *
on_ended (DexFuture *future, gpointer user_data)
{
  ScSignInsGroup *self = user_data;
  g_autoptr (GError) error = NULL;
  if (!dex_future_get_value (future, &error) && !sc_error_is_cancelled (error))
    sc_toast_error (GTK_WIDGET (self), _ ("Could not sign out there."), error);
  if (sc_session_get_signed_in (self->session))
    load (self);
  return dex_future_new_true ();
}

static void
end (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScSignInsGroup *self = SC_SIGN_INS_GROUP (widget);
  DexFuture *future = parameter ? sc_client_end_sign_in (sc_session_get_client (self->session),
                                                         g_variant_get_string (parameter, NULL))
                                : sc_session_sign_out_everywhere (self->session);
  dex_clear (&self->ending);
  self->ending = dex_future_finally (future, on_ended, self, NULL);
}

static void
reload (GtkWidget *widget, const char *action, GVariant *parameter)
{
  load (SC_SIGN_INS_GROUP (widget));
}

static void
sc_sign_ins_group_dispose (GObject *object)
{
  ScSignInsGroup *self = SC_SIGN_INS_GROUP (object);

  dex_clear (&self->loading);
  dex_clear (&self->ending);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (sc_sign_ins_group_parent_class)->dispose (object);
}

static void
sc_sign_ins_group_finalize (GObject *object)
{
  ScSignInsGroup *self = SC_SIGN_INS_GROUP (object);

  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (sc_sign_ins_group_parent_class)->finalize (object);
}

static void
sc_sign_ins_group_class_init (ScSignInsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sc_sign_ins_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = sc_sign_ins_group_finalize;
  gtk_widget_class_install_action (widget_class, "sign-ins.end", "s", end);
  gtk_widget_class_install_action (widget_class, "sign-ins.end-all", NULL, end);
  gtk_widget_class_install_action (widget_class, "sign-ins.reload", NULL, reload);
}

static void
sc_sign_ins_group_init (ScSignInsGroup *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Where You Are Signed In"));
}

/**
 * sc_sign_ins_group_set_session:
 * @self: a group
 * @session: who is signed in; once
 *
 * Shows where they are.
 */
void
sc_sign_ins_group_set_session (ScSignInsGroup *self, ScSession *session)
{
  self->session = g_object_ref (session);
  load (self);
}
