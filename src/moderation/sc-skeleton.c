/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The skeleton of a line: one letter after the other as a reader sees them, with the place of each
 * in the line. Accents, joiners, styles and lookalikes are gone; what a sign may stand for besides
 * is written beside it, and where words may begin and end. Pure functions; any thread. */

#include "config.h"

#include "sc-skeleton.h"

#include "sc-letters.h"

#include <string.h>

/* What signs and digits stand for in words, after what people write ("leetspeak"). */
typedef struct {
  gunichar sign;
  ScUnitKind kind;
  char letters[SC_UNIT_MEANINGS];
  ScUnitWild wild;
} Sign;

static const Sign signs[] = {
  { '0', SC_UNIT_DIGIT, "o", SC_WILD_NONE },  { '1', SC_UNIT_DIGIT, "il", SC_WILD_NONE },
  { '2', SC_UNIT_DIGIT, "z", SC_WILD_NONE },  { '3', SC_UNIT_DIGIT, "e", SC_WILD_NONE },
  { '4', SC_UNIT_DIGIT, "a", SC_WILD_NONE },  { '5', SC_UNIT_DIGIT, "s", SC_WILD_NONE },
  { '6', SC_UNIT_DIGIT, "gb", SC_WILD_NONE }, { '7', SC_UNIT_DIGIT, "t", SC_WILD_NONE },
  { '8', SC_UNIT_DIGIT, "b", SC_WILD_NONE },  { '9', SC_UNIT_DIGIT, "g", SC_WILD_NONE },
  { '@', SC_UNIT_SYMBOL, "a", SC_WILD_ANY },  { '$', SC_UNIT_SYMBOL, "s", SC_WILD_ANY },
  { '!', SC_UNIT_SYMBOL, "i", SC_WILD_ANY },  { '|', SC_UNIT_SYMBOL, "il", SC_WILD_ANY },
  { '+', SC_UNIT_SYMBOL, "t", SC_WILD_ANY },  { '(', SC_UNIT_SYMBOL, "c", SC_WILD_NONE },
  { '<', SC_UNIT_SYMBOL, "c", SC_WILD_NONE }, { 0x20ac, SC_UNIT_SYMBOL, "e", SC_WILD_ANY },
  { 0xa3, SC_UNIT_SYMBOL, "l", SC_WILD_ANY }, { 0xa5, SC_UNIT_SYMBOL, "y", SC_WILD_ANY },
  { 0xa2, SC_UNIT_SYMBOL, "c", SC_WILD_ANY }, { 0xa7, SC_UNIT_SYMBOL, "s", SC_WILD_ANY },
  { 0xa1, SC_UNIT_SYMBOL, "i", SC_WILD_ANY }, { '*', SC_UNIT_SYMBOL, "", SC_WILD_ANY },
  { '#', SC_UNIT_SYMBOL, "h", SC_WILD_ANY },  { '%', SC_UNIT_SYMBOL, "", SC_WILD_ANY },
  { '&', SC_UNIT_SYMBOL, "", SC_WILD_ANY },   { '?', SC_UNIT_GAP, "", SC_WILD_ANY },
  { '^', SC_UNIT_GAP, "", SC_WILD_ANY },      { '~', SC_UNIT_GAP, "", SC_WILD_ANY },
  { '.', SC_UNIT_GAP, "", SC_WILD_VOWEL },    { '-', SC_UNIT_GAP, "", SC_WILD_VOWEL },
  { '_', SC_UNIT_GAP, "", SC_WILD_VOWEL },    { '=', SC_UNIT_GAP, "", SC_WILD_VOWEL },
  { 0xb7, SC_UNIT_GAP, "", SC_WILD_VOWEL },   { 0x2022, SC_UNIT_GAP, "", SC_WILD_ANY },
  { 0x2588, SC_UNIT_GAP, "", SC_WILD_ANY },   { 0x2605, SC_UNIT_GAP, "", SC_WILD_ANY },
};

/* Which scripts a line is written in for real, so that their letters are no disguise. */
typedef struct {
  gboolean cyrillic;
  gboolean greek;
} Scripts;

static gboolean
is_apostrophe (gunichar character)
{
  return character == '\'' || character == '`' || character == 0xb4 || character == 0x2bc ||
         (character >= 0x2018 && character <= 0x201b) || character == 0x2032;
}

