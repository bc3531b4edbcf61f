/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a word that is being typed may become: commands and names. The focus stays in the entry, and
 * whoever types on is not held up. */

#include "config.h"

#include "sc-chat-suggestions.h"

#include "sc-chat-completion.h"

#include <glib/gi18n.h>

#define NAMES_MAX 6

struct _ScChatSuggestions {
  GtkEditable *entry;
  GtkWidget *popover;
  GtkListBox *list;
  GPtrArray *words; /* of char *, what each row writes */
  ScChatCompletion place;
  gboolean writing;
};

static void
write_word (ScChatSuggestions *self, guint index)
{
  g_autofree char *word = g_strdup_printf ("%s ", (const char *) self->words->pdata[index]);
  int position = (int) self->place.start;
  self->writing = TRUE;
  gtk_editable_delete_text (self->entry, position, (int) self->place.end);
  gtk_editable_insert_text (self->entry, word, -1, &position);
  gtk_editable_set_position (self->entry, position);
  self->writing = FALSE;
  sc_chat_suggestions_close (self);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, ScChatSuggestions *self)
{
  write_word (self, (guint) gtk_list_box_row_get_index (row));
}

static void
select_row (ScChatSuggestions *self, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, index);
  if (!row)
    return;
  gtk_list_box_select_row (self->list, row);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->entry),
                           self->words->pdata[index],
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
add_row (ScChatSuggestions *self, const char *word, const char *arguments, const char *description)
{
  g_autofree char *title =
    arguments && *arguments ? g_strdup_printf ("%s %s", word, arguments) : g_strdup (word);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  if (description) {
    GtkWidget *words = gtk_label_new (description);
    gtk_label_set_xalign (GTK_LABEL (words), 0);
    gtk_label_set_wrap (GTK_LABEL (words), TRUE);
    gtk_widget_add_css_class (words, "caption");
    gtk_widget_add_css_class (words, "dimmed");
    gtk_box_append (GTK_BOX (box), words);
  }
  gtk_list_box_append (self->list, box);
  g_ptr_array_add (self->words, g_strdup (word));
}

static void
add_commands (ScChatSuggestions *self, const char *prefix, ScChatRole role)
{
  g_autoptr (GPtrArray) commands = sc_chat_completion_list_commands (prefix, role);
  for (guint i = 0; i < commands->len; i++) {
    const ScChatCommandInfo *info = commands->pdata[i];
    const char *arguments = *info->arguments ? _ (info->arguments) : NULL;
    add_row (self, info->word, arguments, _ (info->description));
  }
}

static void
add_names (ScChatSuggestions *self, const char *prefix, ScChatRoom *room)
{
  g_auto (GStrv) names = sc_chat_room_complete_name (room, prefix, NAMES_MAX);
  for (guint i = 0; names[i]; i++) {
    g_autofree char *word =
      *prefix == '@' ? g_strdup_printf ("@%s", names[i]) : g_strdup (names[i]);
    add_row (self, word, NULL, NULL);
  }
}

/* A word that is there already need not be suggested. */
static gboolean
is_done (ScChatSuggestions *self, const char *prefix)
{
  return self->words->len == 1 && g_str_equal (self->words->pdata[0], prefix);
}

/**
 * sc_chat_suggestions_new:
 * @parent: the box that the entry is in
 * @entry: where one types
 *
 * Returns: (transfer full): suggestions, of which there are none yet
 */
ScChatSuggestions *
sc_chat_suggestions_new (GtkWidget *parent, GtkEditable *entry)
{
  ScChatSuggestions *self = g_new0 (ScChatSuggestions, 1);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  self->entry = entry;
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->popover = gtk_popover_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Suggestions"),
                                  -1);
  gtk_list_box_set_activate_on_single_click (self->list, TRUE);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 280);
  gtk_widget_set_size_request (scroller, 280, -1);
  gtk_popover_set_child (GTK_POPOVER (self->popover), scroller);
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_TOP);
  gtk_widget_add_css_class (self->popover, "chat-suggestions");
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, parent);
  return self;
}

/**
 * sc_chat_suggestions_free:
 * @self: (nullable) (transfer full): suggestions
 */
void
sc_chat_suggestions_free (ScChatSuggestions *self)
{
  if (!self)
    return;
  gtk_widget_unparent (self->popover);
  g_ptr_array_unref (self->words);
  g_free (self);
}

/**
 * sc_chat_suggestions_close:
 * @self: suggestions
 *
 * Suggests nothing until something else is typed.
 */
void
sc_chat_suggestions_close (ScChatSuggestions *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/**
 * sc_chat_suggestions_update:
 * @self: suggestions
 * @room: the room
 *
 * Something was typed: suggests what it may become.
 */
void
sc_chat_suggestions_update (ScChatSuggestions *self, ScChatRoom *room)
{
  const char *text = gtk_editable_get_text (self->entry);
  if (self->writing)
    return;
  gtk_list_box_remove_all (self->list);
  g_ptr_array_set_size (self->words, 0);
  self->place = sc_chat_completion_find (text, (guint) gtk_editable_get_position (self->entry));
  g_autofree char *prefix =
    gtk_editable_get_chars (self->entry, (int) self->place.start, (int) self->place.end);
  if (self->place.kind == SC_CHAT_COMPLETION_COMMAND)
    add_commands (self, prefix, sc_chat_room_get_role (room));
  else if (self->place.kind == SC_CHAT_COMPLETION_NAME)
    add_names (self, prefix, room);
  if (self->words->len == 0 || is_done (self, prefix)) {
    sc_chat_suggestions_close (self);
    return;
  }
  gtk_popover_popup (GTK_POPOVER (self->popover));
  select_row (self, 0);
}

/**
 * sc_chat_suggestions_take_key:
 * @self: suggestions
 * @key: a key that was pressed in the entry
 *
 * Tab writes the word that is chosen, the arrows choose, Escape closes; only while there are any.
 *
 * Returns: whether the key was for the suggestions
 */
gboolean
sc_chat_suggestions_take_key (ScChatSuggestions *self, guint key)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  if (!gtk_widget_get_visible (self->popover) || !row)
    return FALSE;
  int index = gtk_list_box_row_get_index (row);
  switch (key) {
  case GDK_KEY_Tab:
    write_word (self, (guint) index);
    return TRUE;
  case GDK_KEY_Up:
    select_row (self, MAX (index - 1, 0));
    return TRUE;
  case GDK_KEY_Down:
    select_row (self, index + 1);
    return TRUE;
  case GDK_KEY_Escape:
    sc_chat_suggestions_close (self);
    return TRUE;
  default:
    return FALSE;
  }
}
