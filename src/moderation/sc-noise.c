/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Lines that shout others down: the same letter or word again and again, walls of pictures and
 * signs, marks that pile up over other lines, capitals. Pure functions; any thread.
 *
 * The bounds are of a channel for everybody: a long "nooooo" and a word said four times are joy. */

#include "config.h"

#include "sc-noise.h"

#include "sc-letters.h"

#include <string.h>

/* The same character so often in a row; and how many of those stay where the rest is cut. */
#define RUN_MAX 15
#define RUN_KEPT 3

/* The same two to eight characters after each other, as in "hahaha": so many characters of that. */
#define PATTERN_LONGEST 8
#define PATTERN_RUN_MAX 40

/* The same word so often in a row, as in a refrain; several words so often; one in a line with
 * hardly any other. */
#define WORDS_IN_A_ROW 6
#define WORDS_TOGETHER 4
#define WORDS_SAME 7

/* Pictures in a line. A face with its skin, sex and hair is one. */
#define EMOJI_MAX 10

/* Box-drawing, blocks and dingbats, of which pictures are drawn over many lines. */
#define DRAWING_MAX 12

/* Marks on one letter: two are Vietnamese, more is a tower. */
#define MARKS_MAX 2

/* Letters that make a line long enough to shout, and how many percent of them are capitals. */
#define SHOUT_LETTERS 12
#define SHOUT_PERCENT 75

static void
add_span (GArray *spans, guint begin, guint end)
{
  const ScSpan span = { begin, end };
  if (spans && end > begin)
    g_array_append_val (spans, span);
}

static gboolean
is_picture (gunichar character)
{
  return (character >= 0x1f000 && character <= 0x1faff &&
          !(character >= 0x1f3fb && character <= 0x1f3ff)) ||
         (character >= 0x2600 && character <= 0x27bf) ||
         (character >= 0x2b05 && character <= 0x2b55) ||
         (character >= 0x231a && character <= 0x23ff) || character == 0x203c ||
         character == 0x2049 || character == 0x3030 || character == 0x303d;
}

static gboolean
is_drawing (gunichar character)
{
  return (character >= 0x2500 && character <= 0x25ff) ||
         (character >= 0x2800 && character <= 0x28ff) ||
         (character >= 0x1fb00 && character <= 0x1fbff);
}

/* Marks of no script in particular. Those of Thai or Hebrew are how it is written. */
static gboolean
is_piling (gunichar character)
{
  return (character >= 0x0300 && character <= 0x036f) ||
         (character >= 0x1ab0 && character <= 0x1aff) ||
         (character >= 0x1dc0 && character <= 0x1dff) ||
         (character >= 0x20d0 && character <= 0x20dc) ||
         (character >= 0xfe20 && character <= 0xfe2f);
}

static gboolean
find_runs (const gunichar *line, glong length, GArray *excess)
{
  gboolean found = FALSE;
  for (glong begin = 0, end; begin < length; begin = end) {
    gunichar letter = g_unichar_tolower (line[begin]);
    for (end = begin + 1; end < length && g_unichar_tolower (line[end]) == letter;)
      end++;
    if (end - begin < RUN_MAX)
      continue;
    add_span (excess, (guint) begin + RUN_KEPT, (guint) end);
    found = TRUE;
  }
  return found;
}

