/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Says whether bytes of a stranger are JSON that is read in one way only (RFC 8259, and RFC 7493,
 * "The I-JSON Message Format", where that is stricter). It comes before json-glib, which keeps the
 * last of two members of a name and tells nobody, wraps a number that is too large, and makes
 * something of half a surrogate pair. Pure; any thread.
 */

#include "config.h"

#include "sc-json-check.h"

#include "sc-error.h"

#include <errno.h>
#include <math.h>
#include <string.h>

typedef struct {
  const char *data;
  gsize size;
  gsize at;
  guint depth;
  const char *why; /* what is wrong, or NULL */
  gsize why_at;
} Scan;

static gboolean
refuse (Scan *scan, gsize at, const char *why)
{
  scan->why = why;
  scan->why_at = at;
  return FALSE;
}

/* The byte that comes next, -1 at the end. */
static int
peek (Scan *scan)
{
  return scan->at < scan->size ? (guchar) scan->data[scan->at] : -1;
}

static gboolean
take (Scan *scan, char wanted)
{
  if (peek (scan) != wanted)
    return FALSE;
  scan->at++;
  return TRUE;
}

static void
skip_space (Scan *scan)
{
  while (take (scan, ' ') || take (scan, '\t') || take (scan, '\n') || take (scan, '\r'))
    ;
}

static gboolean
read_hex (Scan *scan, gunichar *ret_unit)
{
  gunichar unit = 0;
  for (guint i = 0; i < 4; i++) {
    int digit = peek (scan) < 0 ? -1 : g_ascii_xdigit_value ((char) peek (scan));
    if (digit < 0)
      return refuse (scan, scan->at, "“\\u” without four hexadecimal digits");
    unit = unit * 16 + (gunichar) digit;
    scan->at++;
  }
  *ret_unit = unit;
  return TRUE;
}

/* What follows "\u". Two halves of a surrogate pair are one character, and one half is none. */
static gboolean
read_code (Scan *scan, gsize begin, gunichar *ret_character)
{
  gunichar high = 0, low = 0;
  if (!read_hex (scan, &high))
    return FALSE;
  if (high == 0)
    return refuse (scan, begin, "a NUL in a string");
  *ret_character = high;
  if (high < 0xd800 || high > 0xdfff)
    return TRUE;
  if (high >= 0xdc00 || !take (scan, '\\') || !take (scan, 'u'))
    return refuse (scan, begin, "half a surrogate pair");
  if (!read_hex (scan, &low))
    return FALSE;
  if (low < 0xdc00 || low > 0xdfff)
    return refuse (scan, begin, "half a surrogate pair");
  *ret_character = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
  return TRUE;
}

/* What a backslash stands before. */
static gboolean
read_escape (Scan *scan, GString *text)
{
  static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  gsize begin = scan->at++;
  gunichar character = 0;
  if (take (scan, 'u')) {
    if (!read_code (scan, begin, &character))
      return FALSE;
    g_string_append_unichar (text, character);
    return TRUE;
  }
  const char *letter = peek (scan) > 0 ? strchr (letters, peek (scan)) : NULL;
  if (!letter)
    return refuse (scan, begin, "an escape that JSON does not have");
  scan->at++;
  g_string_append_c (text, meanings[letter - letters]);
  return TRUE;
}

/* A string, decoded into @text. That it is UTF-8 is known already. */
static gboolean
read_string (Scan *scan, GString *text)
{
  if (!take (scan, '"'))
    return refuse (scan, scan->at, "no string where one must be");
  while (!take (scan, '"')) {
    if (peek (scan) < 0)
      return refuse (scan, scan->at, "the end in the middle of a string");
    if (peek (scan) < ' ')
      return refuse (scan, scan->at, "a control character in a string");
    if (peek (scan) != '\\')
      g_string_append_c (text, scan->data[scan->at++]);
    else if (!read_escape (scan, text))
      return FALSE;
  }
  return TRUE;
}

static gboolean
skip_digits (Scan *scan)
{
  gsize begin = scan->at;
  while (peek (scan) >= '0' && peek (scan) <= '9')
    scan->at++;
  return scan->at > begin;
}

/* Says whether the number, which is one by its grammar, is one that is kept as it was written. */
static gboolean
is_in_range (const char *number, gsize length, gboolean is_whole)
{
  char text[SC_JSON_CHECK_NUMBER_MAX + 1] = { 0 };
  if (length > SC_JSON_CHECK_NUMBER_MAX)
    return FALSE;
  memcpy (text, number, length);
  if (!is_whole)
    return isfinite (g_ascii_strtod (text, NULL));
  errno = 0;
  g_ascii_strtoll (text, NULL, 10);
  return errno == 0;
}

static gboolean
read_number (Scan *scan)
{
  gsize begin = scan->at;
  gboolean is_whole = TRUE;
  take (scan, '-');
  gboolean is_right = take (scan, '0') || skip_digits (scan);
  if (is_right && take (scan, '.')) {
    is_whole = FALSE;
    is_right = skip_digits (scan);
  }
  if (is_right && (take (scan, 'e') || take (scan, 'E'))) {
    is_whole = FALSE;
    if (!take (scan, '-'))
      take (scan, '+');
    is_right = skip_digits (scan);
  }
  if (!is_right)
    return refuse (scan, begin, "a number that is none");
  if (!is_in_range (scan->data + begin, scan->at - begin, is_whole))
    return refuse (scan, begin, "a number that is out of range");
  return TRUE;
}

