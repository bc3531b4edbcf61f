/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* For how long moderators time people out without typing it: from the shortest time that there is
 * to the longest (core/sc-moderation-action.h). Pure functions. */

#include "config.h"

#include "sc-timeout-choices.h"

#include "sc-moderation-action.h"

#include <glib/gi18n.h>

static const struct {
  const char *label;
  guint seconds;
} choices[SC_TIMEOUT_CHOICES] = {
  { N_ ("1 Minute"), SC_TIMEOUT_MIN_SECONDS },
  { N_ ("10 Minutes"), 600 },
  { N_ ("1 Hour"), 3600 },
  { N_ ("1 Day"), 86400 },
  { N_ ("1 Week"), 604800 },
  { N_ ("14 Days"), SC_TIMEOUT_MAX_SECONDS },
};

/**
 * sc_timeout_choice_get_seconds:
 * @index: below %SC_TIMEOUT_CHOICES
 *
 * Returns: how long it is, seconds
 */
guint
sc_timeout_choice_get_seconds (guint index)
{
  return choices[index].seconds;
}

/**
 * sc_timeout_choice_get_label:
 * @index: below %SC_TIMEOUT_CHOICES
 *
 * Returns: how long it is, in words
 */
const char *
sc_timeout_choice_get_label (guint index)
{
  return _ (choices[index].label);
}

/**
 * sc_timeout_choices_make_menu:
 * @action: times a person out, for so many seconds: takes a %G_VARIANT_TYPE_UINT32
 * @reason_action: asks for how long, and why
 *
 * Returns: (transfer full): a menu of all of them
 */
GMenuModel *
sc_timeout_choices_make_menu (const char *action, const char *reason_action)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) asking = g_menu_new ();
  for (guint i = 0; i < SC_TIMEOUT_CHOICES; i++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (_ (choices[i].label), NULL);
    g_menu_item_set_action_and_target (item, action, "u", choices[i].seconds);
    g_menu_append_item (menu, item);
  }
  /* Translators: in the menu of how long somebody is timed out */
  g_menu_append (asking, _ ("With a _Reason…"), reason_action);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (asking));
  return G_MENU_MODEL (menu);
}
