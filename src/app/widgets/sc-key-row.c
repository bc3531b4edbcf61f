/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The row of the stream key, or of the passphrase of SRT, which is kept the same way and called a
 * key here. The key is fetched when somebody presses Copy or Show (and comes
 * with the address when SRT is chosen, where it is dropped at once), and is in no widget but while
 * shown: a screen shared at the wrong moment, or a program that reads the
 * accessibility tree, finds dots.
 */

#include "config.h"

#include "sc-key-row.h"

#include "sc-future.h"
#include "sc-secret-content.h"
#include "sc-secret.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

/* Long enough to type it over, short enough to be gone when one looks away. */
#define SHOW_SECONDS 10

/* Long enough to go to the encoder's settings and paste. */
#define CLIPBOARD_SECONDS 60

/* Says nothing of the key's length. */
#define MASK "••••••••••••••••"

/* What is said of a secret. */
typedef struct {
  DexFuture *(*fetch) (ScClient *client);
  const char *title;
  char *(*count_down) (guint seconds); /* the title while it is shown */
  const char *show;
  const char *hide;
  const char *copy;
  const char *copied;
  const char *copy_failed;
  const char *show_failed;
  const char *question;
  const char *warning;
} Words;

static char *
count_key_down (guint seconds)
{
  return g_strdup_printf (ngettext ("Stream Key, Hidden Again in %u Second",
                                    "Stream Key, Hidden Again in %u Seconds",
                                    seconds),
                          seconds);
}

static char *
count_passphrase_down (guint seconds)
{
  return g_strdup_printf (ngettext ("Passphrase, Hidden Again in %u Second",
                                    "Passphrase, Hidden Again in %u Seconds",
                                    seconds),
                          seconds);
}

static const Words key_words = {
  sc_client_get_stream_key,
  N_ ("Stream Key"),
  count_key_down,
  N_ ("Show Stream Key"),
  N_ ("Hide Stream Key"),
  N_ ("Copy Stream Key"),
  N_ ("Stream key copied. It stays in the clipboard for a minute"),
  N_ ("The stream key could not be copied."),
  N_ ("The stream key could not be shown."),
  N_ ("Show the Stream Key?"),
  N_ ("Others may see your screen. Whoever sees the key can go live in your name. Copying it does "
      "not show it."),
};

static const Words passphrase_words = {
  sc_client_get_srt_passphrase,
  N_ ("Passphrase"),
  count_passphrase_down,
  N_ ("Show Passphrase"),
  N_ ("Hide Passphrase"),
  N_ ("Copy Passphrase"),
  N_ ("Passphrase copied. It stays in the clipboard for a minute"),
  N_ ("The passphrase could not be copied."),
  N_ ("The passphrase could not be shown."),
  N_ ("Show the Passphrase?"),
  N_ ("Others may see your screen. Whoever sees the passphrase and the stream key can go live in "
      "your name. Copying it does not show it."),
};

struct _ScKeyRow {
  AdwActionRow parent_instance;

  const Words *words;
  ScClient *client;
  ScDelay delay;
  gboolean asks;
  GtkWidget *show_button;
  GtkWidget *copy_button;
  DexFuture *copying;
  DexFuture *showing;
};

G_DEFINE_FINAL_TYPE (ScKeyRow, sc_key_row, ADW_TYPE_ACTION_ROW)

typedef struct {
  GWeakRef row;
  ScClient *client;
  const Words *words;
  ScDelay delay;
} KeyUse;

static KeyUse *
key_use_new (ScKeyRow *self)
{
  KeyUse *use = g_new0 (KeyUse, 1);
  g_weak_ref_init (&use->row, self);
  use->client = g_object_ref (self->client);
  use->words = self->words;
  use->delay = self->delay;
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
mask (ScKeyRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), gettext (self->words->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), MASK);
  gtk_widget_set_tooltip_text (self->show_button, gettext (self->words->show));
  gtk_button_set_icon_name (GTK_BUTTON (self->show_button), "view-reveal-symbolic");
}

static void
unmask (ScKeyRow *self, const char *key)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), key);
  gtk_widget_set_tooltip_text (self->show_button, gettext (self->words->hide));
  gtk_button_set_icon_name (GTK_BUTTON (self->show_button), "view-conceal-symbolic");
}

static void
say_failure (ScKeyRow *self, const char *what, const GError *error)
{
  if (!sc_error_is_cancelled (error))
    sc_toast_error (GTK_WIDGET (self), what, error);
}

static void
put_into_clipboard (ScKeyRow *self, const char *key)
{
  g_autoptr (GdkContentProvider) content =
    sc_secret_content_new (key, CLIPBOARD_SECONDS, &self->delay);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
  sc_toast (GTK_WIDGET (self), gettext (self->words->copied));
  gtk_widget_activate_action (GTK_WIDGET (self), "page.encoder-ready", NULL);
}

