/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One line of a chat on show: who, when, what, and what became of it. Whoever may moderate finds
 * what to do about it in its menu. Rows are used again for other lines: all they show is bound. */

#include "config.h"

#include "sc-chat-row.h"

#include "sc-chat-panel.h"
#include "sc-chat-words.h"
#include "sc-error-dialog.h"
#include "sc-menu-names.h"
#include "sc-name-colour.h"

#include <glib/gi18n.h>

struct _ScChatRow {
  AdwBin parent_instance;

  ScChatLine *line;
  ScChatRoom *room;
  GtkMenuButton *menu_button;
  GtkWidget *text;
  GMenuModel *moderation_menu;
};

typedef enum {
  PROP_LINE = 1,
  PROP_ROOM,
  PROP_STYLE_MANAGER,
} ScChatRowProperty;

static GParamSpec *properties[PROP_STYLE_MANAGER + 1];

G_DEFINE_FINAL_TYPE (ScChatRow, sc_chat_row, ADW_TYPE_BIN)

/* What the template computes. */

static char *
name_markup (ScChatRow *self,
             const char *user_id,
             const char *name,
             gboolean dark,
             gboolean high_contrast)
{
  g_autofree char *words = sc_chat_name_words (name);
  if (high_contrast)
    return g_markup_printf_escaped ("<b>%s</b>", words);
  return g_markup_printf_escaped ("<span weight=\"bold\" foreground=\"%s\">%s</span>",
                                  sc_name_colour (user_id, dark),
                                  words);
}

static char *
time_words (ScChatRow *self, gint64 time)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  return sc_chat_time_words (time, g_get_real_time (), zone);
}

static char *
menu_label (ScChatRow *self, const char *name)
{
  g_autofree char *words = sc_chat_name_words (name);
  /* Translators: a menu of a chat message; %s is the name of who said it */
  return g_strdup_printf (_ ("Moderate Message of %s"), words);
}

static gboolean
may_moderate (ScChatRow *self, guint capabilities, guint state, gboolean own)
{
  if (state != SC_CHAT_LINE_SHOWN && (state != SC_CHAT_LINE_DELETED || own))
    return FALSE;
  return (capabilities & (own ? SC_CHAT_DELETE : SC_CHAT_DELETE | SC_CHAT_DISCONNECT)) != 0;
}

static char *
shown_text (ScChatRow *self, const char *text, guint state)
{
  return sc_chat_line_text (text, state);
}

static gboolean
has_note (ScChatRow *self, guint state)
{
  return state == SC_CHAT_LINE_WAITING || state == SC_CHAT_LINE_UNCONFIRMED ||
         state == SC_CHAT_LINE_FAILED;
}

static char *
note (ScChatRow *self, guint state, const GError *problem)
{
  return sc_chat_line_note (state, problem);
}

static gboolean
may_be_sent_again (ScChatRow *self, guint state, const GError *problem)
{
  return sc_chat_line_may_be_sent_again (state, problem);
}

static gboolean
may_be_discarded (ScChatRow *self, guint state)
{
  return state == SC_CHAT_LINE_UNCONFIRMED || state == SC_CHAT_LINE_FAILED;
}

/* What is said without words: whose line it is, and how certain. */

static void
set_class (GtkWidget *widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_state (ScChatRow *self)
{
  ScChatLineState state = self->line ? sc_chat_line_get_state (self->line) : SC_CHAT_LINE_SHOWN;
  set_class (GTK_WIDGET (self), "own", self->line && sc_chat_line_get_own (self->line));
  set_class (GTK_WIDGET (self), "failed", state == SC_CHAT_LINE_FAILED);
  set_class (self->text,
             "dimmed",
             state == SC_CHAT_LINE_SENDING || state == SC_CHAT_LINE_WAITING ||
               state == SC_CHAT_LINE_DELETED);
  set_class (self->text, "chat-deleted", state == SC_CHAT_LINE_DELETED);
}

static void
set_line (ScChatRow *self, ScChatLine *line)
{
  ScChatLine *before = self->line;
  if (before == line)
    return;
  if (before)
    g_signal_handlers_disconnect_by_func (before, show_state, self);
  g_set_object (&self->line, line);
  if (line)
    g_signal_connect_object (line,
                             "notify::state",
                             G_CALLBACK (show_state),
                             self,
                             G_CONNECT_SWAPPED);
  show_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINE]);
}

