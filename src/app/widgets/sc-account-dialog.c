/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What somebody can do with an account of their own: the password, the recovery code, where they
 * are signed in, and the account's end. It goes away when nobody is signed in any more. */

#include "config.h"

#include "sc-account-dialog.h"

#include "sc-password-page.h"
#include "sc-private-cover.h"
#include "sc-recovery-code-page.h"
#include "sc-sign-in-words.h"
#include "sc-sign-ins-group.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScAccountDialog {
  AdwPreferencesDialog parent_instance;

  ScSession *session;
  GtkWidget *parent; /* weak: where it is said what will become of the account */
  ScStreamerMode *mode;
  ScPrivateCover *sign_ins_cover;
  ScSignInsGroup *sign_ins_group;
};

G_DEFINE_FINAL_TYPE (ScAccountDialog, sc_account_dialog, ADW_TYPE_PREFERENCES_DIALOG)

static DexFuture *
act_renew_code (ScClient *client, const char *password, const char *unused)
{
  return sc_client_new_recovery_code (client, password);
}

static DexFuture *
act_delete (ScClient *client, const char *password, const char *unused)
{
  return sc_client_delete_account (client, password);
}

static const ScPasswordTask change_task = {
  .title = N_ ("Change Password"),
  .words = N_ ("You are signed out everywhere else."),
  .button = N_ ("_Change Password"),
  .failure = N_ ("The password could not be changed."),
  .asks_new = TRUE,
  .act = sc_client_change_password,
};

static const ScPasswordTask code_task = {
  .title = N_ ("New Recovery Code"),
  .words = N_ ("The recovery code that you have stops working."),
  .button = N_ ("_Make New Code"),
  .failure = N_ ("The recovery code could not be made."),
  .act = act_renew_code,
};

static const ScPasswordTask delete_task = {
  .title = N_ ("Delete Account"),
  .words =
    N_ ("Your channel, its stream key, its recordings and its chat go. What you said in others’"
        " chats stays without your name, which is free again 30 days later. Your account is"
        " closed at once and deleted some days later: until then you can sign in and keep"
        " it."),
  .button = N_ ("_Delete Account"),
  .failure = N_ ("The account could not be deleted."),
  .is_destructive = TRUE,
  .act = act_delete,
};

static void
push_task (ScAccountDialog *self, const ScPasswordTask *task, GCallback on_done)
{
  ScPasswordPage *page = sc_password_page_new (sc_session_get_client (self->session), task);
  g_signal_connect_object (page, "done", on_done, self, G_CONNECT_SWAPPED);
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (self), ADW_NAVIGATION_PAGE (page));
}

static void
pop (ScAccountDialog *self)
{
  adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (self));
}

static void
on_password_changed (ScAccountDialog *self)
{
  pop (self);
  sc_toast (GTK_WIDGET (self->sign_ins_group), _ ("Password changed"));
  gtk_widget_activate_action (GTK_WIDGET (self->sign_ins_group), "sign-ins.reload", NULL);
}

static void
on_code_kept (ScAccountDialog *self)
{
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  pop (self);
}

static void
change_password (ScAccountDialog *self)
{
  push_task (self, &change_task, G_CALLBACK (on_password_changed));
}

/* The page before it is gone: the code is shown once, and nothing leads back to it. */
static void
on_code_made (ScAccountDialog *self, const GValue *code)
{
  ScRecoveryCodePage *page = sc_recovery_code_page_new (sc_session_get_name (self->session),
                                                        g_value_get_string (code),
                                                        self->mode);
  pop (self);
  g_signal_connect_object (page, "kept", G_CALLBACK (on_code_kept), self, G_CONNECT_SWAPPED);
  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (self), ADW_NAVIGATION_PAGE (page));
}

static void
renew_code (ScAccountDialog *self)
{
  push_task (self, &code_task, G_CALLBACK (on_code_made));
}

static void
on_deleted (ScAccountDialog *self, const GValue *deletes_at)
{
  g_autofree char *words = sc_deletion_words (g_value_get_int64 (deletes_at));
  AdwToast *toast = adw_toast_new (words);
  adw_toast_set_timeout (toast, 0);
  if (self->parent)
    sc_toast_show (self->parent, toast);
  dex_future_disown (sc_session_sign_out (self->session));
}

static void
delete_account (ScAccountDialog *self)
{
  push_task (self, &delete_task, G_CALLBACK (on_deleted));
}

static void
on_session_signed_in (ScAccountDialog *self)
{
  if (!sc_session_get_signed_in (self->session))
    adw_dialog_force_close (ADW_DIALOG (self));
}

static void
sc_account_dialog_dispose (GObject *object)
{
  ScAccountDialog *self = SC_ACCOUNT_DIALOG (object);

  g_clear_weak_pointer (&self->parent);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_ACCOUNT_DIALOG);
  g_clear_object (&self->session);
  g_clear_object (&self->mode);

  G_OBJECT_CLASS (sc_account_dialog_parent_class)->dispose (object);
}

static void
sc_account_dialog_class_init (ScAccountDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_PRIVATE_COVER);
  g_type_ensure (SC_TYPE_SIGN_INS_GROUP);

  object_class->dispose = sc_account_dialog_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/account-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ScAccountDialog, sign_ins_cover);
  gtk_widget_class_bind_template_child (widget_class, ScAccountDialog, sign_ins_group);
  gtk_widget_class_bind_template_callback (widget_class, change_password);
  gtk_widget_class_bind_template_callback (widget_class, renew_code);
  gtk_widget_class_bind_template_callback (widget_class, delete_account);
}

static void
sc_account_dialog_init (ScAccountDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_account_dialog_present:
 * @parent: a widget below a toast overlay
 * @session: somebody who is signed in
 * @mode: whether others may see the screen
 *
 * Shows what they can do with their account.
 */
void
sc_account_dialog_present (GtkWidget *parent, ScSession *session, ScStreamerMode *mode)
{
  ScAccountDialog *self = g_object_new (SC_TYPE_ACCOUNT_DIALOG, NULL);
  g_set_weak_pointer (&self->parent, parent);
  self->session = g_object_ref (session);
  self->mode = g_object_ref (mode);
  sc_private_cover_set_mode (self->sign_ins_cover, mode);
  sc_sign_ins_group_set_session (self->sign_ins_group, session);
  g_signal_connect_object (session,
                           "notify::signed-in",
                           G_CALLBACK (on_session_signed_in),
                           self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
