/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Links in lines, and what only looks like one. */

#include "config.h"

#include "sc-links.h"

static const char *const allowed[] = { "example.org", "wiki.example.net", NULL };

static char *
find (const char *line)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (ScSpan));
  gboolean found = sc_links_find (line, allowed, spans);
  g_assert_true (found == (spans->len > 0));
  if (!found)
    return NULL;
  const ScSpan *span = &g_array_index (spans, ScSpan, 0);
  return g_utf8_substring (line, span->begin, span->end);
}

static void
test_found (void)
{
  static const char *const rows[][2] = {
    { "see https://example.com/a?b=c#d now", "https://example.com/a?b=c#d" },
    { "HTTP://EXAMPLE.COM", "HTTP://EXAMPLE.COM" },
    { "hxxps://example.it", "hxxps://example.it" },
    { "example.com", "example.com" },
    { "(example.com)", "example.com" },
    { "go to Example.Com!", "Example.Com" },
    { "www.example.it", "www.example.it" },
    { "a.b.example.de:8080/x", "a.b.example.de:8080/x" },
    { "example.it/abc", "example.it/abc" },
    { "bit.ly/3abc", "bit.ly/3abc" },
    { "t.me/group", "t.me/group" },
    { "discord.gg/abc", "discord.gg/abc" },
    { "youtu.be/x", "youtu.be/x" },
    { "203.0.113.7", "203.0.113.7" },
    { "203.0.113.7:25565", "203.0.113.7:25565" },
    { "1.2.3.4/x", "1.2.3.4/x" },
    { "http://[2001:db8::1]/x", "http://" },
    { "example dot com", "example dot com" },
    { "example (dot) com", "example (dot) com" },
    { "example[.]com", "example[.]com" },
    { "example punkt de", "example punkt de" },
    { "example . com", "example . com" },
    { "example .com", "example .com" },
    { "ex\u0430mple.com", "ex\u0430mple.com" },
    { "example\u3002com", "example\u3002com" },
    { "\u24d4\u24e7\u24d0\u24dc.\u24d2\u24de\u24dc",
      "\u24d4\u24e7\u24d0\u24dc.\u24d2\u24de\u24dc" },
    { "exa\u200bmple.c\u200bom", "exa\u200bmple.c\u200bom" },
    { "xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai" },
    { "someone@example.com", "example.com" },
    /* not what is allowed, though it looks like it */
    { "ex\u0430mple.org", "ex\u0430mple.org" },
    { "notexample.org", "notexample.org" },
    { "example.org.evil.com", "example.org.evil.com" },
    { "example.net", "example.net" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = find (rows[i][0]);
    g_test_message ("%s", rows[i][0]);
    g_assert_cmpstr (text, ==, rows[i][1]);
  }
}

static void
test_harmless (void)
{
  static const char *const lines[] = {
    "",
    ".",
    "...",
    "hello.",
    "That was great.It is late",
    "really.so it is",
    "main.rs, lib.py and README.md?",
    "v1.2.3.4",
    "1.2.3.4",
    "at 12.30 on 24.12.2026",
    "3.5.1",
    "e.g. this, z.B. das",
    "i use .net",
    "the dot com bubble",
    "connect the dots",
    "Punkt. Aus. Schluss.",
    "example.org",
    "see https://www.example.org/a/b",
    "wiki.example.net/x",
    "ok.no",
    "127.0.0",
    "u.s.a.",
    "wait..what",
    "a:b/c",
    "and/or",
  };
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *text = find (lines[i]);
    g_test_message ("%s", lines[i]);
    g_assert_cmpstr (text, ==, NULL);
  }
}

static void
test_hosts (void)
{
  static const char *const hosts[] = { "example.org", "a-b.example.co.uk", "xn--p1ai.de" };
  static const char *const others[] = {
    "", "org", ".org", "Example.org", "https://a.org", "a..b", "a.b/c", "a.example.", "\u00e4.org"
  };
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    g_assert_true (sc_links_is_host (hosts[i]));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (sc_links_is_host (others[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moderation/links/found", test_found);
  g_test_add_func ("/moderation/links/harmless", test_harmless);
  g_test_add_func ("/moderation/links/hosts", test_hosts);
  return g_test_run ();
}
