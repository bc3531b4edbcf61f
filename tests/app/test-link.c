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
    "streamcat://streamcat.example/recording",
    "streamcat://streamcat.example/recording/",
    "streamcat://streamcat.example/recording/a/b",
    "streamcat://streamcat.example/recording/a%2fb",
    "streamcat://streamcat.example/recording/a.b?t=1",
    "streamcat://streamcat.example/recording/ab#1",
    "streamcat://streamcat.example/recording/ab?t=%00",
    "streamcat://streamcat.example/recording/ab?%zz",
    "streamcat://streamcat.example/channel/ada?stop=1",
    "streamcat://streamcat.example/channel/ada#chat",
    "streamcat://ada:secret@streamcat.example/channel/ada",
    "streamcat://streamcat.example:99999/channel/ada",
  };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (ScLink) link = sc_link_parse (wrong[i]);
    if (link)
      g_error ("%s leads to %s%s on %s",
               wrong[i],
               link->channel ? link->channel : "",
               link->recording ? link->recording : "",
               link->host);
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

/* What is no moment leads to the recording all the same. */
static void
test_moments (void)
{
  static const struct {
    const char *query;
    gint64 seconds;
  } links[] = {
    { "", -1 },
    { "?t=0", 0 },
    { "?t=90", 90 },
    { "?t=90s", 90 },
    { "?t=1m30s", 90 },
    { "?t=1:30", 90 },
    { "?t=1:02:03", 3723 },
    { "?t=1h3s", 3603 },
    { "?a=b&t=5", 5 },
    { "?t=172800", 172800 },
    { "?t=172801", -1 },
    { "?t=", -1 },
    { "?t=-5", -1 },
    { "?t=1.5", -1 },
    { "?t=s", -1 },
    { "?t=1s1m", -1 },
    { "?t=1s1s", -1 },
    { "?t=1:60", -1 },
    { "?t=1:2:3:4", -1 },
    { "?t=1:", -1 },
    { "?t=1m30", -1 },
    { "?t=99999999999999999999", -1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (links); i++) {
    g_autofree char *uri = g_strconcat ("streamcat://streamcat.example/recording/a6RfV23ES97iyfoQ",
                                        links[i].query,
                                        NULL);
    g_autoptr (ScLink) link = sc_link_parse (uri);
    g_test_message ("%s", uri);
    g_assert_nonnull (link);
    g_assert_null (link->channel);
    g_assert_cmpstr (link->recording, ==, "a6RfV23ES97iyfoQ");
    gint64 moment = links[i].seconds < 0 ? SC_LINK_NO_MOMENT : links[i].seconds * G_USEC_PER_SEC;
    g_assert_cmpint (link->moment, ==, moment);
  }
}

static void
test_recording_comes_back (void)
{
  g_autofree char *link =
    sc_link_dup_for_recording ("https://StreamCat.example/", "ab", 90 * G_USEC_PER_SEC + 7);
  g_autofree char *whole = sc_link_dup_for_recording ("http://[::1]:8080", "ab", SC_LINK_NO_MOMENT);
  g_assert_cmpstr (link, ==, "streamcat://streamcat.example/recording/ab?t=90");
  g_assert_cmpstr (whole, ==, "streamcat://[::1]:8080/recording/ab");
  g_assert_null (sc_link_dup_for_recording ("no address", "ab", 0));
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
  g_test_add_func ("/link/moments", test_moments);
  g_test_add_func ("/link/recording-comes-back", test_recording_comes_back);
  return g_test_run ();
}
