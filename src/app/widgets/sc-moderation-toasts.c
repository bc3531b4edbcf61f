/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a moderator did is said in a toast, which also undoes it; and what was not done, and why. */

#include "config.h"

#include "sc-moderation-toasts.h"

#include "sc-moderation-words.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

typedef struct {
  ScChatModeration *moderation;
  ScModerationAction *action;
} Undo;

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;
  g_object_unref (undo->moderation);
  g_object_unref (undo->action);
  g_free (undo);
}

static void
on_undo_clicked (AdwToast *toast, gpointer user_data)
{
  Undo *undo = user_data;
  sc_chat_moderation_undo (undo->moderation, undo->action);
}

/* A toast undoes what it tells of, whatever was done since. */
static void
offer_undo (AdwToast *toast, ScChatModeration *moderation, ScModerationAction *action)
{
  Undo *undo = g_new0 (Undo, 1);
  undo->moderation = g_object_ref (moderation);
  undo->action = g_object_ref (action);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, SC_CHAT_UNDO_SECONDS);
  g_signal_connect_data (toast,
                         "button-clicked",
                         G_CALLBACK (on_undo_clicked),
                         undo,
                         undo_free,
                         G_CONNECT_DEFAULT);
}

static void
on_done (GtkWidget *widget, ScModerationAction *action, ScChatModeration *moderation)
{
  g_autofree char *words = sc_moderation_done_words (sc_moderation_action_get_fields (action));
  AdwToast *toast = adw_toast_new (words);
  if (sc_chat_moderation_get_undoable (moderation) == action)
    offer_undo (toast, moderation, action);
  sc_toast_show (widget, toast);
}

static void
on_undone (GtkWidget *widget, ScModerationAction *action)
{
  g_autofree char *words = sc_moderation_undone_words (sc_moderation_action_get_fields (action));
  sc_toast (widget, words);
}

static void
on_failed (GtkWidget *widget, guint kind, const GError *error)
{
  sc_toast_error (widget, sc_moderation_failure_words (error), error);
}

/**
 * sc_moderation_toasts_keep:
 * @widget: a widget below the window's toast overlay
 * @moderation: what is done in a chat
 *
 * Says what was done and what was not, as long as there is @widget.
 */
void
sc_moderation_toasts_keep (GtkWidget *widget, ScChatModeration *moderation)
{
  const struct {
    const char *signal;
    GCallback callback;
  } connections[] = {
    { "done", G_CALLBACK (on_done) },
    { "changed", G_CALLBACK (on_done) },
    { "undone", G_CALLBACK (on_undone) },
    { "failed", G_CALLBACK (on_failed) },
  };
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (moderation,
                             connections[i].signal,
                             connections[i].callback,
                             widget,
                             G_CONNECT_SWAPPED);
}
