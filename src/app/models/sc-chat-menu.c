/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What can be done with a line of chat, as a menu. What cannot be done is not in it. */

#include "config.h"

#include "sc-chat-menu.h"

#include "sc-timeout-choices.h"

#include <glib/gi18n.h>

static void
append_item (GMenu *menu, gboolean offered, const char *label, const char *action)
{
  if (offered)
    g_menu_append (menu, label, action);
}

static void
append_timeouts (GMenu *menu)
{
  g_autoptr (GMenuModel) choices =
    sc_timeout_choices_make_menu ("line.time-out", "line.time-out-for-reason");
  g_menu_append_submenu (menu, _ ("_Time Out"), choices);
}

static void
append_section (GMenu *menu, GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/**
 * sc_chat_menu_new:
 * @facts: what decides about it
 *
 * Returns: (transfer full) (nullable): the menu of a line, of the actions "line.…" of its row;
 * %NULL if nothing can be done with it
 */
GMenuModel *
sc_chat_menu_new (const ScChatMenuFacts *facts)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) reading = g_menu_new ();
  g_autoptr (GMenu) moderating = g_menu_new ();
  g_autoptr (GMenu) person = g_menu_new ();
  gboolean said = facts->state == SC_CHAT_LINE_SHOWN;
  gboolean another = !facts->own && (said || facts->state == SC_CHAT_LINE_DELETED);

  append_item (reading, another && facts->may_write, _ ("_Reply"), "line.reply");
  append_item (reading, facts->state != SC_CHAT_LINE_DELETED, _ ("_Copy"), "line.copy");
  append_item (moderating, facts->moderates && said, _ ("_Delete Message"), "line.delete");
  if (facts->moderates && another && facts->outranks) {
    append_timeouts (moderating);
    g_menu_append (moderating, _ ("_Ban…"), "line.ban");
  }
  append_item (person, another, _ ("B_lock Person"), "line.block");
  append_item (person, another && said && facts->may_report, _ ("R_eport…"), "line.report");
  append_item (person, facts->has_card && (said || another), _ ("_Person"), "line.person");
  append_section (menu, reading);
  append_section (menu, moderating);
  append_section (menu, person);
  return g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0 ? G_MENU_MODEL (g_steal_pointer (&menu))
                                                            : NULL;
}
