/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SC_TYPE_CARD_MENU (sc_card_menu_get_type ())
G_DECLARE_FINAL_TYPE (ScCardMenu, sc_card_menu, SC, CARD_MENU, GObject)

ScCardMenu *sc_card_menu_new (GtkWidget *card, GtkWidget *target, ScSession *session);
void sc_card_menu_set_channel (ScCardMenu *self, const char *channel);
void sc_card_menu_open (ScCardMenu *self);

G_END_DECLS
