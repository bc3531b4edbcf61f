/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A list of terms, one a line:
 *
 *   # a comment
 *   term       the word alone, or words
 *   term*      words that begin with it
 *   *term      words that end with it
 *   *term*     words that have it anywhere
 *   !word      is harmless though it has a term in it; also !word*, and several words together
 *   ~word      a common short word: two of them beside each other are never one that is split
 *
 * Terms are compared as skeletons, so case, accents and style are all the same; a letter that is
 * doubled in a term must be doubled in a line. An umlaut is also found written with an e. Made
 * once, then read from any thread. */

#include "config.h"

#include "sc-term-private.h"

#include <string.h>

/* Nodes are numbered in 16 bits. */
#define NODES_MAX 60000

/**
 * sc_term_make_key:
 * @skeleton: a skeleton
 *
 * Returns: (transfer full): what it is, letter by letter, with a space between words
 */
char *
sc_term_make_key (const ScSkeleton *skeleton)
{
  GString *key = g_string_new (NULL);
  for (guint i = 0; i < skeleton->n_units; i++) {
    if (!sc_unit_is_gap (&skeleton->units[i]))
      g_string_append_unichar (key, skeleton->units[i].meanings[0]);
    else if (key->len > 0 && key->str[key->len - 1] != ' ')
      g_string_append_c (key, ' ');
  }
  if (key->len > 0 && key->str[key->len - 1] == ' ')
    g_string_truncate (key, key->len - 1);
  return g_string_free (key, FALSE);
}

/**
 * sc_term_list_new:
 *
 * Returns: (transfer full): a list without terms
 */
ScTermList *
sc_term_list_new (void)
{
  ScTermList *self = g_new0 (ScTermList, 1);
  self->nodes = g_array_new (FALSE, TRUE, sizeof (ScTermNode));
  g_array_set_size (self->nodes, 2);
  self->allowed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->common = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stems = g_ptr_array_new_with_free_func (g_free);
  self->phrases = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * sc_term_list_free:
 * @self: (nullable) (transfer full): a list
 */
void
sc_term_list_free (ScTermList *self)
{
  if (!self)
    return;
  g_array_unref (self->nodes);
  g_hash_table_unref (self->allowed);
  g_hash_table_unref (self->common);
  g_ptr_array_unref (self->stems);
  g_ptr_array_unref (self->phrases);
  g_free (self);
}

static ScTermNode *
get_node (ScTermList *self, guint index)
{
  return &g_array_index (self->nodes, ScTermNode, index);
}

/* Finds or makes the child for a letter. Returns 0 where there is no room for it. */
static guint
step (ScTermList *self, guint parent, gunichar letter, guint8 count)
{
  for (guint at = get_node (self, parent)->first; at; at = get_node (self, at)->next) {
    if (get_node (self, at)->letter == letter && get_node (self, at)->count == count)
      return at;
  }
  guint child = self->nodes->len;
  if (child >= NODES_MAX)
    return 0;
  const ScTermNode node = { .letter = letter,
                            .count = count,
                            .next = get_node (self, parent)->first };
  g_array_append_val (self->nodes, node);
  get_node (self, parent)->first = (guint16) child;
  return child;
}

typedef struct {
  gboolean inner; /* may begin inside a word */
  gboolean open;  /* may end inside a word */
} Bounds;

static char *
make_key_of_text (const char *text)
{
  g_autoptr (ScSkeleton) skeleton = sc_skeleton_new (text);
  return sc_term_make_key (skeleton);
}

static void
add_key (ScTermList *self, const char *key, Bounds bounds)
{
  guint node = bounds.inner ? SC_TERM_INNER : SC_TERM_WHOLE;
  guint8 length = 0;
  for (const char *at = key; *at;) {
    gunichar letter = g_utf8_get_char (at);
    guint8 count = 0;
    for (; g_utf8_get_char (at) == letter; at = g_utf8_next_char (at))
      count++;
    node = step (self, node, letter, count);
    if (node == 0)
      return;
    length += letter == ' ' ? 0 : count;
  }
  if (length < 2)
    return;
  get_node (self, node)->open |= bounds.open;
  get_node (self, node)->closed |= !bounds.open;
  get_node (self, node)->length = length;
  self->length++;
}

/* Writes umlauts with an e. Returns NULL where there are none. */
static char *
spell_umlauts (const char *term)
{
  static const char *const spellings[][2] = { { "ä", "ae" }, { "ö", "oe" }, { "ü", "ue" } };
  g_autofree char *composed = g_utf8_normalize (term, -1, G_NORMALIZE_NFC);
  g_autofree char *lower = composed ? g_utf8_strdown (composed, -1) : g_strdup (term);
  g_autoptr (GString) spelled = g_string_new (lower);
  guint found = 0;
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    found += g_string_replace (spelled, spellings[i][0], spellings[i][1], 0);
  return found ? g_strdup (spelled->str) : NULL;
}

static void
add_term (ScTermList *self, const char *term, Bounds bounds)
{
  g_autofree char *key = make_key_of_text (term);
  g_autofree char *spelled = spell_umlauts (term);
  g_autofree char *spelled_key = spelled ? make_key_of_text (spelled) : NULL;
  add_key (self, key, bounds);
  if (spelled_key)
    add_key (self, spelled_key, bounds);
}

static void
add_allowed (ScTermList *self, const char *word)
{
  gboolean stem = g_str_has_suffix (word, "*");
  g_autofree char *bare = g_strndup (word, strlen (word) - (stem ? 1 : 0));
  g_autofree char *key = make_key_of_text (bare);
  if (stem)
    g_ptr_array_add (self->stems, g_steal_pointer (&key));
  else if (strchr (key, ' '))
    g_ptr_array_add (self->phrases, g_strdup_printf (" %s ", key));
  else
    g_hash_table_add (self->allowed, g_steal_pointer (&key));
}

/**
 * sc_term_list_add:
 * @self: a list that no other thread uses
 * @line: a line in UTF-8, as the head of this file says it
 *
 * Adds what a line says. What is too long or too short to be a term is left out, and so is all that
 * is more than a list can have, some 6,000 terms.
 */
void
sc_term_list_add (ScTermList *self, const char *line)
{
  g_autofree char *text = g_strstrip (g_strdup (line));
  gsize size = strlen (text);
  if (size == 0 || text[0] == '#' || g_utf8_strlen (text, -1) > SC_TERM_MAX)
    return;
  if (text[0] == '!') {
    add_allowed (self, text + 1);
  } else if (text[0] == '~') {
    g_hash_table_add (self->common, make_key_of_text (text + 1));
  } else {
    const Bounds bounds = { text[0] == '*', text[size - 1] == '*' };
    if (bounds.open)
      text[size - 1] = '\0';
    add_term (self, bounds.inner ? text + 1 : text, bounds);
  }
}

/**
 * sc_term_list_new_from_text:
 * @text: lines in UTF-8, as the head of this file says them
 *
 * Returns: (transfer full): a list of them
 */
ScTermList *
sc_term_list_new_from_text (const char *text)
{
  ScTermList *self = sc_term_list_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    sc_term_list_add (self, lines[i]);
  return self;
}

/**
 * sc_term_list_get_length:
 * @self: a list
 *
 * Returns: how many terms it has, spellings counted
 */
guint
sc_term_list_get_length (const ScTermList *self)
{
  return self->length;
}
