/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where a chat message is typed. What cannot be sent stays as it was typed, and why is said; while
 * the connection is away one types on. */

#include "config.h"

#include "sc-chat-composer.h"

#include "sc-chat-command-words.h"
#include "sc-chat-commands.h"
#include "sc-chat-suggestions.h"
#include "sc-chat-text.h"
#include "sc-chat-words.h"

#include <glib/gi18n.h>

struct _ScChatComposer {
  AdwBin parent_instance;

  ScChatRoom *room;
  ScChatModeration *moderation;
  GtkWidget *line;
  GtkEditable *entry;
  GtkLabel *counter;
  GtkLabel *problem;
  GtkWidget *send_button;
  GtkWidget *bar;
  GtkLabel *bar_words;
  GtkWidget *follow_button;
  GtkMenuButton *emoji_button;
  ScChatSuggestions *suggestions;
  char *refused; /* (nullable): why what is typed is not sent */
  char *last;    /* (nullable): what was sent last */
  guint countdown_source;
};

typedef enum {
  PROP_ROOM = 1,
  PROP_MODERATION,
} ScChatComposerProperty;

static GParamSpec *properties[PROP_MODERATION + 1];

G_DEFINE_FINAL_TYPE (ScChatComposer, sc_chat_composer, ADW_TYPE_BIN)

/* Said once, when it begins to be so. */
static void
show_problem (ScChatComposer *self, const char *problem)
{
  GtkWidget *label = GTK_WIDGET (self->problem);
  if (problem && !gtk_widget_get_visible (label))
    gtk_accessible_announce (GTK_ACCESSIBLE (self),
                             problem,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  gtk_label_set_text (self->problem, problem ? problem : "");
  gtk_widget_set_visible (label, problem != NULL);
  if (problem)
    gtk_widget_add_css_class (GTK_WIDGET (self->counter), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->counter), "error");
}

/* Seconds until the room takes something from us again. */
static guint
get_wait (ScChatComposer *self)
{
  gint64 left = self->room ? sc_chat_room_get_slow_until (self->room) - g_get_monotonic_time () : 0;
  return left > 0 ? (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;
}

static void update (ScChatComposer *self);

static void
on_countdown (gpointer user_data)
{
  ScChatComposer *self = user_data;
  self->countdown_source = 0;
  update (self);
}

/* To the moment when another number is right. */
static void
count_down (ScChatComposer *self)
{
  gint64 left = sc_chat_room_get_slow_until (self->room) - g_get_monotonic_time ();
  guint delay_ms = (guint) ((left - 1) % G_USEC_PER_SEC / 1000) + 1;
  g_clear_handle_id (&self->countdown_source, g_source_remove);
  self->countdown_source = g_timeout_add_once (delay_ms, on_countdown, self);
}

static void
show_wait (ScChatComposer *self, guint seconds)
{
  g_autofree char *words = seconds > 0 ? sc_chat_wait_words (seconds) : NULL;
  /* Translators: in the field where a chat message is typed */
  const char *placeholder = words ? words : _ ("Say something…");
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), placeholder);
  gtk_widget_set_tooltip_text (self->send_button, words);
  if (seconds > 0)
    count_down (self);
}

static void
show_bar (ScChatComposer *self, ScChatBar bar)
{
  g_autofree char *words = sc_chat_bar_words (bar);
  gtk_label_set_text (self->bar_words, words ? words : "");
  gtk_widget_set_visible (self->follow_button, bar == SC_CHAT_BAR_FOLLOWERS_ONLY);
  gtk_widget_set_visible (self->bar, words != NULL);
}

/* A command is no message: no rule of the room holds it up. But it may change one, and needs to
 * know which there are. */
static gboolean
may_submit (ScChatComposer *self, ScChatBar bar, gsize length)
{
  gboolean command = *gtk_editable_get_text (self->entry) == '/';
  gboolean may_send = bar == SC_CHAT_BAR_NONE && get_wait (self) == 0;
  return self->room && ((command && bar != SC_CHAT_BAR_UNKNOWN) || may_send) && length > 0 &&
         length <= SC_CHAT_TEXT_MAX;
}

