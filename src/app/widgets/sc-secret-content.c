/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A secret in the clipboard. It knows when it comes into a clipboard and when something else takes
 * its place, so it takes itself out after a while only if it is still there. It is not handed to
 * whoever keeps the clipboard after the program's end, and asks programs that keep a history of
 * the clipboard to keep none of it. Main thread only; the clipboard owns it.
 */

#include "config.h"

#include "sc-secret-content.h"

#include "sc-future.h"
#include "sc-secret.h"

/* What KDE's clipboard and others that keep a history look for, with the content "secret". */
#define HINT_TYPE "x-kde-passwordManagerHint"
#define HINT "secret"

struct _ScSecretContent {
  GdkContentProvider parent_instance;

  char *secret;
  guint seconds;
  ScDelay delay;
  GdkClipboard *clipboard; /* (nullable): not owned; while this is its content */
  DexFuture *waiting;
};

G_DEFINE_FINAL_TYPE (ScSecretContent, sc_secret_content, GDK_TYPE_CONTENT_PROVIDER)

typedef struct {
  GWeakRef content;
  guint seconds;
  ScDelay delay;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *wait = data;
  g_weak_ref_clear (&wait->content);
  g_free (wait);
}

static DexFuture *
wait_fiber (gpointer data)
{
  Wait *wait = data;
  g_autoptr (GError) ended = NULL;
  (void) dex_await (sc_delay_begin (&wait->delay, wait->seconds), &ended);
  g_autoptr (ScSecretContent) self = g_weak_ref_get (&wait->content);
  if (self && self->clipboard && !sc_error_is_cancelled (ended))
    gdk_clipboard_set_content (self->clipboard, NULL);
  return dex_future_new_true ();
}

static void
sc_secret_content_attach_clipboard (GdkContentProvider *provider, GdkClipboard *clipboard)
{
  ScSecretContent *self = SC_SECRET_CONTENT (provider);
  Wait *wait = g_new0 (Wait, 1);
  g_weak_ref_init (&wait->content, self);
  wait->seconds = self->seconds;
  wait->delay = self->delay;
  self->clipboard = clipboard;
  dex_clear (&self->waiting);
  self->waiting = sc_spawn (wait_fiber, wait, wait_free);
}

static void
sc_secret_content_detach_clipboard (GdkContentProvider *provider, GdkClipboard *clipboard)
{
  ScSecretContent *self = SC_SECRET_CONTENT (provider);
  self->clipboard = NULL;
  dex_clear (&self->waiting);
}

static GdkContentFormats *
sc_secret_content_ref_formats (GdkContentProvider *provider)
{
  return gdk_content_formats_new_for_gtype (G_TYPE_STRING);
}

/* None: it is gone with the program. */
static GdkContentFormats *
sc_secret_content_ref_storable_formats (GdkContentProvider *provider)
{
  return gdk_content_formats_new (NULL, 0);
}

static gboolean
sc_secret_content_get_value (GdkContentProvider *provider, GValue *value, GError **error)
{
  if (!G_VALUE_HOLDS_STRING (value))
    return GDK_CONTENT_PROVIDER_CLASS (sc_secret_content_parent_class)
      ->get_value (provider, value, error);
  g_value_set_string (value, SC_SECRET_CONTENT (provider)->secret);
  return TRUE;
}

static void
sc_secret_content_finalize (GObject *object)
{
  ScSecretContent *self = SC_SECRET_CONTENT (object);
  dex_clear (&self->waiting);
  g_clear_pointer (&self->secret, sc_secret_free);
  G_OBJECT_CLASS (sc_secret_content_parent_class)->finalize (object);
}

static void
sc_secret_content_class_init (ScSecretContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sc_secret_content_finalize;
  provider_class->attach_clipboard = sc_secret_content_attach_clipboard;
  provider_class->detach_clipboard = sc_secret_content_detach_clipboard;
  provider_class->ref_formats = sc_secret_content_ref_formats;
  provider_class->ref_storable_formats = sc_secret_content_ref_storable_formats;
  provider_class->get_value = sc_secret_content_get_value;
}

static void
sc_secret_content_init (ScSecretContent *self)
{
}

/**
 * sc_secret_content_new:
 * @secret: what is to be pasted
 * @seconds: how long it can be
 * @delay: how time passes
 *
 * Returns: (transfer full): what to give to gdk_clipboard_set_content()
 */
GdkContentProvider *
sc_secret_content_new (const char *secret, guint seconds, const ScDelay *delay)
{
  ScSecretContent *self = g_object_new (SC_TYPE_SECRET_CONTENT, NULL);
  self->secret = g_strdup (secret);
  self->seconds = seconds;
  self->delay = *delay;
  g_autoptr (GBytes) hint = g_bytes_new_static (HINT, sizeof HINT - 1);
  GdkContentProvider *providers[] = { GDK_CONTENT_PROVIDER (self),
                                      gdk_content_provider_new_for_bytes (HINT_TYPE, hint) };
  return gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
}
