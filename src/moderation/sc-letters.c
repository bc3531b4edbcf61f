/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a character looks like: Unicode's decompositions where there are any, and the letters of
 * other scripts and styles that are taken for Latin ones. Pure functions; any thread. */

#include "config.h"

#include "sc-letters.h"

/* Unicode has no longer decomposition ("UAX #15", U+FDFA). */
#define DECOMPOSITION_MAX 18

typedef struct {
  gunichar character;
  char latin;
} Twin;

/* Sorted by code point. After Unicode's confusables (UTS #39), those that people use: each looks
 * like the letter in the fonts of chats. */
static const Twin twins[] = {
  /* clang-format off */
  { 0x00f0, 'd' }, { 0x00f8, 'o' }, { 0x00fe, 'p' }, { 0x0111, 'd' }, { 0x0127, 'h' }, { 0x0131, 'i' },
  { 0x0138, 'k' }, { 0x0140, 'l' }, { 0x0142, 'l' }, { 0x014b, 'n' }, { 0x0167, 't' }, { 0x0192, 'f' },
  { 0x0199, 'k' }, { 0x01a5, 'p' }, { 0x01ad, 't' }, { 0x01b4, 'y' }, { 0x01bd, 's' }, { 0x024b, 'q' },
  { 0x0250, 'a' }, { 0x0251, 'a' }, { 0x0253, 'b' }, { 0x0254, 'c' }, { 0x0255, 'c' }, { 0x0256, 'd' },
  { 0x0257, 'd' }, { 0x0258, 'e' }, { 0x0259, 'e' }, { 0x025b, 'e' }, { 0x025c, 'e' }, { 0x025f, 'f' },
  { 0x0260, 'g' }, { 0x0261, 'g' }, { 0x0262, 'g' }, { 0x0263, 'y' }, { 0x0265, 'h' }, { 0x0266, 'h' },
  { 0x0268, 'i' }, { 0x0269, 'i' }, { 0x026a, 'i' }, { 0x026d, 'l' }, { 0x026f, 'm' }, { 0x0271, 'm' },
  { 0x0272, 'n' }, { 0x0273, 'n' }, { 0x0274, 'n' }, { 0x0275, 'o' }, { 0x0279, 'r' }, { 0x027d, 'r' },
  { 0x027e, 'r' }, { 0x0280, 'r' }, { 0x0282, 's' }, { 0x0283, 's' }, { 0x0284, 'f' }, { 0x0287, 't' },
  { 0x0288, 't' }, { 0x0289, 'u' }, { 0x028b, 'v' }, { 0x028c, 'v' }, { 0x028d, 'w' }, { 0x028e, 'y' },
  { 0x028f, 'y' }, { 0x0290, 'z' }, { 0x0291, 'z' }, { 0x0299, 'b' }, { 0x029c, 'h' }, { 0x029e, 'k' },
  { 0x029f, 'l' }, { 0x0391, 'a' }, { 0x0392, 'b' }, { 0x0395, 'e' }, { 0x0396, 'z' }, { 0x0397, 'h' },
  { 0x0399, 'i' }, { 0x039a, 'k' }, { 0x039c, 'm' }, { 0x039d, 'n' }, { 0x039f, 'o' }, { 0x03a1, 'p' },
  { 0x03a4, 't' }, { 0x03a5, 'y' }, { 0x03a7, 'x' }, { 0x03b1, 'a' }, { 0x03b2, 'b' }, { 0x03b3, 'y' },
  { 0x03b4, 'd' }, { 0x03b5, 'e' }, { 0x03b6, 'z' }, { 0x03b7, 'n' }, { 0x03b8, 'o' }, { 0x03b9, 'i' },
  { 0x03ba, 'k' }, { 0x03bb, 'a' }, { 0x03bc, 'u' }, { 0x03bd, 'v' }, { 0x03bf, 'o' }, { 0x03c0, 'n' },
  { 0x03c1, 'p' }, { 0x03c2, 'c' }, { 0x03c3, 'o' }, { 0x03c4, 't' }, { 0x03c5, 'u' }, { 0x03c6, 'o' },
  { 0x03c7, 'x' }, { 0x03c9, 'w' }, { 0x03d1, 'o' }, { 0x03dd, 'f' }, { 0x03f1, 'p' }, { 0x03f2, 'c' },
  { 0x03f3, 'j' }, { 0x03f5, 'e' }, { 0x0412, 'b' }, { 0x041d, 'h' }, { 0x0420, 'p' }, { 0x0421, 'c' },
  { 0x0423, 'y' }, { 0x0425, 'x' }, { 0x0430, 'a' }, { 0x0431, 'b' }, { 0x0432, 'b' }, { 0x0433, 'r' },
  { 0x0435, 'e' }, { 0x0437, 'z' }, { 0x0438, 'u' }, { 0x043a, 'k' }, { 0x043c, 'm' }, { 0x043d, 'h' },
  { 0x043e, 'o' }, { 0x043f, 'n' }, { 0x0440, 'p' }, { 0x0441, 'c' }, { 0x0442, 't' }, { 0x0443, 'y' },
  { 0x0445, 'x' }, { 0x0446, 'u' }, { 0x0448, 'w' }, { 0x044c, 'b' }, { 0x0450, 'e' }, { 0x0451, 'e' },
  { 0x0454, 'e' }, { 0x0455, 's' }, { 0x0456, 'i' }, { 0x0457, 'i' }, { 0x0458, 'j' }, { 0x045f, 'u' },
  { 0x0461, 'w' }, { 0x0473, 'o' }, { 0x0475, 'v' }, { 0x048f, 'p' }, { 0x0491, 'r' }, { 0x0493, 'f' },
  { 0x049b, 'k' }, { 0x04a1, 'k' }, { 0x04a3, 'h' }, { 0x04ab, 'c' }, { 0x04af, 'y' }, { 0x04b1, 'y' },
  { 0x04b3, 'x' }, { 0x04bb, 'h' }, { 0x04bd, 'e' }, { 0x04cf, 'l' }, { 0x04d3, 'a' }, { 0x04d5, 'a' },
  { 0x04d9, 'a' }, { 0x04e9, 'o' }, { 0x0501, 'd' }, { 0x050d, 'g' }, { 0x051b, 'q' }, { 0x051d, 'w' },
  { 0x0566, 'q' }, { 0x0570, 'h' }, { 0x0575, 'j' }, { 0x0578, 'n' }, { 0x057d, 'u' }, { 0x0581, 'g' },
  { 0x0584, 'f' }, { 0x0585, 'o' }, { 0x13a0, 'd' }, { 0x13a1, 'r' }, { 0x13a2, 't' }, { 0x13a5, 'i' },
  { 0x13aa, 'a' }, { 0x13ab, 'j' }, { 0x13ac, 'e' }, { 0x13b3, 'w' }, { 0x13b7, 'm' }, { 0x13bb, 'h' },
  { 0x13c0, 'g' }, { 0x13c2, 'h' }, { 0x13c3, 'z' }, { 0x13cf, 'b' }, { 0x13d2, 'r' }, { 0x13d4, 'w' },
  { 0x13d5, 's' }, { 0x13d9, 'v' }, { 0x13da, 's' }, { 0x13de, 'l' }, { 0x13df, 'c' }, { 0x13e2, 'p' },
  { 0x13e6, 'k' }, { 0x13e7, 'd' }, { 0x13e9, 'g' }, { 0x13ee, 'v' }, { 0x13f4, 'b' }, { 0x1d00, 'a' },
  { 0x1d04, 'c' }, { 0x1d05, 'd' }, { 0x1d07, 'e' }, { 0x1d0a, 'j' }, { 0x1d0b, 'k' }, { 0x1d0d, 'm' },
  { 0x1d0e, 'n' }, { 0x1d0f, 'o' }, { 0x1d18, 'p' }, { 0x1d19, 'r' }, { 0x1d1b, 't' }, { 0x1d1c, 'u' },
  { 0x1d20, 'v' }, { 0x1d21, 'w' }, { 0x1d22, 'z' }, { 0x2113, 'l' }, { 0x212e, 'e' }, { 0x2139, 'i' },
  { 0x217c, 'l' }, { 0x2202, 'd' }, { 0x2211, 'e' }, { 0x2228, 'v' }, { 0x222a, 'u' }, { 0x2375, 'w' },
  { 0x237a, 'a' }, { 0x2c73, 'w' }, { 0x3007, 'o' }, { 0x311a, 'y' }, { 0x4e2b, 'y' }, { 0xa4d0, 'b' },
  { 0xa4d1, 'p' }, { 0xa4d2, 'p' }, { 0xa4d3, 'd' }, { 0xa4d4, 't' }, { 0xa4d6, 'g' }, { 0xa4d7, 'k' },
  { 0xa4d9, 'j' }, { 0xa4da, 'c' }, { 0xa4dc, 'z' }, { 0xa4dd, 'f' }, { 0xa4df, 'm' }, { 0xa4e0, 'n' },
  { 0xa4e1, 'l' }, { 0xa4e2, 's' }, { 0xa4e3, 'r' }, { 0xa4e6, 'v' }, { 0xa4e7, 'h' }, { 0xa4ea, 'w' },
  { 0xa4eb, 'x' }, { 0xa4ec, 'y' }, { 0xa4ee, 'a' }, { 0xa4f0, 'e' }, { 0xa4f2, 'i' }, { 0xa4f3, 'o' },
  { 0xa4f4, 'u' }, { 0xa730, 'f' }, { 0xa731, 's' }, { 0xa75b, 'r' }, { 0xa7b5, 'b' },
  /* clang-format on */
};

