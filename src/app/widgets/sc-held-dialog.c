/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What waits for a moderator. It asks again while it is open, as others decide too; after a verdict
 * the focus goes to the next message, so that a queue is worked off by one key.
 */

#include "config.h"

#include "sc-held-dialog.h"

#include "sc-held-row.h"
#include "sc-load-view.h"
#include "sc-moderation-words.h"
#include "sc-private-cover.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

/* Another moderator's verdict is seen this much later at most. */
#define REFRESH_SECONDS 5

struct _ScHeldDialog {
  AdwDialog parent_instance;

  ScHeldQueue *queue;
  AdwBanner *banner;
  ScPrivateCover *cover;
  ScLoadView *load_view;
  GtkStack *stack;
  GtkListBox *list;
  guint refresh_source;
};

G_DEFINE_FINAL_TYPE (ScHeldDialog, sc_held_dialog, ADW_TYPE_DIALOG)

static void
update_view (ScHeldDialog *self)
{
  const GError *error = sc_held_queue_get_error (self->queue);
  gboolean loaded = sc_held_queue_get_loaded (self->queue);
  gboolean any = sc_held_queue_get_n_held (self->queue) > 0;
  adw_banner_set_revealed (self->banner, loaded && error);
  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
  if (loaded)
    sc_load_view_show_content (self->load_view);
  else if (error)
    sc_load_view_show_error (self->load_view, error);
  else
    sc_load_view_show_loading (self->load_view);
}

static void
show_ages (ScHeldDialog *self)
{
  gint64 now = g_get_real_time ();
  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i); i++)
    sc_held_row_show_age (SC_HELD_ROW (gtk_list_box_get_row_at_index (self->list, i)), now);
}

static void
on_refreshed (ScHeldDialog *self)
{
  update_view (self);
  show_ages (self);
}

static void
refresh (ScHeldDialog *self)
{
  sc_held_queue_refresh (self->queue);
  update_view (self);
}

static gboolean
on_refresh_due (gpointer user_data)
{
  sc_held_queue_refresh (SC_HELD_DIALOG (user_data)->queue);
  return G_SOURCE_CONTINUE;
}

/* Whoever worked on the row that went goes on with the one that is in its place. */
static void
on_items_changed (ScHeldDialog *self, guint position, guint n_removed, guint n_added)
{
  guint n = sc_held_queue_get_n_held (self->queue);
  update_view (self);
  if (n_removed != 1 || n_added != 0 || n == 0)
    return;
  int next = (int) MIN (position, n - 1);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, next)));
}

static void
on_failed (ScHeldDialog *self, ScHeldLine *line, const GError *error)
{
  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i); i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);
    if (sc_held_row_get_line (SC_HELD_ROW (row)) == line)
      gtk_widget_set_sensitive (GTK_WIDGET (row), TRUE);
  }
  sc_toast_error (GTK_WIDGET (self->cover), sc_moderation_failure_words (error), error);
}

static void
on_pending (ScHeldDialog *self)
{
  g_autofree char *words = sc_moderation_pending_words (_ ("Decided"));
  sc_toast (GTK_WIDGET (self->cover), words);
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  return GTK_WIDGET (sc_held_row_new (SC_HELD_DIALOG (user_data)->queue, SC_HELD_LINE (item)));
}

static void
sc_held_dialog_dispose (GObject *object)
{
  ScHeldDialog *self = SC_HELD_DIALOG (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (self->list)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_HELD_DIALOG);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (sc_held_dialog_parent_class)->dispose (object);
}

static void
sc_held_dialog_class_init (ScHeldDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_LOAD_VIEW);
  g_type_ensure (SC_TYPE_PRIVATE_COVER);

  object_class->dispose = sc_held_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/held-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ScHeldDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, ScHeldDialog, cover);
  gtk_widget_class_bind_template_child (widget_class, ScHeldDialog, load_view);
  gtk_widget_class_bind_template_child (widget_class, ScHeldDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ScHeldDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, refresh);
}

static void
sc_held_dialog_init (ScHeldDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_held_dialog_new:
 * @queue: what waits
 * @mode: (nullable): whether others may see the screen
 *
 * Returns: (transfer floating): a dialog in which it is decided about
 */
ScHeldDialog *
sc_held_dialog_new (ScHeldQueue *queue, ScStreamerMode *mode)
{
  ScHeldDialog *self = g_object_new (SC_TYPE_HELD_DIALOG, NULL);
  GListModel *lines = sc_held_queue_get_lines (queue);
  self->queue = g_object_ref (queue);
  sc_private_cover_set_mode (self->cover, mode);
  gtk_list_box_bind_model (self->list, lines, make_row, self, NULL);
  /* After the list box has taken the change. */
  g_signal_connect_object (lines,
                           "items-changed",
                           G_CALLBACK (on_items_changed),
                           self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (queue, "refreshed", G_CALLBACK (on_refreshed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "pending", G_CALLBACK (on_pending), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  self->refresh_source = g_timeout_add_seconds (REFRESH_SECONDS, on_refresh_due, self);
  refresh (self);
  return self;
}
