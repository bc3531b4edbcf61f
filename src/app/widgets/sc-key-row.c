/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The row of the stream key. The key is fetched when somebody presses Copy or Show, and is in no
 * widget but while shown: a screen shared at the wrong moment, or a program that reads the
 * accessibility tree, finds dots.
 */

#include "config.h"

#include "sc-key-row.h"

#include "sc-error-dialog.h"
#include "sc-future.h"

#include <glib/gi18n.h>
#include <string.h>

/* Long enough to type it over, short enough to be gone when one looks away. */
#define SHOW_SECONDS 10

/* Says nothing of the key's length. */
#define MASK "••••••••••••••••"

struct _ScKeyRow {
  AdwActionRow parent_instance;

  ScClient *client;
  GtkToggleButton *show_button;
  GtkWidget *copy_button;
  DexFuture *copying;
  DexFuture *showing;
};

G_DEFINE_FINAL_TYPE (ScKeyRow, sc_key_row, ADW_TYPE_ACTION_ROW)

typedef struct {
  GWeakRef row;
  ScClient *client;
} KeyUse;

static KeyUse *
key_use_new (ScKeyRow *self)
{
  KeyUse *use = g_new0 (KeyUse, 1);
  g_weak_ref_init (&use->row, self);
  use->client = g_object_ref (self->client);
  return use;
}

static void
key_use_free (KeyUse *use)
{
  g_weak_ref_clear (&use->row);
  g_object_unref (use->client);
  g_free (use);
}

static void
wipe_key (char *key)
{
  if (key)
    explicit_bzero (key, strlen (key));
  g_free (key);
}

static void
mask (ScKeyRow *self)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), MASK);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (self), FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->show_button), _ ("Show Stream Key"));
  gtk_button_set_icon_name (GTK_BUTTON (self->show_button), "view-reveal-symbolic");
  gtk_toggle_button_set_active (self->show_button, FALSE);
}

static void
unmask (ScKeyRow *self, const char *key)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), key);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (self), TRUE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->show_button), _ ("Hide Stream Key"));
  gtk_button_set_icon_name (GTK_BUTTON (self->show_button), "view-conceal-symbolic");
}

static void
say_failure (ScKeyRow *self, const char *what, const GError *error)
{
  if (!sc_error_is_cancelled (error))
    sc_toast_error (GTK_WIDGET (self), what, error);
}

static DexFuture *
copy_fiber (gpointer user_data)
{
  KeyUse *use = user_data;
  g_autoptr (GError) error = NULL;
  char *key = dex_await_string (sc_client_get_stream_key (use->client), &error);
  g_autoptr (ScKeyRow) self = g_weak_ref_get (&use->row);
  if (self && key) {
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), key);
    sc_toast (GTK_WIDGET (self), _ ("Stream key copied"));
  } else if (self) {
    say_failure (self, _ ("The stream key could not be copied."), error);
  }
  if (self)
    gtk_widget_set_sensitive (self->copy_button, TRUE);
  wipe_key (key);
  return dex_future_new_true ();
}

/* Returns whether there is a key to see now. */
static gboolean
begin_showing (KeyUse *use, const char *key, const GError *error)
{
  g_autoptr (ScKeyRow) self = g_weak_ref_get (&use->row);
  if (!self)
    return FALSE;
  if (key) {
    unmask (self, key);
    return TRUE;
  }
  say_failure (self, _ ("The stream key could not be shown."), error);
  mask (self);
  return FALSE;
}

static DexFuture *
show_fiber (gpointer user_data)
{
  KeyUse *use = user_data;
  g_autoptr (GError) error = NULL;
  char *key = dex_await_string (sc_client_get_stream_key (use->client), &error);
  gboolean shown = !sc_error_is_cancelled (error) && begin_showing (use, key, error);
  wipe_key (key);
  if (!shown)
    return dex_future_new_true ();

  g_autoptr (GError) ended = NULL;
  (void) dex_await (dex_timeout_new_seconds (SHOW_SECONDS), &ended);
  g_autoptr (ScKeyRow) self = g_weak_ref_get (&use->row);
  if (self && !sc_error_is_cancelled (ended))
    mask (self);
  return dex_future_new_true ();
}

static void
on_show_toggled (ScKeyRow *self)
{
  dex_clear (&self->showing);
  if (gtk_toggle_button_get_active (self->show_button))
    self->showing = sc_spawn (show_fiber, key_use_new (self), (GDestroyNotify) key_use_free);
  else
    mask (self);
}

static void
sc_key_row_dispose (GObject *object)
{
  ScKeyRow *self = SC_KEY_ROW (object);

  dex_clear (&self->copying);
  dex_clear (&self->showing);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_KEY_ROW);

  G_OBJECT_CLASS (sc_key_row_parent_class)->dispose (object);
}

static void
sc_key_row_class_init (ScKeyRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sc_key_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/key-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ScKeyRow, show_button);
  gtk_widget_class_bind_template_child (widget_class, ScKeyRow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, on_show_toggled);
  gtk_widget_class_bind_template_callback (widget_class, sc_key_row_copy);
}

static void
sc_key_row_init (ScKeyRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mask (self);
}

/**
 * sc_key_row_set_client:
 * @self: the row
 * @client: what fetches the key
 */
void
sc_key_row_set_client (ScKeyRow *self, ScClient *client)
{
  g_set_object (&self->client, client);
}

/**
 * sc_key_row_copy:
 * @self: the row
 *
 * Fetches the key into the clipboard, without showing it.
 */
void
sc_key_row_copy (ScKeyRow *self)
{
  dex_clear (&self->copying);
  gtk_widget_set_sensitive (self->copy_button, FALSE);
  self->copying = sc_spawn (copy_fiber, key_use_new (self), (GDestroyNotify) key_use_free);
}

/**
 * sc_key_row_toggle:
 * @self: the row
 *
 * Shows the key for ten seconds, or hides it again.
 */
void
sc_key_row_toggle (ScKeyRow *self)
{
  gtk_toggle_button_set_active (self->show_button,
                                !gtk_toggle_button_get_active (self->show_button));
}

/**
 * sc_key_row_hide:
 * @self: the row
 *
 * Hides the key if it is shown.
 */
void
sc_key_row_hide (ScKeyRow *self)
{
  gtk_toggle_button_set_active (self->show_button, FALSE);
}
