/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The keyboard: one table, from which the accelerators are set and the dialog is made that lists
 * them. A shortcut without an action here belongs to its page and works while the page has the
 * focus. */

#include "config.h"

#include "sc-shortcuts.h"

#include <glib/gi18n.h>

typedef struct {
  const char *title;
  const char *action;
  const char *accelerators[3];
} Shortcut;

static const Shortcut general[] = {
  { N_ ("Home"), "win.home", { "<Alt>Home" } },
  { N_ ("My Channel"), "win.my-channel", { "<Control>m" } },
  { N_ ("Mini Player, and Back"), "win.mini-player", { "<Control><Shift>p" } },
  { N_ ("Sign In"), "win.sign-in", { "<Control><Shift>i" } },
  { N_ ("Create Account"), "win.sign-up", { "<Control>n" } },
  { N_ ("Account"), "win.account", { "<Control><Shift>a" } },
  { N_ ("Sign Out"), "win.sign-out", { "<Control><Shift>o" } },
  { N_ ("Search"), NULL, { "<Control>f" } },
  { N_ ("Notifications"), "app.notifications", { "<Control><Shift>n" } },
  { N_ ("Main Menu"), NULL, { "F10" } },
  { N_ ("Preferences"), "app.preferences", { "<Control>comma" } },
  { N_ ("Keyboard Shortcuts"), "app.shortcuts", { "<Control>question" } },
  { N_ ("About StreamCat"), "app.about", { "<Shift>F1" } },
  { N_ ("Close Window"), "window.close", { "<Control>w" } },
  { N_ ("Quit"), "app.quit", { "<Control>q" } },
};

static const Shortcut watching[] = {
  { N_ ("Play or Pause"), NULL, { "space" } },
  { N_ ("Mute or Unmute"), NULL, { "m" } },
  { N_ ("Louder"), NULL, { "Up" } },
  { N_ ("Quieter"), NULL, { "Down" } },
  { N_ ("Fullscreen"), NULL, { "f" } },
  { N_ ("Theatre"), NULL, { "t" } },
  { N_ ("Leave Fullscreen or Theatre"), NULL, { "Escape" } },
  { N_ ("Chat Beside the Video, Over It or Hidden"), NULL, { "c" } },
  { N_ ("Return to Live"), NULL, { "End" } },
  { N_ ("Choose the Quality"), NULL, { "q" } },
  { N_ ("Show or Hide Statistics"), NULL, { "<Control>i" } },
  { N_ ("Follow or Stop Following"), NULL, { "<Control>d" } },
  { N_ ("Copy Link"), NULL, { "<Control><Shift>c" } },
  { N_ ("Write in the Chat"), NULL, { "<Control>t" } },
};

static const Shortcut chatting[] = {
  { N_ ("Complete a Name or a Command"), NULL, { "Tab" } },
  { N_ ("Write the Last Message Again"), NULL, { "Up" } },
  { N_ ("Choose an Emoji"), NULL, { "<Control>period" } },
  { N_ ("Menu of the Message"), NULL, { "Menu", "<Shift>F10" } },
  { N_ ("Person of the Message"), NULL, { "Return" } },
  { N_ ("Return to the Newest Message"), NULL, { "Escape", "End" } },
  { N_ ("Undo as a Moderator"), NULL, { "<Control>z" } },
};

static const Shortcut recordings[] = {
  { N_ ("Recordings of the Channel"), NULL, { "<Control>l" } },
  { N_ ("Five Seconds Back"), NULL, { "Left" } },
  { N_ ("Five Seconds Forward"), NULL, { "Right" } },
  { N_ ("Faster"), NULL, { "greater" } },
  { N_ ("Slower"), NULL, { "less" } },
  { N_ ("To the Start"), NULL, { "Home" } },
  { N_ ("To the End"), NULL, { "End" } },
  { N_ ("Next Chapter"), NULL, { "<Control>Right" } },
  { N_ ("Previous Chapter"), NULL, { "<Control>Left" } },
  { N_ ("Show or Hide the Chat"), NULL, { "F9" } },
  { N_ ("Copy Link"), NULL, { "<Control><Shift>c" } },
  { N_ ("Copy Link to This Moment"), NULL, { "<Control><Shift>m" } },
};