/* Letters that nobody takes for Latin ones: a word that has one and no Latin letter is no disguise.
 */
static gboolean
is_unlike_latin (gunichar character, GUnicodeScript script)
{
  static const char *const cyrillic = "бгджзийлпфцчшщъыьэюяієї";
  static const char *const greek = "γδζθλξπσςφψωάέήίόύώ";
  const char *letters = script == G_UNICODE_SCRIPT_CYRILLIC ? cyrillic : greek;
  return g_utf8_strchr (letters, -1, g_unichar_tolower (character)) != NULL;
}

static void
note_word (Scripts *scripts, GUnicodeScript script)
{
  scripts->cyrillic |= script == G_UNICODE_SCRIPT_CYRILLIC;
  scripts->greek |= script == G_UNICODE_SCRIPT_GREEK;
}

static Scripts
find_scripts (const char *line)
{
  Scripts scripts = { 0 };
  GUnicodeScript script = G_UNICODE_SCRIPT_COMMON; /* of the word so far; UNKNOWN once mixed */
  gboolean genuine = FALSE;
  for (const char *at = line;; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    if (sc_letter_is_mark (character) || sc_letter_is_invisible (character))
      continue;
    if (!g_unichar_isalpha (character)) {
      if (genuine)
        note_word (&scripts, script);
      script = G_UNICODE_SCRIPT_COMMON;
      genuine = FALSE;
    } else {
      GUnicodeScript own = g_unichar_get_script (character);
      script = script == G_UNICODE_SCRIPT_COMMON || script == own ? own : G_UNICODE_SCRIPT_UNKNOWN;
      genuine |= own != G_UNICODE_SCRIPT_LATIN && is_unlike_latin (character, own);
    }
    if (!character)
      return scripts;
  }
}

/* For each code point whether it is in a word of one script that the line is written in. */
static gboolean *
find_genuine (const char *line, guint length)
{
  Scripts scripts = find_scripts (line);
  gboolean *genuine = g_new0 (gboolean, length + 1);
  if (!scripts.cyrillic && !scripts.greek)
    return genuine;
  guint begin = 0, at = 0;
  gboolean latin = FALSE;
  for (const char *in = line;; in = g_utf8_next_char (in), at++) {
    gunichar character = g_utf8_get_char (in);
    GUnicodeScript script = g_unichar_get_script (character);
    if (g_unichar_isalpha (character) || sc_letter_is_mark (character)) {
      latin |= script == G_UNICODE_SCRIPT_LATIN ||
               (script == G_UNICODE_SCRIPT_CYRILLIC && !scripts.cyrillic) ||
               (script == G_UNICODE_SCRIPT_GREEK && !scripts.greek);
      continue;
    }
    for (; begin < at; begin++)
      genuine[begin] = !latin;
    begin = at + 1;
    latin = FALSE;
    if (!character)
      return genuine;
  }
}

static const Sign *
find_sign (gunichar character)
{
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++) {
    if (signs[i].sign == character)
      return &signs[i];
  }
  return NULL;
}

typedef struct {
  GArray *units; /* of ScUnit */
  guint position;
  gboolean genuine;
  gboolean upper; /* of the unit before */
  gboolean lower; /* of the unit before */
} Builder;

static void
add_unit (Builder *self, ScUnit *unit, gboolean upper, gboolean lower)
{
  unit->position = (guint16) self->position;
  unit->starts = upper && self->lower; /* a hump of camelCase */
  if (lower && self->upper && self->units->len >= 2) {
    ScUnit *last = &g_array_index (self->units, ScUnit, self->units->len - 1);
    const ScUnit *before = &g_array_index (self->units, ScUnit, self->units->len - 2);
    last->starts |= before->kind == SC_UNIT_LETTER && !last->starts; /* the C of "aCat", "BIGCat" */
  }
  self->upper = upper;
  self->lower = lower;
  g_array_append_val (self->units, *unit);
}

static void
add_letter (Builder *self, gunichar character)
{
  gunichar twin = self->genuine ? 0 : sc_letter_get_twin (character);
  ScUnit unit = { .kind = SC_UNIT_LETTER };
  unit.meanings[0] = twin ? twin : g_unichar_tolower (character);
  add_unit (self, &unit, g_unichar_isupper (character), g_unichar_islower (character));
}

