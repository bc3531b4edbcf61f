/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A new recovery code, which is on screen here and nowhere else, once. It stays until its person
 * says that they have it. Whoever shows the page takes it away when it says "kept". */

#include "config.h"

#include "sc-recovery-code-page.h"

#include "sc-copy.h"
#include "sc-private-cover.h"
#include "sc-secret.h"
#include "sc-toast.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ScRecoveryCodePage {
  AdwNavigationPage parent_instance;

  char *name;
  char *code;
  GCancellable *saving;

  ScPrivateCover *cover;
  GtkLabel *code_label;
  GtkWidget *copy_button;
  GtkWidget *kept_button;
};

G_DEFINE_FINAL_TYPE (ScRecoveryCodePage, sc_recovery_code_page, ADW_TYPE_NAVIGATION_PAGE)

static void
copy (ScRecoveryCodePage *self)
{
  sc_copy (GTK_WIDGET (self), self->code, _ ("Recovery code copied"));
}

/* What is in the file, so that somebody who finds it in a year knows what it is for. */
static char *
make_text (ScRecoveryCodePage *self)
{
  /* Translators: the first %s is a person's name, the second one a code */
  return g_strdup_printf (_ ("Recovery code of %s for StreamCat\n\n%s\n\nIt lets you in once if you"
                             " forget your password. Keep it where nobody else finds it.\n"),
                          self->name,
                          self->code);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ScRecoveryCodePage) self = user_data;
  g_autoptr (GError) error = NULL;
  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    sc_toast (GTK_WIDGET (self), _ ("Recovery code saved"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sc_toast_error (GTK_WIDGET (self), _ ("The recovery code could not be saved."), error);
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ScRecoveryCodePage) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  if (!file) /* the person thought better of it */
    return;
  char *text = make_text (self);
  g_autoptr (GBytes) bytes =
    g_bytes_new_with_free_func (text, strlen (text), (GDestroyNotify) sc_secret_free, text);
  g_file_replace_contents_bytes_async (file,
                                       bytes,
                                       NULL,
                                       FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       self->saving,
                                       on_written,
                                       g_object_ref (self));
}

static void
save (ScRecoveryCodePage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  /* Translators: the name of a file; %s is a person's name */
  g_autofree char *name = g_strdup_printf (_ ("StreamCat recovery code of %s.txt"), self->name);
  gtk_file_dialog_set_title (dialog, _ ("Save Recovery Code"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog,
                        GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                        self->saving,
                        on_file_chosen,
                        g_object_ref (self));
}

static void
on_kept_clicked (ScRecoveryCodePage *self)
{
  g_signal_emit_by_name (self, "kept");
}

static void
sc_recovery_code_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (SC_RECOVERY_CODE_PAGE (page)->copy_button);
}

static void
sc_recovery_code_page_dispose (GObject *object)
{
  ScRecoveryCodePage *self = SC_RECOVERY_CODE_PAGE (object);

  g_cancellable_cancel (self->saving);
  g_clear_object (&self->saving);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_RECOVERY_CODE_PAGE);
  g_clear_pointer (&self->code, sc_secret_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (sc_recovery_code_page_parent_class)->dispose (object);
}

static void
sc_recovery_code_page_class_init (ScRecoveryCodePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_PRIVATE_COVER);

  object_class->dispose = sc_recovery_code_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = sc_recovery_code_page_shown;

  /**
   * ScRecoveryCodePage::kept:
   *
   * The person says that they have the code.
   */
  g_signal_new ("kept",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                0);

  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/recovery-code-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScRecoveryCodePage, cover);
  gtk_widget_class_bind_template_child (widget_class, ScRecoveryCodePage, code_label);
  gtk_widget_class_bind_template_child (widget_class, ScRecoveryCodePage, copy_button);
  gtk_widget_class_bind_template_child (widget_class, ScRecoveryCodePage, kept_button);
  gtk_widget_class_bind_template_callback (widget_class, copy);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, on_kept_clicked);
}

static void
sc_recovery_code_page_init (ScRecoveryCodePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->saving = g_cancellable_new ();
}

/**
 * sc_recovery_code_page_new:
 * @name: whose code it is
 * @code: the code
 * @mode: whether others may see the screen
 *
 * Returns: (transfer floating): the page
 */
ScRecoveryCodePage *
sc_recovery_code_page_new (const char *name, const char *code, ScStreamerMode *mode)
{
  ScRecoveryCodePage *self = g_object_new (SC_TYPE_RECOVERY_CODE_PAGE, NULL);
  self->name = g_strdup (name);
  self->code = g_strdup (code);
  gtk_label_set_label (self->code_label, code);
  sc_private_cover_set_mode (self->cover, mode);
  return self;
}