/* Alphabets in pictures, which Unicode does not decompose: the first character is an A. */
static const struct {
  gunichar first;
  guint count;
} alphabets[] = {
  { 0x1f150, 26 }, /* negative circled */
  { 0x1f170, 26 }, /* negative squared */
  { 0x1f1e6, 26 }, /* regional indicators */
};

/**
 * sc_letter_is_invisible:
 * @character: a character
 *
 * Returns: whether it takes no room and is no mark on another: joiners, soft hyphens, tags, fillers
 */
gboolean
sc_letter_is_invisible (gunichar character)
{
  return g_unichar_type (character) == G_UNICODE_FORMAT || character == 0x034f ||
         character == 0x115f || character == 0x1160 || character == 0x3164 || character == 0xffa0 ||
         character == 0x2800 || (character >= 0x180b && character <= 0x180f) ||
         (character >= 0xfe00 && character <= 0xfe0f) ||
         (character >= 0xe0000 && character <= 0xe0fff);
}

/**
 * sc_letter_is_mark:
 * @character: a character
 *
 * Returns: whether it is written onto the letter before it
 */
gboolean
sc_letter_is_mark (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);
  return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK ||
         type == G_UNICODE_SPACING_MARK;
}

static gunichar
find_twin (gunichar character)
{
  guint low = 0, high = G_N_ELEMENTS (twins);
  while (low < high) {
    guint middle = (low + high) / 2;
    if (twins[middle].character < character)
      low = middle + 1;
    else
      high = middle;
  }
  return low < G_N_ELEMENTS (twins) && twins[low].character == character
           ? (gunichar) twins[low].latin
           : 0;
}

