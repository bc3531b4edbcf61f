/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-term-list.h"

G_BEGIN_DECLS

/* What sc-term-list.c builds and sc-term-search.c reads. */

/* A node of a tree of terms: a letter, and how often it stands there at least. A space is a gap
 * between the words of a term. */
typedef struct {
  gunichar letter;
  guint8 count;
  gboolean closed; /* a term ends here, and so must the word */
  gboolean open;   /* a term ends here, and the word may go on */
  guint8 length;   /* letters of the term that ends here */
  guint16 first;   /* child, or 0 */
  guint16 next;    /* sibling, or 0 */
} ScTermNode;

struct _ScTermList {
  GArray *nodes;       /* of ScTermNode; [0] has terms that begin a word, [1] those anywhere */
  GHashTable *allowed; /* words that are none of the terms, as skeletons */
  GPtrArray *stems;    /* beginnings of such */
  GPtrArray *phrases;  /* and several words that are together, with a space at both ends */
  GHashTable *common;  /* words that people write beside each other */
  guint length;
};

char *sc_term_make_key (const ScSkeleton *skeleton);

#define SC_TERM_WHOLE 0
#define SC_TERM_INNER 1

G_END_DECLS