/* As find_runs(), of several characters that come again. */
static gboolean
find_patterns (const gunichar *line, glong length, GArray *excess)
{
  for (glong period = 2; period <= PATTERN_LONGEST; period++) {
    glong run = 0;
    for (glong i = period; i < length; i++) {
      run = g_unichar_tolower (line[i]) == g_unichar_tolower (line[i - period]) ? run + 1 : 0;
      if (run + period < PATTERN_RUN_MAX)
        continue;
      glong begin = i + 1 - run - period;
      while (i + 1 < length && line[i + 1] == line[i + 1 - period])
        i++;
      add_span (excess, (guint) (begin + RUN_KEPT * period), (guint) i + 1);
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
find_towers (const gunichar *line, glong length, GArray *excess)
{
  gboolean found = FALSE;
  for (glong begin = 0, end; begin < length; begin = end + 1) {
    for (end = begin; end < length && is_piling (line[end]);)
      end++;
    if (end - begin <= MARKS_MAX)
      continue;
    add_span (excess, (guint) begin, (guint) end);
    found = TRUE;
  }
  return found;
}

typedef gboolean (*IsKind) (gunichar character);

/* Finds more of a kind of characters than @most. Flags are two each, and joined pictures are one.
 */
static gboolean
find_wall (const gunichar *line, glong length, IsKind is_kind, guint most, GArray *excess)
{
  guint count = 0;
  gboolean found = FALSE, second = FALSE;
  for (glong i = 0; i < length; i++) {
    gboolean joined = i > 0 && line[i - 1] == 0x200d;
    gboolean flag = line[i] >= 0x1f1e6 && line[i] <= 0x1f1ff;
    gboolean counted = is_kind (line[i]) && !joined && !(flag && second);
    second = flag && !second;
    if (!counted || ++count <= most)
      continue;
    add_span (excess, (guint) i, (guint) i + 1);
    found = TRUE;
  }
  return found;
}

/* The letters of a word, each once however often it stands in a row, so that "gooo" is "go". */
static char *
squeeze (const gunichar *word, glong length)
{
  GString *text = g_string_new (NULL);
  gunichar last = 0;
  for (glong i = 0; i < length; i++) {
    gunichar letter = g_unichar_tolower (word[i]);
    if (letter == last || (!g_unichar_isalnum (letter) && !is_picture (letter)))
      continue;
    g_string_append_unichar (text, letter);
    last = letter;
  }
  return g_string_free (text, FALSE);
}

typedef struct {
  char *text;
  guint begin;
  guint end;
} Word;

static void
clear_word (gpointer data)
{
  g_free (((Word *) data)->text);
}

static GArray *
find_words (const gunichar *line, glong length)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_array_set_clear_func (words, clear_word);
  for (glong begin = 0, end; begin < length; begin = end + 1) {
    for (end = begin; end < length && !g_unichar_isspace (line[end]);)
      end++;
    Word word = { squeeze (line + begin, end - begin), (guint) begin, (guint) end };
    if (*word.text)
      g_array_append_val (words, word);
    else
      g_free (word.text);
  }
  return words;
}

/* Finds the same words again and again: @count words that are the ones before, from the first
 * repetition on. */
static gboolean
find_rows (const GArray *words, guint step, guint most, GArray *excess)
{
  guint same = step;
  gboolean found = FALSE;
  for (guint i = step; i < words->len; i++) {
    const Word *word = &g_array_index (words, Word, i);
    gboolean again = g_str_equal (word->text, g_array_index (words, Word, i - step).text);
    same = again ? same + 1 : step;
    if (same < most * step)
      continue;
    add_span (excess, word->begin, word->end);
    found = TRUE;
  }
  return found;
}

/* Says whether one word is most of the line, though others stand between. */
static gboolean
has_dominant_word (const GArray *words)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  guint most = 0;
  for (guint i = 0; i < words->len; i++) {
    const char *text = g_array_index (words, Word, i).text;
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, text)) + 1;
    g_hash_table_insert (counts, (gpointer) text, GUINT_TO_POINTER (count));
    most = MAX (most, count);
  }
  return most >= WORDS_SAME && most * 2 >= words->len;
}

static gboolean
find_repeated_words (const gunichar *line, glong length, GArray *excess)
{
  g_autoptr (GArray) words = find_words (line, length);
  gboolean found = find_rows (words, 1, WORDS_IN_A_ROW, excess);
  for (guint step = 2; !found && step <= 4; step++)
    found = find_rows (words, step, WORDS_TOGETHER, excess);
  return found || has_dominant_word (words);
}

/**
 * sc_noise_find_repeats:
 * @line: a line in UTF-8
 * @excess: (nullable) (element-type ScSpan): where to add what is too much of it; what is found may
 * have none
 *
 * Looks for what is repeated too often within a line.
 *
 * Returns: whether there is anything
 */
gboolean
sc_noise_find_repeats (const char *line, GArray *excess)
{
  glong length;
  g_autofree gunichar *characters = g_utf8_to_ucs4_fast (line, -1, &length);
  gboolean found = find_runs (characters, length, excess);
  found |= !found && find_patterns (characters, length, excess);
  found |= find_towers (characters, length, excess);
  found |= find_wall (characters, length, is_picture, EMOJI_MAX, excess);
  found |= find_wall (characters, length, is_drawing, DRAWING_MAX, excess);
  found |= find_repeated_words (characters, length, excess);
  return found;
}

/**
 * sc_noise_has_capitals:
 * @line: a line in UTF-8
 *
 * Returns: whether it is shouted; a word in capitals is not
 */
gboolean
sc_noise_has_capitals (const char *line)
{
  guint upper = 0, lower = 0;
  for (const char *at = line; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    upper += g_unichar_isupper (character) ? 1 : 0;
    lower += g_unichar_islower (character) ? 1 : 0;
  }
  return upper + lower >= SHOUT_LETTERS && upper * 100 >= (upper + lower) * SHOUT_PERCENT;
}

/**
 * sc_noise_is_emoji:
 * @line: a line in UTF-8
 *
 * Returns: whether it has pictures and nothing that is read
 */
gboolean
sc_noise_is_emoji (const char *line)
{
  gboolean any = FALSE;
  for (const char *at = line; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    gunichar after = g_utf8_get_char (g_utf8_next_char (at));
    gboolean keycap = character < 128 && strchr ("0123456789#*", (int) character) &&
                      (after == 0xfe0f || after == 0x20e3);
    gboolean picture = is_picture (character) || keycap ||
                       (after == 0xfe0f && character > 127 && !g_unichar_isalnum (character));
    gboolean part = sc_letter_is_mark (character) || sc_letter_is_invisible (character) ||
                    g_unichar_isspace (character) || (character >= 0x1f3fb && character <= 0x1f3ff);
    if (!picture && !part)
      return FALSE;
    any |= picture;
  }
  return any;
}

/**
 * sc_noise_make_key:
 * @line: a line in UTF-8
 *
 * Returns: (transfer full): what two lines share that say the same, be there a dot more or a letter
 *   less of a stretched word
 */
char *
sc_noise_make_key (const char *line)
{
  glong length;
  g_autofree gunichar *characters = g_utf8_to_ucs4_fast (line, -1, &length);
  char *key = squeeze (characters, length);
  if (*key)
    return key;
  g_free (key);
  return g_strdup (line);
}