/**
 * sc_letter_get_twin:
 * @character: a character, of any case
 *
 * Returns: the Latin letter, lower case, that it is taken for though it is none; 0 where there is
 *   none
 */
gunichar
sc_letter_get_twin (gunichar character)
{
  for (guint i = 0; i < G_N_ELEMENTS (alphabets); i++) {
    if (character - alphabets[i].first < alphabets[i].count)
      return 'a' + character - alphabets[i].first;
  }
  gunichar twin = find_twin (character);
  return twin ? twin : find_twin (g_unichar_tolower (character));
}

/**
 * sc_letters_fold:
 * @character: a character
 * @ret_letters: (out) (array length=SC_LETTERS_MAX): what it is made of
 *
 * Takes a character apart: its compatibility decomposition (Unicode's NFKD) without marks and
 * spaces. Letters of other scripts stay what they are, and capitals stay capitals.
 *
 * Returns: how many letters there are, at most %SC_LETTERS_MAX
 */
guint
sc_letters_fold (gunichar character, gunichar *ret_letters)
{
  gunichar parts[DECOMPOSITION_MAX];
  if (character == 0xdf || character == 0x1e9e) { /* sharp s */
    ret_letters[0] = ret_letters[1] = 's';
    return 2;
  }
  gsize count = g_unichar_fully_decompose (character, TRUE, parts, DECOMPOSITION_MAX);
  guint kept = 0;
  for (gsize i = 0; i < count && kept < SC_LETTERS_MAX; i++) {
    if (parts[i] != ' ' && !sc_letter_is_mark (parts[i]) && !sc_letter_is_invisible (parts[i]))
      ret_letters[kept++] = parts[i];
  }
  return kept;
}
