/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Links to channels: which lead somewhere, and that ours are read as they are written. */

#include "config.h"

#include "sc-link.h"

#include <string.h>

static void
assert_leads (const char *uri, const char *host, const char *channel)
{
  g_autoptr (ScLink) link = sc_link_parse (uri);
  g_assert_nonnull (link);
  g_assert_cmpstr (link->host, ==, host);
  g_assert_cmpstr (link->channel, ==, channel);
}

static void
test_leads (void)
{
  assert_leads ("streamcat://streamcat.example/channel/ada", "streamcat.example", "ada");
  assert_leads ("STREAMCAT://StreamCat.Example/channel/ada", "streamcat.example", "ada");
  assert_leads ("streamcat://localhost:8080/channel/grace_7", "localhost:8080", "grace_7");
  assert_leads ("streamcat://[::1]:8080/channel/ada", "[::1]:8080", "ada");
}

static void
test_leads_nowhere (void)
{
  static const char *const wrong[] = {
    "",
    "ada",
    "https://streamcat.example/channel/ada",
    "streamcat:channel/ada",
    "streamcat:///channel/ada",
    "streamcat://streamcat.example",
    "streamcat://streamcat.example/",
    "streamcat://streamcat.example/channel",
    "streamcat://streamcat.example/channel/",
    "streamcat://streamcat.example/channel/a",
    "streamcat://streamcat.example/channel/ada/",
    "streamcat://streamcat.example/channel/ada/key",
    "streamcat://streamcat.example/channel/../ada",
    "streamcat://streamcat.example/channel/%2e%2e",
    "streamcat://streamcat.example/channel/ada%00",
    "streamcat://streamcat.example/channel/ada%0a",
    "streamcat://streamcat.example/Channel/ada",
    "streamcat://streamcat.example/recording/ada",
    "streamcat://streamcat.example/channel/ada?stop=1",
    "streamcat://streamcat.example/channel/ada#chat",
    "streamcat://ada:secret@streamcat.example/channel/ada",
    "streamcat://streamcat.example:99999/channel/ada",
  };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (ScLink) link = sc_link_parse (wrong[i]);
    if (link)
      g_error ("%s leads to %s on %s", wrong[i], link->channel, link->host);
  }
  g_autofree char *pad = g_strnfill (SC_LINK_MAX, 'a');
  g_autofree char *longest = g_strconcat ("streamcat://", pad, "/channel/ada", NULL);
  g_assert_null (sc_link_parse (longest));
}

static void
assert_comes_back (const char *server, const char *uri)
{
  g_autofree char *link = sc_link_dup_for_channel (server, "ada");
  g_assert_cmpstr (link, ==, uri);
  g_autoptr (ScLink) parsed = sc_link_parse (link);
  g_assert_nonnull (parsed);
  g_assert_true (sc_link_is_of_server (parsed, server));
  g_assert_false (sc_link_is_of_server (parsed, "https://elsewhere.example"));
}

static void
test_comes_back (void)
{
  assert_comes_back ("https://streamcat.example", "streamcat://streamcat.example/channel/ada");
  assert_comes_back ("https://StreamCat.example/", "streamcat://streamcat.example/channel/ada");
  assert_comes_back ("http://127.0.0.1:8080", "streamcat://127.0.0.1:8080/channel/ada");
  assert_comes_back ("http://[::1]:8080", "streamcat://[::1]:8080/channel/ada");
  g_assert_null (sc_link_dup_for_channel ("no address", "ada"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link/leads", test_leads);
  g_test_add_func ("/link/leads-nowhere", test_leads_nowhere);
  g_test_add_func ("/link/comes-back", test_comes_back);
  return g_test_run ();
}