static void
update (ScChatComposer *self)
{
  gsize length = sc_chat_text_length (gtk_editable_get_text (self->entry));
  g_autofree char *counter = sc_chat_counter_words (length);
  g_autofree char *problem = sc_chat_text_problem (length);
  ScChatBar bar = self->room ? sc_chat_room_get_bar (self->room) : SC_CHAT_BAR_UNKNOWN;

  gtk_label_set_text (self->counter, counter ? counter : "");
  gtk_widget_set_visible (GTK_WIDGET (self->counter), counter != NULL);
  show_problem (self, problem ? problem : self->refused);
  show_bar (self, bar);
  show_wait (self, get_wait (self));
  gtk_widget_set_sensitive (self->send_button, may_submit (self, bar, length));
}

static void
refuse (ScChatComposer *self, char *why)
{
  g_free (self->refused);
  self->refused = why;
  update (self);
}

static void
on_text_changed (ScChatComposer *self)
{
  g_clear_pointer (&self->refused, g_free);
  update (self);
}

static void
on_cursor_moved (ScChatComposer *self)
{
  if (self->room && self->suggestions)
    sc_chat_suggestions_update (self->suggestions, self->room);
}

static void
set_text (ScChatComposer *self, const char *text)
{
  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);
}

static void
say (ScChatComposer *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  if (sc_chat_room_send (self->room, text, &error)) {
    g_set_str (&self->last, text);
    set_text (self, "");
    return;
  }
  refuse (self, sc_chat_refusal_words (error));
}

static void
obey (ScChatComposer *self, const ScChatCommand *command)
{
  if (command->kind == SC_CHAT_COMMAND_HELP) {
    set_text (self, "/"); /* which suggests them all */
    return;
  }
  char *problem = sc_chat_commands_run (GTK_WIDGET (self), self->room, self->moderation, command);
  if (problem)
    refuse (self, problem);
  else
    set_text (self, "");
}

/* What is mistyped stays, and nobody else sees it. */
static void
submit (ScChatComposer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScChatCommand) command = NULL;
  if (!gtk_widget_get_sensitive (self->send_button))
    return;
  g_autofree char *text = sc_chat_text_clean (gtk_editable_get_text (self->entry));
  ScChatRole role = sc_chat_room_get_role (self->room);
  sc_chat_suggestions_close (self->suggestions);
  if (!sc_chat_command_parse (text, role, &command, &error))
    refuse (self, sc_chat_command_words (error, sc_chat_command_find_nearest (text, role)));
  else if (command->kind == SC_CHAT_COMMAND_SAY)
    say (self, command->text);
  else
    obey (self, command);
}

static void
on_emoji_picked (ScChatComposer *self, const char *emoji)
{
  int position = gtk_editable_get_position (self->entry);
  gtk_editable_insert_text (self->entry, emoji, -1, &position);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (self->entry, position);
}

/* When it is wanted: it is large. */
static void
make_emoji_chooser (GtkMenuButton *button, gpointer user_data)
{
  if (gtk_menu_button_get_popover (button))
    return;
  GtkWidget *chooser = gtk_emoji_chooser_new ();
  g_signal_connect_object (chooser,
                           "emoji-picked",
                           G_CALLBACK (on_emoji_picked),
                           user_data,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, chooser);
}

/* What a text field leaves over is for the page, where it would change the volume or go away. */
static gboolean
on_key_pressed (ScChatComposer *self, guint key)
{
  if (sc_chat_suggestions_take_key (self->suggestions, key))
    return GDK_EVENT_STOP;
  if (key == GDK_KEY_Up && self->last && !*gtk_editable_get_text (self->entry))
    set_text (self, self->last);
  if (key == GDK_KEY_Escape)
    gtk_widget_activate_action (GTK_WIDGET (self), "chat.leave", NULL);
  return key == GDK_KEY_Escape || key == GDK_KEY_Up || key == GDK_KEY_Down;
}

