/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The search for terms in a skeleton: from each place down the tree of terms, over what hides a
 * letter, what stretches one, and what stands between two. What is found that way is a term only if
 * it was hidden on purpose: the rules for that are is_disguise() and is_split_on_purpose(). */

#include "config.h"

#include "sc-term-private.h"

#include <string.h>

/* Steps from one place. Words take some dozens; only what is made to be slow takes more. */
#define STEPS_MAX 500

/* Signs and spaces between two letters of a split word. */
#define GAP_MAX 4

typedef struct {
  const ScTermList *list;
  const ScSkeleton *skeleton;
  GArray *spans;
  guint begin;
  guint steps;
  gboolean found;
  char *words; /* all of the line, made when it is asked for */
} Search;

/* How a term was read so far. */
typedef struct {
  guint8 letters; /* that are what they are */
  guint8 digits;
  guint8 symbols;
  guint8 vowels; /* hidden by a sign that may hide a vowel */
  guint8 hidden; /* hidden by a sign that may hide any letter */
  guint8 gaps;
  guint8 words; /* gaps that are the term's own */
} Reading;

static const ScTermNode *
get_node (const Search *search, guint index)
{
  return &g_array_index (search->list->nodes, ScTermNode, index);
}

/* Behind the last unit there is a space. */
static const ScUnit *
get_unit (const Search *search, guint at)
{
  return &search->skeleton->units[at];
}

static gboolean
is_over (const Search *search, guint at)
{
  return at >= search->skeleton->n_units;
}

/* Whether the signs and digits in it are there to hide it. "A55" is a road, "4ss" is not. */
static gboolean
is_disguise (const Search *search, const Reading *reading, guint length)
{
  guint plain = reading->letters + reading->symbols;
  if (reading->digits > 0 && (plain < 2 || (length < 4 && reading->digits > 1)))
    return FALSE;
  if (reading->vowels + reading->hidden == 0)
    return plain >= 2 || reading->digits == 0;
  return length >= 4 && reading->gaps == 0 && reading->vowels <= 1 && reading->letters >= 2 &&
         reading->letters >= reading->hidden &&
         get_unit (search, search->begin)->kind == SC_UNIT_LETTER;
}

/* The letters from @begin to @end, as the keys of lists are. */
static char *
spell (const Search *search, guint begin, guint end)
{
  GString *text = g_string_new (NULL);
  for (guint i = begin; i < end; i++) {
    if (!sc_unit_is_gap (get_unit (search, i)))
      g_string_append_unichar (text, get_unit (search, i)->meanings[0]);
  }
  return g_string_free (text, FALSE);
}

/* What a split word is made of. */
typedef struct {
  guint count;
  guint longest;
  guint shortest;
  guint common;    /* parts that are words by themselves */
  guint letters;   /* parts that begin with one; numbers stand apart for other reasons */
  gboolean spaces; /* between some of them */
  gboolean stops;  /* there are only signs that sentences have */
} Parts;

static gboolean
ends_sentences (gunichar sign)
{
  return strchr (".,:;!?/", (int) MIN (sign, 127)) != NULL;
}

static void
take_part (const Search *search, Parts *parts, guint begin, guint end)
{
  g_autofree char *part = spell (search, begin, end);
  guint length = 1; /* not counting how a letter is stretched */
  for (guint i = begin + 1; i < end; i++)
    length += get_unit (search, i)->meanings[0] != get_unit (search, i - 1)->meanings[0];
  parts->count++;
  parts->letters += get_unit (search, begin)->kind == SC_UNIT_LETTER;
  parts->longest = MAX (parts->longest, length);
  parts->shortest = parts->count == 1 ? length : MIN (parts->shortest, length);
  parts->common += g_hash_table_contains (search->list->common, part) ? 1 : 0;
}

static Parts
find_parts (const Search *search, guint end)
{
  Parts parts = { .stops = TRUE };
  guint begin = search->begin;
  for (guint i = search->begin; i < end; i++) {
    const ScUnit *unit = get_unit (search, i);
    if (!sc_unit_is_gap (unit))
      continue;
    if (i > begin)
      take_part (search, &parts, begin, i);
    begin = i + 1;
    parts.spaces |= unit->kind == SC_UNIT_SPACE;
    parts.stops &= unit->kind == SC_UNIT_SPACE || ends_sentences (unit->meanings[0]);
  }
  take_part (search, &parts, begin, end);
  return parts;
}