static void
add_sign (Builder *self, gunichar character)
{
  const Sign *sign = find_sign (character);
  ScUnit unit = { .kind = sign ? sign->kind : SC_UNIT_GAP };
  if (g_unichar_isdigit (character))
    unit.kind = SC_UNIT_DIGIT;
  unit.meanings[0] = character;
  for (guint i = 0; sign && sign->letters[i]; i++)
    unit.meanings[i + 1] = (guchar) sign->letters[i];
  unit.wild = sign ? sign->wild : SC_WILD_NONE;
  add_unit (self, &unit, FALSE, FALSE);
}

static void
add_character (Builder *self, gunichar character)
{
  gunichar parts[SC_LETTERS_MAX];
  if (sc_letter_is_mark (character) || sc_letter_is_invisible (character) ||
      is_apostrophe (character))
    return;
  if (g_unichar_isspace (character)) {
    ScUnit unit = { .meanings = { ' ' }, .kind = SC_UNIT_SPACE };
    add_unit (self, &unit, FALSE, FALSE);
    return;
  }
  guint count = sc_letters_fold (character, parts);
  for (guint i = 0; i < count; i++) {
    gboolean letter = g_unichar_isalpha (parts[i]) || sc_letter_get_twin (parts[i]);
    if (letter)
      add_letter (self, parts[i]);
    else
      add_sign (self, parts[i]);
  }
}

/* Digits at a word's end are none of its letters: "word123". */
static gboolean
digits_reach_gap (const ScSkeleton *self, guint at, int step)
{
  while (at < self->n_units && self->units[at].kind == SC_UNIT_DIGIT)
    at += (guint) step;
  return at >= self->n_units || self->units[at].kind != SC_UNIT_LETTER;
}

static void
find_bounds (ScSkeleton *self)
{
  for (guint i = 0; i < self->n_units; i++) {
    ScUnit *unit = &self->units[i];
    ScUnitKind before = i > 0 ? self->units[i - 1].kind : SC_UNIT_SPACE;
    gboolean hump = unit->starts;
    unit->starts |=
      before != SC_UNIT_LETTER && (before != SC_UNIT_DIGIT || digits_reach_gap (self, i - 1, -1));
    unit->ends = hump || (unit->kind != SC_UNIT_LETTER &&
                          (unit->kind != SC_UNIT_DIGIT || digits_reach_gap (self, i, 1)));
  }
}

/**
 * sc_skeleton_new:
 * @line: a line in UTF-8, of at most 65,535 code points
 *
 * Returns: (transfer full): its skeleton
 */
ScSkeleton *
sc_skeleton_new (const char *line)
{
  ScSkeleton *self = g_new0 (ScSkeleton, 1);
  self->n_positions = (guint) MIN (g_utf8_strlen (line, -1), G_MAXUINT16);
  g_autofree gboolean *genuine = find_genuine (line, self->n_positions);
  Builder builder = { .units = g_array_sized_new (FALSE, FALSE, sizeof (ScUnit), 64) };
  for (; builder.position < self->n_positions; builder.position++) {
    builder.genuine = genuine[builder.position];
    add_character (&builder, g_utf8_get_char (line));
    line = g_utf8_next_char (line);
  }
  const ScUnit end = { .meanings = { ' ' }, .kind = SC_UNIT_SPACE, .ends = TRUE };
  self->n_units = builder.units->len;
  g_array_append_val (builder.units, end);
  self->units = (ScUnit *) (gpointer) g_array_free (builder.units, FALSE);
  find_bounds (self);
  return self;
}

/**
 * sc_skeleton_free:
 * @self: (nullable) (transfer full): a skeleton
 */
void
sc_skeleton_free (ScSkeleton *self)
{
  if (!self)
    return;
  g_free (self->units);
  g_free (self);
}

/**
 * sc_unit_may_be:
 * @unit: a unit
 * @letter: a letter
 *
 * Returns: whether it may be read as that
 */
gboolean
sc_unit_may_be (const ScUnit *unit, gunichar letter)
{
  return unit->meanings[0] == letter || unit->meanings[1] == letter || unit->meanings[2] == letter;
}

/**
 * sc_unit_is_gap:
 * @unit: a unit
 *
 * Returns: whether it stands between letters
 */
gboolean
sc_unit_is_gap (const ScUnit *unit)
{
  return unit->kind == SC_UNIT_GAP || unit->kind == SC_UNIT_SPACE;
}