/* Actions. */

static void
say_refusal (ScChatRow *self, const GError *error)
{
  g_autofree char *words = sc_chat_refusal_words (error);
  sc_toast_error (GTK_WIDGET (self), words, error);
}

static void
send_again (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatRow *self = SC_CHAT_ROW (widget);
  g_autoptr (GError) error = NULL;
  if (self->room && self->line && !sc_chat_room_send_again (self->room, self->line, &error))
    say_refusal (self, error);
}

static void
discard (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatRow *self = SC_CHAT_ROW (widget);
  if (self->room && self->line)
    sc_chat_room_discard (self->room, self->line);
}

/* The row may show another line when the answer comes, or be gone: what it says does not depend on
 * that. */
static DexFuture *
on_order_done (DexFuture *future, gpointer user_data)
{
  GWeakRef *reference = user_data;
  g_autoptr (ScChatRow) self = g_weak_ref_get (reference);
  g_autoptr (GError) error = NULL;
  if (!dex_future_get_value (future, &error) && self)
    say_refusal (self, error);
  return dex_future_new_true ();
}

static void
free_reference (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
watch_order (ScChatRow *self, DexFuture *order)
{
  GWeakRef *reference = g_new0 (GWeakRef, 1);
  g_weak_ref_init (reference, self);
  dex_future_disown (dex_future_finally (order, on_order_done, reference, free_reference));
}

static void
delete_message (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatRow *self = SC_CHAT_ROW (widget);
  if (self->room && self->line)
    watch_order (self, sc_chat_room_delete_line (self->room, self->line));
}

typedef struct {
  GWeakRef row;
  ScChatRoom *room;
  ScChatLine *line;
} Removal;

static void
removal_free (gpointer data, GClosure *closure)
{
  Removal *removal = data;
  g_weak_ref_clear (&removal->row);
  g_object_unref (removal->room);
  g_object_unref (removal->line);
  g_free (removal);
}

static void
on_removal_response (AdwAlertDialog *dialog, const char *response, gpointer user_data)
{
  Removal *removal = user_data;
  g_autoptr (ScChatRow) self = g_weak_ref_get (&removal->row);
  if (self && g_str_equal (response, "remove"))
    watch_order (self, sc_chat_room_remove_person (removal->room, removal->line));
}

static void
ask_about_removal (ScChatRow *self)
{
  g_autofree char *name = sc_chat_name_words (sc_chat_line_get_name (self->line));
  /* Translators: %s is a name */
  g_autofree char *heading = g_strdup_printf (_ ("Remove %s From the Chat?"), name);
  AdwDialog *dialog =
    adw_alert_dialog_new (heading,
                          _ ("They are disconnected at once. They can come back, though."));
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);
  adw_alert_dialog_add_responses (alert, "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");

  Removal *removal = g_new0 (Removal, 1);
  g_weak_ref_init (&removal->row, self);
  removal->room = g_object_ref (self->room);
  removal->line = g_object_ref (self->line);
  g_signal_connect_data (dialog,
                         "response",
                         G_CALLBACK (on_removal_response),
                         removal,
                         removal_free,
                         G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
remove_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScChatRow *self = SC_CHAT_ROW (widget);
  if (self->room && self->line)
    ask_about_removal (self);
}

/* Made when it is opened: a list has many rows, and a menu is wanted for few. */
static void
make_menu (GtkMenuButton *button, gpointer user_data)
{
  ScChatRow *self = user_data;
  guint capabilities = sc_chat_room_get_capabilities (self->room);
  gboolean shown = sc_chat_line_get_state (self->line) == SC_CHAT_LINE_SHOWN;
  gboolean own = sc_chat_line_get_own (self->line);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "line.delete",
                                 shown && (capabilities & SC_CHAT_DELETE));
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "line.remove-person",
                                 !own && (capabilities & SC_CHAT_DISCONNECT));
  if (!gtk_menu_button_get_popover (button))
    gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (self->moderation_menu));
}