static void
on_focus_left (ScChatComposer *self)
{
  if (self->suggestions)
    sc_chat_suggestions_close (self->suggestions);
}

static gboolean
sc_chat_composer_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SC_CHAT_COMPOSER (widget)->entry));
}

static void
set_room (ScChatComposer *self, ScChatRoom *room)
{
  ScChatRoom *before = self->room;
  if (before == room)
    return;
  if (before)
    g_signal_handlers_disconnect_by_func (before, update, self);
  g_set_object (&self->room, room);
  if (room)
    g_signal_connect_object (room, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM]);
}

static void
sc_chat_composer_dispose (GObject *object)
{
  ScChatComposer *self = SC_CHAT_COMPOSER (object);

  g_clear_handle_id (&self->countdown_source, g_source_remove);
  set_room (self, NULL);
  g_clear_object (&self->moderation);
  g_clear_pointer (&self->suggestions, sc_chat_suggestions_free);
  g_clear_pointer (&self->refused, g_free);
  g_clear_pointer (&self->last, g_free);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_CHAT_COMPOSER);

  G_OBJECT_CLASS (sc_chat_composer_parent_class)->dispose (object);
}

static void
sc_chat_composer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScChatComposer *self = SC_CHAT_COMPOSER (object);

  switch ((ScChatComposerProperty) id) {
  case PROP_ROOM:
    g_value_set_object (value, self->room);
    break;
  case PROP_MODERATION:
    g_value_set_object (value, self->moderation);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_chat_composer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScChatComposer *self = SC_CHAT_COMPOSER (object);

  switch ((ScChatComposerProperty) id) {
  case PROP_ROOM:
    set_room (self, g_value_get_object (value));
    update (self);
    break;
  case PROP_MODERATION:
    if (g_set_object (&self->moderation, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_chat_composer_class_init (ScChatComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sc_chat_composer_dispose;
  object_class->get_property = sc_chat_composer_get_property;
  object_class->set_property = sc_chat_composer_set_property;
  widget_class->grab_focus = sc_chat_composer_grab_focus;

  properties[PROP_ROOM] =
    g_param_spec_object ("room",
                         NULL,
                         NULL,
                         SC_TYPE_CHAT_ROOM,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_MODERATION] =
    g_param_spec_object ("moderation",
                         NULL,
                         NULL,
                         SC_TYPE_CHAT_MODERATION,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/chat-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, ScChatComposer, entry);
  gtk_widget_class_bind_template_child (widget_class, ScChatComposer, counter);
  gtk_widget_class_bind_template_child (widget_class, ScChatComposer, problem);
  gtk_widget_class_bind_template_child (widget_class, ScChatComposer, send_button);
  gtk_widget_class_bind_template_child (widget_class, ScChatComposer, bar);
  gtk_widget_class_bind_template_child (widget_class, ScChatComposer, bar_words);
  gtk_widget_class_bind_template_child (widget_class, ScChatComposer, follow_button);
  gtk_widget_class_bind_template_child (widget_class, ScChatComposer, line);
  gtk_widget_class_bind_template_child (widget_class, ScChatComposer, emoji_button);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cursor_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_focus_left);
  gtk_widget_class_bind_template_callback (widget_class, submit);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
}

static void
sc_chat_composer_init (ScChatComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->suggestions = sc_chat_suggestions_new (self->line, self->entry);
  gtk_menu_button_set_create_popup_func (self->emoji_button, make_emoji_chooser, self, NULL);
  update (self);
}

/**
 * sc_chat_composer_mention:
 * @self: a composer
 * @name: somebody's name
 *
 * Addresses somebody in what is being typed, and goes there.
 */
void
sc_chat_composer_mention (ScChatComposer *self, const char *name)
{
  g_autofree char *mention = g_strdup_printf ("@%s ", name);
  int position = 0;
  gtk_editable_insert_text (self->entry, mention, -1, &position);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (self->entry, -1);
}
