/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How an action says that it was done, or that it failed. Main thread only. */

#include "config.h"

#include "sc-toast.h"

#include "sc-error-dialog.h"
#include "sc-error-words.h"
#include "sc-future.h"
#include "sc-toast-layout.h"

#include <glib/gi18n.h>

static AdwToastOverlay *
find_toasts (GtkWidget *widget)
{
  GtkWidget *found = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  return found ? ADW_TOAST_OVERLAY (found) : NULL;
}

static GtkWidget *
find_words (GtkWidget *widget)
{
  GtkWidget *found = NULL;
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "heading"))
    return widget;
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at && !found;
       at = gtk_widget_get_next_sibling (at))
    found = find_words (at);
  return found;
}

/* The words of a toast are on one line by themselves, and cut off where the window is narrow. With
 * a widget of one's own in their place ("custom-title"), the overlay would announce a toast without
 * its words. Where a toast is made of other parts than in libadwaita 1.7, it stays as it is. */
static void
wrap_words (AdwToastOverlay *toasts)
{
  GtkWidget *toast = gtk_widget_get_last_child (GTK_WIDGET (toasts));
  if (!toast || !g_str_equal (gtk_widget_get_css_name (toast), "toast"))
    return;
  GtkWidget *words = find_words (toast);
  if (!words || !ADW_IS_BIN (gtk_widget_get_parent (words)))
    return;
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_single_line_mode (GTK_LABEL (words), FALSE);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_layout_manager (gtk_widget_get_parent (words), sc_toast_layout_new ());
}

/**
 * sc_toast_show:
 * @widget: any widget below the window's toast overlay
 * @toast: (transfer full): what to say
 *
 * Says something about the newest action, in place of what was said about the one before: toasts
 * that queue tell of things long past.
 */
void
sc_toast_show (GtkWidget *widget, AdwToast *toast)
{
  AdwToastOverlay *toasts = find_toasts (widget);
  if (!toasts) {
    g_object_unref (toast);
    return;
  }
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_dismiss_all (toasts);
  adw_toast_overlay_add_toast (toasts, toast);
  wrap_words (toasts);
}

/**
 * sc_toast:
 * @widget: any widget below the window's toast overlay
 * @text: what was done, translated, without markup
 *
 * Says that an action was done.
 */
void
sc_toast (GtkWidget *widget, const char *text)
{
  sc_toast_show (widget, adw_toast_new (text));
}

typedef struct {
  GWeakRef overlay;
  GError *error;
} Details;

static void
details_free (gpointer data, GClosure *closure)
{
  Details *details = data;
  g_weak_ref_clear (&details->overlay);
  g_error_free (details->error);
  g_free (details);
}

static void
on_details_clicked (AdwToast *toast, gpointer user_data)
{
  Details *details = user_data;
  g_autoptr (GtkWidget) overlay = g_weak_ref_get (&details->overlay);
  if (overlay)
    sc_error_dialog_present (overlay, details->error);
}

/**
 * sc_toast_error:
 * @widget: any widget below the window's toast overlay
 * @what: what was not done, a translated sentence without markup
 * @error: why; a cancellation says nothing
 *
 * Says that an action failed, with a way to the details.
 */
void
sc_toast_error (GtkWidget *widget, const char *what, const GError *error)
{
  AdwToastOverlay *toasts = find_toasts (widget);
  if (!toasts || sc_error_is_cancelled (error))
    return;

  Details *details = g_new0 (Details, 1);
  g_weak_ref_init (&details->overlay, toasts);
  details->error = g_error_copy (error);

  AdwToast *toast = adw_toast_new (what);
  adw_toast_set_button_label (toast, _ ("_Details"));
  g_signal_connect_data (toast,
                         "button-clicked",
                         G_CALLBACK (on_details_clicked),
                         details,
                         details_free,
                         G_CONNECT_DEFAULT);
  sc_toast_show (widget, toast);
}