static gboolean
read_word (Scan *scan)
{
  static const char *const words[] = { "true", "false", "null" };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    gsize length = strlen (words[i]);
    if (scan->size - scan->at >= length && memcmp (scan->data + scan->at, words[i], length) == 0) {
      scan->at += length;
      return TRUE;
    }
  }
  return refuse (scan, scan->at, "no value where one must be");
}

static gboolean read_value (Scan *scan);

static gboolean
read_array (Scan *scan)
{
  scan->at++;
  skip_space (scan);
  if (take (scan, ']'))
    return TRUE;
  for (;;) {
    if (!read_value (scan))
      return FALSE;
    if (take (scan, ']'))
      return TRUE;
    if (!take (scan, ','))
      return refuse (scan, scan->at, "neither “,” nor “]” after an element");
  }
}

static gboolean
add_name (Scan *scan, GPtrArray *names)
{
  gsize begin = scan->at;
  g_autoptr (GString) name = g_string_new (NULL);
  if (!read_string (scan, name))
    return FALSE;
  if (g_ptr_array_find_with_equal_func (names, name->str, g_str_equal, NULL))
    return refuse (scan, begin, "a name that this object has already");
  if (names->len == SC_JSON_CHECK_MEMBERS_MAX)
    return refuse (scan, begin, "more members than any object here has");
  g_ptr_array_add (names, g_strdup (name->str));
  return TRUE;
}

static gboolean
read_member (Scan *scan, GPtrArray *names)
{
  skip_space (scan);
  if (!add_name (scan, names))
    return FALSE;
  skip_space (scan);
  if (!take (scan, ':'))
    return refuse (scan, scan->at, "no “:” after a name");
  return read_value (scan);
}

static gboolean
read_object (Scan *scan)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  scan->at++;
  skip_space (scan);
  if (take (scan, '}'))
    return TRUE;
  for (;;) {
    if (!read_member (scan, names))
      return FALSE;
    if (take (scan, '}'))
      return TRUE;
    if (!take (scan, ','))
      return refuse (scan, scan->at, "neither “,” nor “}” after a member");
  }
}

static gboolean
read_inside (Scan *scan, gboolean (*read) (Scan *scan))
{
  if (scan->depth == SC_JSON_CHECK_DEPTH_MAX)
    return refuse (scan, scan->at, "more objects and arrays in one another than any body here has");
  scan->depth++;
  gboolean is_right = read (scan);
  scan->depth--;
  return is_right;
}

static gboolean
read_bare_value (Scan *scan)
{
  switch (peek (scan)) {
  case '{':
    return read_inside (scan, read_object);
  case '[':
    return read_inside (scan, read_array);
  case '"': {
    g_autoptr (GString) text = g_string_new (NULL);
    return read_string (scan, text);
  }
  case '-':
  case '0' ... '9':
    return read_number (scan);
  default:
    return read_word (scan);
  }
}

/* A value with the space around it. */
static gboolean
read_value (Scan *scan)
{
  skip_space (scan);
  if (!read_bare_value (scan))
    return FALSE;
  skip_space (scan);
  return TRUE;
}

static gboolean
read_document (Scan *scan)
{
  const char *end = NULL;
  if (!g_utf8_validate_len (scan->data, scan->size, &end))
    return refuse (scan,
                   (gsize) (end - scan->data),
                   *end == '\0' ? "a NUL" : "bytes that are not UTF-8");
  skip_space (scan);
  if (peek (scan) != '{')
    return refuse (scan, scan->at, "no object");
  if (!read_value (scan))
    return FALSE;
  return peek (scan) < 0 || refuse (scan, scan->at, "something after the object");
}

/**
 * sc_json_check:
 * @data: (array length=size): a document
 * @size: its bytes
 * @error: %SC_DATA_ERROR_SYNTAX, whose message says what is wrong and at which byte, the first
 *   being 1, and quotes nothing of the document
 *
 * Checks that a document is one object in UTF-8 which every reader understands alike: no NUL,
 * neither raw nor escaped, no lone surrogate, no name twice in an object however it is escaped, no
 * number beyond 64 bits or a finite double, nothing after it; at most %SC_JSON_CHECK_DEPTH_MAX
 * objects and arrays in one another and %SC_JSON_CHECK_MEMBERS_MAX members in one. Takes time in
 * proportion to the size.
 *
 * Returns: %TRUE if it is
 */
gboolean
sc_json_check (const char *data, gsize size, GError **error)
{
  Scan scan = { .data = size > 0 ? data : "", .size = size };
  if (read_document (&scan))
    return TRUE;
  g_set_error (error,
               SC_DATA_ERROR,
               SC_DATA_ERROR_SYNTAX,
               "Byte %" G_GSIZE_FORMAT ": %s",
               scan.why_at + 1,
               scan.why);
  return FALSE;
}