/* The room is that of the panel which the row is in. */
static void
sc_chat_row_root (GtkWidget *widget)
{
  ScChatRow *self = SC_CHAT_ROW (widget);
  GTK_WIDGET_CLASS (sc_chat_row_parent_class)->root (widget);
  GtkWidget *panel = gtk_widget_get_ancestor (widget, SC_TYPE_CHAT_PANEL);
  if (panel && g_set_object (&self->room, sc_chat_panel_get_room (SC_CHAT_PANEL (panel))))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM]);
}

static void
sc_chat_row_dispose (GObject *object)
{
  ScChatRow *self = SC_CHAT_ROW (object);

  set_line (self, NULL);
  g_clear_object (&self->room);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_CHAT_ROW);

  G_OBJECT_CLASS (sc_chat_row_parent_class)->dispose (object);
}

static void
sc_chat_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScChatRow *self = SC_CHAT_ROW (object);

  switch ((ScChatRowProperty) id) {
  case PROP_LINE:
    g_value_set_object (value, self->line);
    break;
  case PROP_ROOM:
    g_value_set_object (value, self->room);
    break;
  case PROP_STYLE_MANAGER:
    g_value_set_object (value, adw_style_manager_get_default ());
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_chat_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScChatRow *self = SC_CHAT_ROW (object);

  switch (id) {
  case PROP_LINE:
    set_line (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/chat-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ScChatRow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ScChatRow, text);
  gtk_widget_class_bind_template_child (widget_class, ScChatRow, moderation_menu);
  gtk_widget_class_bind_template_callback (widget_class, name_markup);
  gtk_widget_class_bind_template_callback (widget_class, time_words);
  gtk_widget_class_bind_template_callback (widget_class, menu_label);
  gtk_widget_class_bind_template_callback (widget_class, may_moderate);
  gtk_widget_class_bind_template_callback (widget_class, shown_text);
  gtk_widget_class_bind_template_callback (widget_class, has_note);
  gtk_widget_class_bind_template_callback (widget_class, note);
  gtk_widget_class_bind_template_callback (widget_class, may_be_sent_again);
  gtk_widget_class_bind_template_callback (widget_class, may_be_discarded);
}

static void
sc_chat_row_class_init (ScChatRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags set = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags seen = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  g_type_ensure (SC_TYPE_CHAT_LINE);
  g_type_ensure (SC_TYPE_CHAT_ROOM);

  object_class->dispose = sc_chat_row_dispose;
  object_class->get_property = sc_chat_row_get_property;
  object_class->set_property = sc_chat_row_set_property;
  widget_class->root = sc_chat_row_root;

  properties[PROP_LINE] = g_param_spec_object ("line", NULL, NULL, SC_TYPE_CHAT_LINE, set);
  properties[PROP_ROOM] = g_param_spec_object ("room", NULL, NULL, SC_TYPE_CHAT_ROOM, seen);
  properties[PROP_STYLE_MANAGER] =
    g_param_spec_object ("style-manager", NULL, NULL, ADW_TYPE_STYLE_MANAGER, seen);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_install_action (widget_class, "line.send-again", NULL, send_again);
  gtk_widget_class_install_action (widget_class, "line.discard", NULL, discard);
  gtk_widget_class_install_action (widget_class, "line.delete", NULL, delete_message);
  gtk_widget_class_install_action (widget_class, "line.remove-person", NULL, remove_person);
  bind_template (widget_class);
}

static void
sc_chat_row_init (ScChatRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, make_menu, self, NULL);
  sc_menu_names_keep (self->menu_button);
}