static const Shortcut moderating[] = {
  { N_ ("Held Messages"), NULL, { "<Control><Shift>e" } },
  { N_ ("Approve a Held Message"), NULL, { "<Control>Return" } },
  { N_ ("Reject a Held Message"), NULL, { "Delete" } },
  { N_ ("Moderation Log"), NULL, { "<Control><Shift>l" } },
  { N_ ("Chat Settings"), NULL, { "<Control><Shift>g" } },
  { N_ ("Save Chat Settings"), NULL, { "<Control>s" } },
};

static const Shortcut my_channel[] = {
  { N_ ("Copy Server"), NULL, { "<Control><Shift>s" } },
  { N_ ("Copy Stream Key"), NULL, { "<Control><Shift>k" } },
  { N_ ("Show or Hide Stream Key"), NULL, { "<Control><Shift>h" } },
  { N_ ("Live Page"), NULL, { "<Control><Shift>y" } },
  { N_ ("Watch My Channel"), NULL, { "<Control>p" } },
  { N_ ("My Recordings"), NULL, { "<Control><Shift>v" } },
  { N_ ("Undo Changes of the Title"), NULL, { "Escape" } },
  { N_ ("Reload"), NULL, { "<Control>r", "F5" } },
};

static char *
name_accelerator (const char *accelerator)
{
  guint key;
  GdkModifierType modifiers;
  gtk_accelerator_parse (accelerator, &key, &modifiers);
  return gtk_accelerator_get_label (key, modifiers);
}

static GtkWidget *
make_row (const Shortcut *shortcut)
{
  g_autofree char *name = name_accelerator (shortcut->accelerators[0]);
  GtkWidget *label = gtk_label_new (name);
  gtk_widget_add_css_class (label, "dimmed");

  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (shortcut->title));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  name,
                                  -1);
  return row;
}

static AdwPreferencesGroup *
make_group (const char *title, const Shortcut *shortcuts, guint n_shortcuts)
{
  GtkWidget *group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (guint i = 0; i < n_shortcuts; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (&shortcuts[i]));
  return ADW_PREFERENCES_GROUP (group);
}

/**
 * sc_shortcuts_install:
 * @application: the application
 *
 * Sets the accelerators of all actions that have one.
 */
void
sc_shortcuts_install (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (general); i++)
    if (general[i].action)
      gtk_application_set_accels_for_action (application,
                                             general[i].action,
                                             general[i].accelerators);
}

/**
 * sc_shortcuts_dialog_present:
 * @parent: a widget of the window
 *
 * Shows the list of shortcuts.
 */
void
sc_shortcuts_dialog_present (GtkWidget *parent)
{
  AdwDialog *dialog = adw_preferences_dialog_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());

  adw_preferences_page_add (page, make_group (_ ("General"), general, G_N_ELEMENTS (general)));
  adw_preferences_page_add (page, make_group (_ ("Watching"), watching, G_N_ELEMENTS (watching)));
  adw_preferences_page_add (page, make_group (_ ("Chat"), chatting, G_N_ELEMENTS (chatting)));
  adw_preferences_page_add (page,
                            make_group (_ ("Recordings"), recordings, G_N_ELEMENTS (recordings)));
  adw_preferences_page_add (page,
                            make_group (_ ("Moderating"), moderating, G_N_ELEMENTS (moderating)));
  adw_preferences_page_add (page,
                            make_group (_ ("My Channel"), my_channel, G_N_ELEMENTS (my_channel)));
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (dialog), page);
  adw_dialog_set_title (dialog, _ ("Keyboard Shortcuts"));
  adw_dialog_present (dialog, parent);
}
