/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-skeleton.h"

G_BEGIN_DECLS

/* Code points of one term; longer ones are sentences. */
#define SC_TERM_MAX 64

/**
 * ScSpan:
 * @begin: the first code point
 * @end: the code point after the last one
 *
 * A part of a line, in code points.
 */
typedef struct {
  guint begin;
  guint end;
} ScSpan;

typedef struct _ScTermList ScTermList;

ScTermList *sc_term_list_new (void);
ScTermList *sc_term_list_new_from_text (const char *text);
void sc_term_list_free (ScTermList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScTermList, sc_term_list_free)

void sc_term_list_add (ScTermList *self, const char *line);
guint sc_term_list_get_length (const ScTermList *self);
gboolean sc_term_list_find (const ScTermList *self, const ScSkeleton *skeleton, GArray *spans);

G_END_DECLS
