/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ScCardKind:
 * @make: returns a new card (transfer floating) that shows nothing yet
 * @show: has a card show an item from now on
 *
 * What the cards of a flow are. Static: the flow keeps the pointer.
 */
typedef struct {
  GtkWidget *(*make) (gpointer owner);
  void (*show) (GtkWidget *card, gpointer item, gpointer owner);
} ScCardKind;

#define SC_TYPE_CARD_FLOW (sc_card_flow_get_type ())
G_DECLARE_FINAL_TYPE (ScCardFlow, sc_card_flow, SC, CARD_FLOW, GtkWidget)

void sc_card_flow_set_model (ScCardFlow *self,
                             GListModel *model,
                             const ScCardKind *kind,
                             gpointer owner);

G_END_DECLS