static DexFuture *
copy_fiber (gpointer user_data)
{
  KeyUse *use = user_data;
  g_autoptr (GError) error = NULL;
  char *key = dex_await_string (use->words->fetch (use->client), &error);
  /* Another copy runs then, and has the button. */
  if (sc_error_is_cancelled (error))
    return dex_future_new_true ();
  g_autoptr (ScKeyRow) self = g_weak_ref_get (&use->row);
  if (self && key)
    put_into_clipboard (self, key);
  else if (self)
    say_failure (self, gettext (use->words->copy_failed), error);
  if (self)
    gtk_widget_set_sensitive (self->copy_button, TRUE);
  sc_secret_free (key);
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
  say_failure (self, gettext (use->words->show_failed), error);
  mask (self);
  return FALSE;
}

/* Says how long the key can still be seen; with none left it cannot. Returns whether it can. */
static gboolean
count_down (KeyUse *use, guint seconds)
{
  g_autoptr (ScKeyRow) self = g_weak_ref_get (&use->row);
  if (!self)
    return FALSE;
  if (seconds == 0) {
    mask (self);
    return FALSE;
  }
  g_autofree char *title = self->words->count_down (seconds);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  return TRUE;
}

static DexFuture *
show_fiber (gpointer user_data)
{
  KeyUse *use = user_data;
  g_autoptr (GError) error = NULL;
  char *key = dex_await_string (use->words->fetch (use->client), &error);
  gboolean shown = !sc_error_is_cancelled (error) && begin_showing (use, key, error);
  sc_secret_free (key);

  for (guint left = SHOW_SECONDS; shown && count_down (use, left); left--) {
    g_autoptr (GError) ended = NULL;
    (void) dex_await (sc_delay_begin (&use->delay, 1), &ended);
    shown = !sc_error_is_cancelled (ended);
  }
  return dex_future_new_true ();
}

static void
show (ScKeyRow *self)
{
  dex_clear (&self->showing);
  self->showing = sc_spawn (show_fiber, key_use_new (self), (GDestroyNotify) key_use_free);
}

/* Whoever streams their screen shows the key to everybody. */
static void
warn (ScKeyRow *self)
{
  AdwDialog *dialog =
    adw_alert_dialog_new (gettext (self->words->question), gettext (self->words->warning));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel",
                                  _ ("_Cancel"),
                                  "show",
                                  _ ("_Show"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog),
                                            "show",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response::show", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* Nobody sees it count down any more. */
static void
sc_key_row_unmap (GtkWidget *widget)
{
  sc_key_row_hide (SC_KEY_ROW (widget));
  GTK_WIDGET_CLASS (sc_key_row_parent_class)->unmap (widget);
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
  widget_class->unmap = sc_key_row_unmap;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/key-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ScKeyRow, show_button);
  gtk_widget_class_bind_template_child (widget_class, ScKeyRow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, sc_key_row_toggle);
  gtk_widget_class_bind_template_callback (widget_class, sc_key_row_copy);
}

static void
sc_key_row_init (ScKeyRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->delay = sc_delay_real;
  self->words = &key_words;
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
 * sc_key_row_set_passphrase:
 * @self: the row
 *
 * Has the row be of the passphrase of SRT.
 */
void
sc_key_row_set_passphrase (ScKeyRow *self)
{
  self->words = &passphrase_words;
  gtk_widget_set_tooltip_text (self->copy_button, gettext (self->words->copy));
  mask (self);
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
 * Shows the key for ten seconds, in streamer mode only to who confirms it; or hides it again.
 */
void
sc_key_row_toggle (ScKeyRow *self)
{
  if (self->showing && dex_future_is_pending (self->showing))
    sc_key_row_hide (self);
  else if (self->asks)
    warn (self);
  else
    show (self);
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
  dex_clear (&self->showing);
  mask (self);
}

/**
 * sc_key_row_set_asks:
 * @self: the row
 * @asks: whether others may see the screen, so that the key is shown only to who confirms it
 *
 * A key that is on show at that moment is hidden.
 */
void
sc_key_row_set_asks (ScKeyRow *self, gboolean asks)
{
  if (asks && !self->asks)
    sc_key_row_hide (self);
  self->asks = asks;
}

/**
 * sc_key_row_set_delay:
 * @self: the row
 * @delay: how time passes
 *
 * For a test that does not wait for a minute.
 */
void
sc_key_row_set_delay (ScKeyRow *self, const ScDelay *delay)
{
  self->delay = *delay;
}
