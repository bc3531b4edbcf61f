/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Links in a line: with a scheme or bare, numeric, in letters of other scripts, with the dot in
 * brackets or in words. Pure functions; any thread.
 *
 * The line is made plain first: compatibility forms and lookalikes become ASCII, whatever is a dot
 * becomes one, and each plain character keeps its place in the line. */

#include "config.h"

#include "sc-links.h"

#include "sc-letters.h"

#include <string.h>

/* Endings that nothing but a host has in a chat. Of the countries' those that are no word of German
 * or English and no ending of files; the others are hosts only with a path, or one more part. */
static const char *const endings[] = {
  "ac",     "ag",      "app",   "art",     "at",      "au",    "biz",   "blog",  "br",    "ca",
  "casino", "cc",      "cf",    "ch",      "click",   "cloud", "club",  "cn",    "co",    "com",
  "cz",     "de",      "dev",   "dk",      "edu",     "es",    "eu",    "fi",    "fm",    "fr",
  "fun",    "ga",      "games", "gg",      "gift",    "gl",    "gov",   "gq",    "gr",    "gs",
  "host",   "hu",      "icu",   "ie",      "il",      "info",  "ink",   "io",    "ir",    "jp",
  "kr",     "la",      "life",  "link",    "live",    "lol",   "lu",    "ly",    "media", "mobi",
  "money",  "monster", "mx",    "net",     "network", "news",  "nl",    "nu",    "nz",    "one",
  "online", "org",     "ovh",   "page",    "porn",    "press", "pro",   "pt",    "pw",    "quest",
  "rip",    "ro",      "rocks", "ru",      "se",      "sex",   "shop",  "site",  "sk",    "space",
  "store",  "stream",  "su",    "support", "tech",    "tk",    "today", "tokyo", "top",   "tv",
  "ua",     "uk",      "vip",   "website", "wiki",    "win",   "work",  "works", "ws",    "wtf",
  "xxx",    "xyz",     "za",    "zone",
};

/* Endings that are words or files as well. */
static const char *const weak_endings[] = {
  "ai", "am", "as", "be", "do",  "hm", "id", "im",   "in", "is",  "it",  "li",
  "md", "me", "ml", "mn", "mov", "mp", "my", "name", "no", "now", "pl",  "ps",
  "py", "rs", "sc", "sh", "so",  "st", "to", "us",   "vc", "vg",  "zip",
};

/* Hosts with such an ending that are there to hide where a link leads, or to invite. */
static const char *const known_hosts[] = {
  "youtu.be",  "t.me",        "wa.me",     "is.gd",        "fb.me",        "amzn.to", "discord.me",
  "cutt.us",   "v.gd",        "paypal.me", "j.mp",         "soo.gd",       "s.id",    "tr.im",
  "linktr.ee", "adf.ly",      "goo.gl",    "grabify.link", "iplogger.org", "t.co",    "t.ly",
  "rb.gy",     "tinyurl.com", "bit.do",    "telegram.me",  "onlyfans.com", "dsc.gg",
};

/* "dot" in words, between spaces or brackets. */
static const char *const dot_words[] = { "dot", "punkt", "d0t" };

/* What stands before "dot com" where it is spoken about. */
static const char *const no_hosts[] = { "the",  "a",     "an",  "der", "die", "das",
                                        "ein",  "eine",  "of",  "and", "or",  "und",
                                        "oder", "every", "any", "to",  "not", "is" };

typedef struct {
  GString *text;  /* plain, lower case, ASCII; other characters are '\1' if letters, else ' ' */
  GArray *places; /* of guint, one a byte of text: the code point that it comes from */
  GString *exact; /* as text, but for a letter that only looks like one: '\1' */
  guint length;   /* code points of the line */
} Plain;

static void
plain_clear (Plain *plain)
{
  g_string_free (plain->text, TRUE);
  g_string_free (plain->exact, TRUE);
  g_array_unref (plain->places);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plain, plain_clear)

static gboolean
is_dot (gunichar character)
{
  return character == '.' || character == 0x3002 || character == 0xff0e || character == 0xff61 ||
         character == 0x2024 || character == 0xfe52 || character == 0xa4f8 || character == 0x0701 ||
         character == 0x0660 || character == 0x06d4 || character == 0x2e3c;
}

static void
append (Plain *plain, guint place, char text, gboolean exact)
{
  g_string_append_c (plain->text, text);
  g_string_append_c (plain->exact, exact ? text : '\1');
  g_array_append_val (plain->places, place);
}

