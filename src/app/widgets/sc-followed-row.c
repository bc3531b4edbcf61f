/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A channel in a list of those that one follows: its name, and what it shows or when it last did. A
 * click opens it. */

#include "config.h"

#include "sc-followed-row.h"

#include "sc-avatar.h"
#include "sc-card-menu.h"
#include "sc-time-words.h"

#include <glib/gi18n.h>

#define AVATAR_SIZE 40

/* What it is about says more than for how long it is live, which others can be told by. */
static gboolean
to_words (GBinding *binding, const GValue *from, GValue *to, gpointer unused)
{
  g_autoptr (ScChannel) channel = SC_CHANNEL (g_binding_dup_source (binding));
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  if (sc_channel_get_live (channel))
    g_value_set_string (to, sc_channel_get_title (channel));
  else
    g_value_take_string (to,
                         sc_ended_words (sc_channel_get_ended_at (channel),
                                         g_get_real_time (),
                                         zone));
  return TRUE;
}

static void
on_activated (AdwActionRow *row, ScChannel *channel)
{
  gtk_widget_activate_action (GTK_WIDGET (row),
                              "win.open-channel",
                              "s",
                              sc_channel_get_name (channel));
}

static void
drop_menu (gpointer menu, GObject *row)
{
  g_object_unref (menu);
}

static void
add_menu (GtkWidget *row, ScChannel *channel, ScSession *session)
{
  ScCardMenu *menu = sc_card_menu_new (row, row, session);
  sc_card_menu_set_channel (menu, sc_channel_get_name (channel));
  g_object_weak_ref (G_OBJECT (row), drop_menu, menu);
}

static GtkWidget *
make_badge (ScChannel *channel)
{
  GtkWidget *badge = gtk_label_new (C_ ("badge", "LIVE"));
  gtk_widget_add_css_class (badge, "live-badge");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  g_object_bind_property (channel, "live", badge, "visible", G_BINDING_SYNC_CREATE);
  return badge;
}

/**
 * sc_followed_row_new:
 * @channel: a channel; the row follows what it says
 * @pictures: what fetches its picture
 * @session: who follows it, and may end that by the row's menu
 *
 * Returns: (transfer floating): a row for a list
 */
GtkWidget *
sc_followed_row_new (ScChannel *channel, ScPictures *pictures, ScSession *session)
{
  static const char *const told_by[] = { "title", "live", "ended-at" };
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sc_channel_get_name (channel));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  for (guint i = 0; i < G_N_ELEMENTS (told_by); i++)
    g_object_bind_property_full (channel,
                                 told_by[i],
                                 row,
                                 "subtitle",
                                 G_BINDING_SYNC_CREATE,
                                 to_words,
                                 NULL,
                                 NULL,
                                 NULL);

  GtkWidget *avatar =
    g_object_new (SC_TYPE_AVATAR, "pictures", pictures, "size", AVATAR_SIZE, NULL);
  sc_avatar_set_text (SC_AVATAR (avatar), sc_channel_get_name (channel));
  g_object_bind_property (channel, "avatar-url", avatar, "url", G_BINDING_SYNC_CREATE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_badge (channel));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_activated), channel, G_CONNECT_DEFAULT);
  add_menu (row, channel, session);
  return row;
}
