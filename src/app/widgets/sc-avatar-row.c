/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The own picture: another file is chosen, made small and square on this machine and sent, or the
 * picture is taken away. */

#include "config.h"

#include "sc-avatar-row.h"

#include "sc-avatar-picture.h"
#include "sc-avatar.h"
#include "sc-future.h"
#include "sc-toast.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>

struct _ScAvatarRow {
  AdwActionRow parent_instance;

  ScOwnChannel *own_channel;
  DexFuture *sending;
  ScAvatar *avatar;
  GtkStack *stack;
  GtkWidget *remove_button;
};

G_DEFINE_FINAL_TYPE (ScAvatarRow, sc_avatar_row, ADW_TYPE_ACTION_ROW)

typedef struct {
  ScClient *client;
  GFile *file;
} Upload;

static void
upload_free (gpointer data)
{
  Upload *upload = data;
  g_object_unref (upload->client);
  g_object_unref (upload->file);
  g_free (upload);
}

static void
show_url (ScAvatarRow *self, const char *url)
{
  sc_avatar_set_url (self->avatar, url);
  gtk_widget_set_visible (self->remove_button, url != NULL);
}

static void
on_updated (ScAvatarRow *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  if (!channel || self->sending)
    return;
  sc_avatar_set_text (self->avatar, sc_channel_get_name (channel));
  show_url (self, sc_channel_get_avatar_url (channel));
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), TRUE);
}

/* What a person can do about it. */
static const char *
get_problem (const GError *error)
{
  if (g_error_matches (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY))
    return _ ("This picture is too large.");
  if (error->domain == GDK_PIXBUF_ERROR)
    return _ ("This file is no picture that can be read.");
  if (error->domain == G_IO_ERROR)
    return _ ("The file could not be read.");
  return _ ("The picture could not be changed.");
}

/* The channel that is on show takes the URL at once: it is not asked for until the next turn. */
static DexFuture *
on_sent (DexFuture *future, gpointer user_data)
{
  ScAvatarRow *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  dex_clear (&self->sending);
  gtk_stack_set_visible_child_name (self->stack, "choice");
  if (!value) {
    sc_toast_error (GTK_WIDGET (self), get_problem (error), error);
    return dex_future_new_true ();
  }
  const char *url = G_VALUE_HOLDS_STRING (value) ? g_value_get_string (value) : NULL;
  if (channel)
    sc_channel_set_avatar_url (channel, url);
  show_url (self, url);
  sc_toast (GTK_WIDGET (self), url ? _ ("Your picture is changed") : _ ("Your picture is removed"));
  return dex_future_new_true ();
}

/* Takes @sending. */
static void
send (ScAvatarRow *self, DexFuture *sending)
{
  gtk_stack_set_visible_child_name (self->stack, "busy");
  /* It goes on when nobody waits for it any more. */
  dex_future_disown (dex_ref (sending));
  dex_clear (&self->sending);
  self->sending = dex_future_finally (sending, on_sent, self, NULL);
}

/* Resolves to where the picture is. */
static DexFuture *
upload_fiber (gpointer data)
{
  Upload *upload = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = dex_await_boxed (sc_avatar_picture_read (upload->file), &error);
  g_autofree char *url =
    png ? dex_await_string (sc_client_put_avatar (upload->client, png), &error) : NULL;
  return url ? dex_future_new_take_string (g_steal_pointer (&url))
             : dex_future_new_for_error (g_steal_pointer (&error));
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ScAvatarRow) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);
  if (file && self->own_channel)
    sc_avatar_row_upload (self, file);
}

static void
choose (ScAvatarRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, _ ("Choose a Picture"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, GTK_WINDOW (root), NULL, on_chosen, g_object_ref (self));
}

static void
remove_picture (ScAvatarRow *self)
{
  send (self, sc_client_delete_avatar (sc_own_channel_get_client (self->own_channel)));
}

static void
sc_avatar_row_dispose (GObject *object)
{
  ScAvatarRow *self = SC_AVATAR_ROW (object);

  dex_clear (&self->sending);
  g_clear_object (&self->own_channel);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_AVATAR_ROW);

  G_OBJECT_CLASS (sc_avatar_row_parent_class)->dispose (object);
}

static void
sc_avatar_row_class_init (ScAvatarRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_AVATAR);
  G_OBJECT_CLASS (klass)->dispose = sc_avatar_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/avatar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ScAvatarRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, ScAvatarRow, stack);
  gtk_widget_class_bind_template_child (widget_class, ScAvatarRow, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, choose);
  gtk_widget_class_bind_template_callback (widget_class, remove_picture);
}

static void
sc_avatar_row_init (ScAvatarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_avatar_row_set_own_channel:
 * @self: a row
 * @own_channel: whose picture it is
 */
void
sc_avatar_row_set_own_channel (ScAvatarRow *self, ScOwnChannel *own_channel)
{
  ScClient *client = sc_own_channel_get_client (own_channel);
  self->own_channel = g_object_ref (own_channel);
  sc_avatar_set_http (self->avatar, sc_client_get_http (client));
  g_signal_connect_object (own_channel,
                           "updated",
                           G_CALLBACK (on_updated),
                           self,
                           G_CONNECT_SWAPPED);
  on_updated (self);
}

/**
 * sc_avatar_row_upload:
 * @self: a row with a channel
 * @file: a picture of any kind and size
 *
 * Shows it as the own picture; a toast says what became of it.
 */
void
sc_avatar_row_upload (ScAvatarRow *self, GFile *file)
{
  Upload *upload = g_new0 (Upload, 1);
  upload->client = g_object_ref (sc_own_channel_get_client (self->own_channel));
  upload->file = g_object_ref (file);
  send (self, sc_spawn (upload_fiber, upload, upload_free));
}