/* Whether a word in pieces was cut into them to hide it, and is no accident of what stands beside
 * each other. */
static gboolean
is_split_on_purpose (const Search *search, guint end, guint length)
{
  Parts parts = find_parts (search, end);
  if (!get_unit (search, search->begin)->starts || !get_unit (search, end)->ends ||
      parts.letters == 0)
    return FALSE;
  if (parts.longest == 1)
    return parts.count >= 3;
  if (length < 4 || parts.common == parts.count)
    return FALSE;
  if (parts.spaces)
    return parts.count <= 3;
  return !parts.stops || parts.shortest == 1 || parts.longest <= 2;
}

/* Whether the line has a word together with others beside which it is harmless. */
static gboolean
is_in_phrase (Search *search, const char *word)
{
  g_autofree char *part = g_strdup_printf (" %s ", word);
  for (guint i = 0; i < search->list->phrases->len; i++) {
    const char *phrase = search->list->phrases->pdata[i];
    if (!strstr (phrase, part))
      continue;
    if (!search->words) {
      g_autofree char *key = sc_term_make_key (search->skeleton);
      search->words = g_strdup_printf (" %s ", key);
    }
    if (strstr (search->words, phrase))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_allowed_word (const ScTermList *list, const char *word)
{
  if (g_hash_table_contains (list->allowed, word))
    return TRUE;
  for (guint i = 0; i < list->stems->len; i++) {
    if (g_str_has_prefix (word, list->stems->pdata[i]))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_single (const Search *search, guint at)
{
  return (at == 0 || sc_unit_is_gap (get_unit (search, at - 1))) &&
         sc_unit_is_gap (get_unit (search, at + 1));
}

/* Whether a unit goes on with the word that @inside is in: the next letter, or in a word whose
 * letters stand apart the next single letter. */
static gboolean
goes_on (const Search *search, guint at, gboolean apart)
{
  if (is_over (search, at))
    return FALSE;
  gboolean gap = sc_unit_is_gap (get_unit (search, at));
  return apart ? gap || is_single (search, at) : !gap;
}

/* Whether what was found lies in a word that is known to be harmless. */
static gboolean
is_harmless (Search *search, guint end, const Reading *reading)
{
  gboolean apart = reading->gaps > 0;
  guint begin = search->begin;
  while (begin > 0 && goes_on (search, begin - 1, apart))
    begin--;
  while (goes_on (search, end, apart))
    end++;
  g_autofree char *word = spell (search, begin, end);
  return is_allowed_word (search->list, word) || is_in_phrase (search, word);
}

static void
accept (Search *search, guint end, const Reading *reading, const ScTermNode *node)
{
  if (!(node->open || (node->closed && get_unit (search, end)->ends)))
    return;
  if (!is_disguise (search, reading, node->length))
    return;
  if (reading->gaps > 0 && !is_split_on_purpose (search, end, node->length))
    return;
  if (is_harmless (search, end, reading))
    return;
  const ScSpan span = { get_unit (search, search->begin)->position,
                        get_unit (search, end - 1)->position + 1u };
  g_array_append_val (search->spans, span);
  search->found = TRUE;
}

static void follow (Search *search, guint index, guint at, Reading reading);

/* Reads a unit as a letter. Returns FALSE where it cannot be read so. */
static gboolean
read_unit (const Search *search, guint at, gunichar letter, Reading *reading)
{
  const ScUnit *unit = get_unit (search, at);
  if (unit->meanings[0] == letter) {
    reading->letters++;
    return TRUE;
  }
  if (!sc_unit_may_be (unit, letter))
    return FALSE;
  if (unit->kind == SC_UNIT_DIGIT)
    reading->digits++;
  else if (at > search->begin || unit->meanings[0] == '@' || unit->meanings[0] == '$')
    reading->symbols++;
  else
    return FALSE;
  return TRUE;
}

/* Reads a sign as a letter that it hides, where it stands in a word. */
static gboolean
read_hidden (const Search *search, guint at, gunichar letter, Reading *reading)
{
  const ScUnit *unit = get_unit (search, at);
  const ScUnit *after = get_unit (search, at + 1);
  if (unit->wild == SC_WILD_NONE || at == search->begin)
    return FALSE;
  if (unit->wild == SC_WILD_ANY && unit->meanings[0] == '*') {
    reading->hidden++;
    return TRUE;
  }
  gboolean inside = after->kind != SC_UNIT_SPACE;
  gboolean vowel = letter < 128 && strchr ("aeiou", (int) letter) != NULL;
  if (!inside || (unit->wild == SC_WILD_VOWEL && (!vowel || after->kind != SC_UNIT_LETTER)))
    return FALSE;
  if (unit->wild == SC_WILD_VOWEL)
    reading->vowels++;
  else
    reading->hidden++;
  return TRUE;
}

/* Returns the first letter behind a gap, or @at where there is none. */
static guint
skip_gap (const Search *search, guint at)
{
  guint end = at;
  while (end - at <= GAP_MAX && !is_over (search, end) && sc_unit_is_gap (get_unit (search, end)))
    end++;
  return end - at <= GAP_MAX && !is_over (search, end) ? end : at;
}

/* Reads on while the letter is stretched: "woord". Within a word that begins otherwise one letter
 * more is another word: "Schwarzenegger". */
static void
stretch (Search *search, guint index, guint at, Reading reading)
{
  gunichar letter = get_node (search, index)->letter;
  guint least = get_unit (search, search->begin)->starts ? 1 : 2;
  for (guint more = 1; search->steps++ < STEPS_MAX; more++) {
    guint behind = skip_gap (search, at);
    if (is_over (search, behind) || !sc_unit_may_be (get_unit (search, behind), letter))
      return;
    reading.gaps |= behind > at;
    at = behind + 1;
    if (more >= least && get_unit (search, at)->meanings[0] != letter)
      follow (search, index, at, reading);
  }
}

/* Reads @need units of the letter of a node. */
static void
consume (Search *search, guint index, guint at, guint need, Reading reading)
{
  gunichar letter = get_node (search, index)->letter;
  if (is_over (search, at) || search->steps++ >= STEPS_MAX)
    return;
  Reading plain = reading;
  if (read_unit (search, at, letter, &plain)) {
    if (need > 1) {
      consume (search, index, at + 1, need - 1, plain);
      return;
    }
    follow (search, index, at + 1, plain);
    stretch (search, index, at + 1, plain);
    return;
  }
  Reading hidden = reading;
  if (read_hidden (search, at, letter, &hidden)) {
    if (need > 1)
      consume (search, index, at + 1, need - 1, hidden);
    else
      follow (search, index, at + 1, hidden);
  }
  guint behind = at > search->begin && reading.words == 0 ? skip_gap (search, at) : at;
  if (behind > at && reading.vowels + reading.hidden == 0) {
    reading.gaps = TRUE;
    consume (search, index, behind, need, reading);
  }
}

/* Goes on from a node whose letters are read. */
static void
follow (Search *search, guint index, guint at, Reading reading)
{
  const ScTermNode *node = get_node (search, index);
  if (node->open || node->closed)
    accept (search, at, &reading, node);
  const ScUnit *unit = get_unit (search, at);
  gboolean plain = unit->wild == SC_WILD_NONE && !sc_unit_is_gap (unit);
  for (guint child = node->first; child; child = get_node (search, child)->next) {
    const ScTermNode *next = get_node (search, child);
    if (next->letter != ' ') {
      if (!plain || sc_unit_may_be (unit, next->letter))
        consume (search, child, at, next->count, reading);
    } else if (reading.gaps == 0 ||
               is_split_on_purpose (search, at, reading.letters + reading.symbols)) {
      Reading words = reading;
      words.words++;
      words.gaps = 0;
      follow (search, child, skip_gap (search, at), words);
    }
  }
}

/**
 * sc_term_list_find:
 * @self: a list
 * @skeleton: a line's
 * @spans: (element-type ScSpan): where to add what is found; overlaps are possible
 *
 * Looks for the terms of a list. Any thread.
 *
 * Returns: whether there is any
 */
gboolean
sc_term_list_find (const ScTermList *self, const ScSkeleton *skeleton, GArray *spans)
{
  Search search = { .list = self, .skeleton = skeleton, .spans = spans };
  const Reading nothing = { 0 };
  for (guint i = 0; i < skeleton->n_units; i++) {
    if (sc_unit_is_gap (&skeleton->units[i]))
      continue;
    search.begin = i;
    search.steps = 0;
    follow (&search, SC_TERM_INNER, i, nothing);
    if (skeleton->units[i].starts)
      follow (&search, SC_TERM_WHOLE, i, nothing);
  }
  g_free (search.words);
  return search.found;
}
