/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <atspi/atspi.h>

G_BEGIN_DECLS

/* How much of an app is read. */
typedef enum {
  TOUR_TREE_VISIBLE, /* every window, and in it what is not hidden */
  TOUR_TREE_WHOLE,
} TourTreeExtent;

/* A control as the app told of it when the tree was read. */
typedef struct _TourNode TourNode;
struct _TourNode {
  TourNode *parent; /* (nullable): that of the app itself */
  guint index;      /* among its parent's children */
  char *bus_name;
  char *path;
  AtspiRole role;
  char *name;
  guint64 states;      /* a bit for each AtspiStateType */
  GPtrArray *children; /* of TourNode, owned; in the app's order */
};

TourNode *tour_tree_read (AtspiAccessible *root, TourTreeExtent extent);
void tour_node_free (TourNode *self);
gboolean tour_node_holds_text (const TourNode *self);
gboolean tour_node_has_state (const TourNode *self, AtspiStateType state);
AtspiAccessible *tour_node_ref_accessible (const TourNode *self, AtspiAccessible *root);

gboolean tour_tree_ask (AtspiAccessible *root, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TourNode, tour_node_free)

G_END_DECLS
