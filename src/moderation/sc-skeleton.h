/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most letters that a character may stand for: "1" is itself, an i and an l. */
#define SC_UNIT_MEANINGS 3

/**
 * ScUnitKind:
 * @SC_UNIT_LETTER: a letter of any script
 * @SC_UNIT_DIGIT: a digit, which may stand for a letter
 * @SC_UNIT_SYMBOL: a sign that may stand for a letter: "@", "$", "*"
 * @SC_UNIT_GAP: any other sign; words end at it
 * @SC_UNIT_SPACE: white space
 *
 * What a unit of a skeleton is.
 */
typedef enum {
  SC_UNIT_LETTER,
  SC_UNIT_DIGIT,
  SC_UNIT_SYMBOL,
  SC_UNIT_GAP,
  SC_UNIT_SPACE,
} ScUnitKind;

/**
 * ScUnitWild:
 * @SC_WILD_NONE: it stands for nothing but its meanings
 * @SC_WILD_VOWEL: inside a word it may hide a vowel, as in "w.rd"
 * @SC_WILD_ANY: inside a word it may hide any letter, as in "w**d"
 *
 * What a sign may hide.
 */
typedef enum {
  SC_WILD_NONE,
  SC_WILD_VOWEL,
  SC_WILD_ANY,
} ScUnitWild;

/**
 * ScUnit:
 * @meanings: what it may be read as, lower case, without accents; the first one is what it is, 0
 * follows the last
 * @position: the code point in the line that it comes from; several units may come from one
 * @kind: what it is
 * @wild: what it may hide
 * @starts: whether a word may begin at it
 * @ends: whether a word may end before it
 *
 * One letter of a line as a reader sees it.
 */
typedef struct {
  gunichar meanings[SC_UNIT_MEANINGS];
  guint16 position;
  guint8 kind;
  guint8 wild;
  gboolean starts;
  gboolean ends;
} ScUnit;

/**
 * ScSkeleton:
 * @units: the letters, without what cannot be seen, and a space after them that is not counted
 * @n_units: how many
 * @n_positions: the line's code points
 *
 * A line as a reader sees it, whatever it is written with.
 */
typedef struct {
  ScUnit *units;
  guint n_units;
  guint n_positions;
} ScSkeleton;

ScSkeleton *sc_skeleton_new (const char *line);
void sc_skeleton_free (ScSkeleton *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScSkeleton, sc_skeleton_free)

gboolean sc_unit_may_be (const ScUnit *unit, gunichar letter);
gboolean sc_unit_is_gap (const ScUnit *unit);

G_END_DECLS
