/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Asks whoever signs in to an account that is to be deleted whether they want to keep it. Main
 * thread only. */

#include "config.h"

#include "sc-leaving-dialog.h"

#include "sc-future.h"
#include "sc-sign-in-words.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

typedef struct {
  GWeakRef parent;
  ScSession *session;
} Asking;

static void
asking_clear (gpointer data)
{
  Asking *self = data;
  g_weak_ref_clear (&self->parent);
  g_object_unref (self->session);
}

static void
asking_unref (gpointer data)
{
  g_rc_box_release_full (data, asking_clear);
}

static DexFuture *
on_restored (DexFuture *future, gpointer user_data)
{
  Asking *self = user_data;
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&self->parent);
  g_autoptr (GError) error = NULL;
  gboolean is_restored = dex_future_get_value (future, &error) != NULL;
  if (parent && is_restored)
    sc_toast (parent, _ ("Your account stays"));
  else if (parent && !sc_error_is_cancelled (error))
    sc_toast_error (parent, _ ("The account could not be kept."), error);
  return dex_future_new_true ();
}

static void
on_answered (AdwDialog *dialog, const char *response, Asking *self)
{
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&self->parent);
  if (!parent)
    return;
  if (!g_str_equal (response, "keep")) {
    gtk_widget_activate_action (parent, "win.sign-out", NULL);
    return;
  }
  dex_future_disown (dex_future_finally (sc_session_restore_account (self->session),
                                         on_restored,
                                         g_rc_box_acquire (self),
                                         asking_unref));
}

static void
on_dialog_gone (gpointer data, GClosure *closure)
{
  asking_unref (data);
}

/**
 * sc_leaving_dialog_present:
 * @parent: a widget of a window that has the action "win.sign-out", below a toast overlay
 * @session: who has just signed in
 *
 * Keeps the account, or signs them out.
 */
void
sc_leaving_dialog_present (GtkWidget *parent, ScSession *session)
{
  g_autofree char *words = sc_deletion_words (sc_session_get_deletes_at (session));
  Asking *self = g_rc_box_new0 (Asking);
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Keep Your Account?"), words);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "sign-out",
                                  _ ("_Sign Out"),
                                  "keep",
                                  _ ("_Keep Account"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog),
                                            "keep",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "sign-out");
  g_weak_ref_init (&self->parent, parent);
  self->session = g_object_ref (session);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_answered), self, on_dialog_gone, 0);
  adw_dialog_present (dialog, parent);
}
