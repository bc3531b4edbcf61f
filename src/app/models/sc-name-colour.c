/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The colours of names: a person keeps theirs, here and on every other machine. Pure functions. */

#include "config.h"

#include "sc-name-colour.h"

/* Twelve hues around the circle, each as light or as dark as text needs: a contrast of at least
 * 4.5 to 1 (WCAG 2.2, 1.4.3) on what libadwaita 1.7 puts behind a list, which a test checks. */
static const char *const colours[SC_NAME_COLOURS][2] = {
  { "#a8123f", "#ff8fa8" }, { "#a51d1d", "#ff9a8f" }, { "#94400a", "#ffa866" },
  { "#7a4f00", "#f5c04a" }, { "#5a5c00", "#d4d04e" }, { "#2f6610", "#9fd966" },
  { "#0b6640", "#62dca0" }, { "#00646b", "#4fd8dd" }, { "#0b5c91", "#77c4ff" },
  { "#2d4fc0", "#a0b4ff" }, { "#613cb8", "#c5a8ff" }, { "#8a2a94", "#f097f5" },
};

/**
 * sc_name_colour_at:
 * @index: below %SC_NAME_COLOURS
 * @dark: whether the background is dark
 *
 * Returns: the colour, as "#a8123f"
 */
const char *
sc_name_colour_at (guint index, gboolean dark)
{
  return colours[index][dark ? 1 : 0];
}

/**
 * sc_name_colour:
 * @user_id: (nullable): a person
 * @dark: whether the background is dark
 *
 * Returns: the colour of the person's name
 */
const char *
sc_name_colour (const char *user_id, gboolean dark)
{
  return sc_name_colour_at (g_str_hash (user_id ? user_id : "") % SC_NAME_COLOURS, dark);
}