static void
append_plain (Plain *plain, guint place, gunichar character)
{
  gunichar parts[SC_LETTERS_MAX];
  if (character < 128) {
    append (plain, place, g_ascii_tolower ((char) character), TRUE);
    return;
  }
  if (is_dot (character) || g_unichar_isspace (character)) {
    append (plain, place, is_dot (character) ? '.' : ' ', TRUE);
    return;
  }
  guint count = sc_letters_fold (character, parts);
  for (guint i = 0; i < count; i++) {
    gunichar part = parts[i] < 128 ? parts[i] : sc_letter_get_twin (parts[i]);
    if (part)
      append (plain, place, g_ascii_tolower ((char) part), FALSE);
    else
      append (plain, place, g_unichar_isalnum (parts[i]) || parts[i] > 0x1f000 ? '\1' : ' ', FALSE);
  }
}

static Plain
make_plain (const char *line)
{
  Plain plain = { g_string_new (NULL),
                  g_array_new (FALSE, FALSE, sizeof (guint)),
                  g_string_new (NULL),
                  0 };
  for (; *line; line = g_utf8_next_char (line), plain.length++) {
    gunichar character = g_utf8_get_char (line);
    if (!sc_letter_is_invisible (character) && !sc_letter_is_mark (character))
      append_plain (&plain, plain.length, character);
  }
  return plain;
}

static gboolean
is_one_of (const char *text, const char *const *words, guint count)
{
  for (guint i = 0; i < count; i++) {
    if (g_str_equal (text, words[i]))
      return TRUE;
  }
  return FALSE;
}

#define IS_ONE_OF(text, words) is_one_of (text, words, G_N_ELEMENTS (words))

static gboolean
is_host_byte (char byte)
{
  return g_ascii_isalnum (byte) || byte == '-' || byte == '\1';
}

/* Returns the end of a name's part that begins at @at. */
static guint
skip_part (const char *text, guint at)
{
  while (is_host_byte (text[at]))
    at++;
  return at;
}

/* What stands between two parts of a name: its length, or 0 where that is no dot. "." is always
 * one; brackets around it, or the word for it, are another way to write it. */
static guint
skip_dot (const char *text, guint at, gboolean *ret_spelled)
{
  guint begin = at;
  *ret_spelled = FALSE;
  if (text[at] == '.' && is_host_byte (text[at + 1]))
    return 1;
  while (text[at] && strchr (" ([{<*_", text[at]))
    at++;
  guint word = at;
  gboolean opened = at > begin;
  if (text[at] == '.' || text[at] == ',')
    at++;
  else
    while (g_ascii_isalnum (text[at]))
      at++;
  g_autofree char *name = g_strndup (text + word, at - word);
  if (at == word || !opened || !(strchr (".,", name[0]) || IS_ONE_OF (name, dot_words)))
    return 0;
  guint end = at;
  while (text[end] && strchr (" )]}>*_", text[end]))
    end++;
  gboolean bracket = text[word - 1] != ' ' || (end > at && text[at] != ' ');
  if (name[0] == ',' || (!bracket && end == at && g_str_has_prefix (text + word, ".net")))
    return 0; /* ".net" is something else */
  *ret_spelled = TRUE;
  return end > at || bracket || name[0] == '.' ? end - begin : 0;
}

typedef struct {
  guint begin, end; /* in the plain text */
  guint parts;
  gboolean spelled;
  gboolean path;      /* something of a path or a port follows */
  gboolean scheme;    /* "http" or "www" begins it */
  gboolean literal;   /* an IPv6 address in brackets */
  char *name;         /* "example.org" */
  char *first, *last; /* its parts */
} Host;

static void
host_clear (Host *host)
{
  g_free (host->name);
  g_free (host->first);
  g_free (host->last);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Host, host_clear)

/* Reads a name of as many parts as there are. A spelled dot is one only before an ending. */
static void
read_host (const char *text, guint at, Host *host)
{
  g_autoptr (GString) name = g_string_new (NULL);
  host->begin = at;
  for (;;) {
    guint end = skip_part (text, at);
    g_free (host->last);
    host->last = g_strndup (text + at, end - at);
    if (!host->first)
      host->first = g_strdup (host->last);
    g_string_append_printf (name, "%s%s", name->len ? "." : "", host->last);
    host->parts++;
    host->end = end;
    gboolean spelled;
    guint dot = skip_dot (text, end, &spelled);
    guint next = dot ? skip_part (text, end + dot) : end;
    g_autofree char *part = dot ? g_strndup (text + end + dot, next - end - dot) : NULL;
    if (!part || !*part ||
        (spelled && !IS_ONE_OF (part, endings) && !IS_ONE_OF (part, weak_endings)))
      break;
    host->spelled |= spelled;
    at = end + dot;
  }
  host->name = g_string_free (g_steal_pointer (&name), FALSE);
  const char *rest = text + host->end;
  host->path = (rest[0] == '/' && rest[1] && rest[1] != ' ') ||
               (rest[0] == ':' && g_ascii_isdigit (rest[1])) ||
               (rest[0] == '?' && g_ascii_isalnum (rest[1])) || g_str_has_prefix (rest, " slash ");
}

