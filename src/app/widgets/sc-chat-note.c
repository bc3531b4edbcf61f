/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What stands below a line of ours that the room does not have: why, and what can be done about it.
 */

#include "config.h"

#include "sc-chat-note.h"

#include "sc-chat-line-words.h"

struct _ScChatNote {
  AdwBin parent_instance;

  GtkLabel *words;
  GtkWidget *again_button;
  GtkWidget *discard_button;
};

G_DEFINE_FINAL_TYPE (ScChatNote, sc_chat_note, ADW_TYPE_BIN)

static void
sc_chat_note_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (object), SC_TYPE_CHAT_NOTE);

  G_OBJECT_CLASS (sc_chat_note_parent_class)->dispose (object);
}

static void
sc_chat_note_class_init (ScChatNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sc_chat_note_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/chat-note.ui");
  gtk_widget_class_bind_template_child (widget_class, ScChatNote, words);
  gtk_widget_class_bind_template_child (widget_class, ScChatNote, again_button);
  gtk_widget_class_bind_template_child (widget_class, ScChatNote, discard_button);
}

static void
sc_chat_note_init (ScChatNote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_chat_note_show:
 * @self: a note
 * @state: how the line stands
 * @problem: (nullable): why it failed
 *
 * Says what became of a line.
 */
void
sc_chat_note_show (ScChatNote *self, ScChatLineState state, const GError *problem)
{
  g_autofree char *words = sc_chat_line_note (state, problem);
  gtk_label_set_text (self->words, words ? words : "");
  gtk_widget_set_visible (self->again_button, sc_chat_line_may_be_sent_again (state, problem));
  gtk_widget_set_visible (self->discard_button,
                          state == SC_CHAT_LINE_UNCONFIRMED || state == SC_CHAT_LINE_FAILED);
}