static gboolean
is_address (const Host *host)
{
  g_auto (GStrv) parts = g_strsplit (host->name, ".", -1);
  guint64 number;
  gboolean wide = FALSE;
  if (host->parts != 4)
    return FALSE;
  for (guint i = 0; i < 4; i++) {
    if (!g_ascii_string_to_unsigned (parts[i], 10, 0, 255, &number, NULL))
      return FALSE;
    wide |= number >= 100 || strlen (parts[i]) > 2;
  }
  return wide || host->path; /* "1.2.3.4" is a version */
}

static gboolean
is_link (const Host *host)
{
  if (host->scheme || is_address (host))
    return host->parts >= 2 || host->literal;
  if (host->parts < 2 || !*host->first)
    return FALSE;
  if (IS_ONE_OF (host->name, known_hosts))
    return TRUE;
  if (g_str_has_prefix (host->last, "xn--") || strchr (host->last, '\1'))
    return g_str_has_prefix (host->last, "xn--");
  if (host->spelled && IS_ONE_OF (host->first, no_hosts))
    return FALSE;
  if (IS_ONE_OF (host->last, endings))
    return TRUE;
  return IS_ONE_OF (host->last, weak_endings) && (host->path || host->parts >= 3) &&
         !g_ascii_isdigit (host->first[0]);
}

/* A host is allowed as itself or below one that is, and only as it is written: no lookalikes. */
static gboolean
is_allowed (const Plain *plain, const Host *host, const char *const *allowed)
{
  for (guint i = host->begin; i < host->end; i++) {
    if (plain->exact->str[i] != plain->text->str[i])
      return FALSE;
  }
  for (guint i = 0; allowed && allowed[i]; i++) {
    gsize size = strlen (host->name), tail = strlen (allowed[i]);
    if (size >= tail && g_str_equal (host->name + size - tail, allowed[i]) &&
        (size == tail || host->name[size - tail - 1] == '.'))
      return TRUE;
  }
  return FALSE;
}

/* The scheme before a host, written as people do: its length, or 0. */
static guint
skip_scheme (const char *text)
{
  static const char *const schemes[] = { "https://", "http://", "hxxps://", "hxxp://",
                                         "ftp://",   "https:/", "http:/" };
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
    if (g_str_has_prefix (text, schemes[i]))
      return (guint) strlen (schemes[i]);
  }
  return 0;
}

static void
add_link (const Plain *plain, const Host *host, guint begin, GArray *spans)
{
  const char *text = plain->text->str;
  guint end = host->end;
  while (host->path && text[end] && text[end] != ' ')
    end++;
  const ScSpan span = { g_array_index (plain->places, guint, begin),
                        g_array_index (plain->places, guint, end - 1) + 1 };
  g_array_append_val (spans, span);
}

/**
 * sc_links_find:
 * @line: a line in UTF-8
 * @allowed: (nullable) (array zero-terminated=1): hosts in lower case that may be linked, with all
 * below them
 * @spans: (element-type ScSpan): where to add what is found
 *
 * Looks for links.
 *
 * Returns: whether there is one
 */
gboolean
sc_links_find (const char *line, const char *const *allowed, GArray *spans)
{
  g_auto (Plain) plain = make_plain (line);
  const char *text = plain.text->str;
  gboolean found = FALSE;
  for (guint at = 0; text[at];) {
    guint scheme = skip_scheme (text + at);
    if (!scheme && !is_host_byte (text[at])) {
      at++;
      continue;
    }
    g_auto (Host) host = { .scheme = scheme > 0 || g_str_has_prefix (text + at, "www.") };
    read_host (text, at + scheme, &host);
    host.literal = scheme > 0 && text[at + scheme] == '[';
    if (is_link (&host) && !is_allowed (&plain, &host, allowed)) {
      add_link (&plain, &host, at, spans);
      found = TRUE;
    }
    guint next = skip_part (text, at + scheme);
    at = host.parts > 1 && is_link (&host) ? host.end : MAX (next, at + 1);
  }
  return found;
}

/**
 * sc_links_is_host:
 * @text: what somebody wrote as an allowed host
 *
 * Returns: whether it is one, in lower case
 */
gboolean
sc_links_is_host (const char *text)
{
  gsize size = strlen (text);
  return size >= 4 && size <= 253 &&
         strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-.") == size && strchr (text, '.') &&
         !strstr (text, "..") && text[0] != '.' && text[size - 1] != '.';
}
