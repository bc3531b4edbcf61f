/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What pages show, as tables: value in, words out. */

#include "config.h"

#include "sc-closures.h"
#include "sc-live-words.h"

#include <gtk/gtk.h>
#include <string.h>

typedef char *(*Problem) (const char *typed, gboolean finished);

static char *
title_problem (const char *typed, gboolean finished)
{
  return sc_title_problem (typed);
}

static const struct {
  const char *what;
  Problem problem;
  const char *typed;
  const char *typing;
  const char *finished;
} problems[] = {
  { "name-empty", sc_name_problem, "", NULL, "Choose a name." },
  { "name-none", sc_name_problem, NULL, NULL, "Choose a name." },
  { "name-short", sc_name_problem, "ab", NULL, "A name has at least 3 characters." },
  { "name-good", sc_name_problem, "mia-1_x", NULL, NULL },
  { "name-space", sc_name_problem, "m m", "Only the letters", "Only the letters" },
  { "name-umlaut", sc_name_problem, "mïa", "Only the letters", "Only the letters" },
  { "name-start", sc_name_problem, "-mia", "A name begins", "A name begins" },
  { "name-long",
    sc_name_problem,
    "a23456789012345678901234567890123",
    "A name has at most 32",
    "A name has at most 32" },
  { "password-empty", sc_password_problem, "", NULL, "Choose a password." },
  { "password-short", sc_password_problem, "1234567", NULL, "A password has at least 8" },
  { "password-good", sc_password_problem, "12345678", NULL, NULL },
  { "title-empty", title_problem, "  ", "A title cannot be empty.", "A title cannot be empty." },
  { "title-line", title_problem, "a\nb", "A title is one line", "A title is one line" },
  { "title-good", title_problem, "Cats, naps & more <3", NULL, NULL },
  { "server-empty", sc_server_problem, "", NULL, "Enter an address" },
  { "server-http", sc_server_problem, "http://x.example", NULL, "Enter an address" },
  { "server-good", sc_server_problem, "x.example", NULL, NULL },
};

static void
assert_problem (char *problem, const char *expected)
{
  if (expected)
    g_assert_true (problem && g_str_has_prefix (problem, expected));
  else
    g_assert_null (problem);
  g_free (problem);
}

static void
test_problem (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  assert_problem (problems[i].problem (problems[i].typed, FALSE), problems[i].typing);
  assert_problem (problems[i].problem (problems[i].typed, TRUE), problems[i].finished);
}

static const struct {
  const char *typed;
  const char *address;
} addresses[] = {
  { "https://x.example", "https://x.example" },
  { "  x.example ", "https://x.example" },
  { "localhost:8443", "https://localhost:8443" },
  { "https://x.example/cat/", "https://x.example/cat/" },
  { "http://x.example", NULL },
  { "http://localhost.x.example", NULL },
  { "http://10.0.0.1", NULL },
  { "http://localhost:8080", "http://localhost:8080" },
  { "http://127.0.0.1:8080", "http://127.0.0.1:8080" },
  { "http://[::1]:8080", "http://[::1]:8080" },
  { "https://", NULL },
  { "https://user:pass@x.example", NULL },
  { "https://x.example/?a=b", NULL },
  { "ftp://x.example", NULL },
  { "two words", NULL },
  { NULL, NULL },
};

static void
test_addresses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autofree char *address = sc_server_address (addresses[i].typed);
    g_assert_cmpstr (address, ==, addresses[i].address);
  }
}

static const struct {
  const char *from_environment;
  const char *from_settings;
  const char *address;
} choices[] = {
  { NULL, "", NULL },
  { "", "https://x.example", "https://x.example" },
  { "https://y.example", "https://x.example", "https://y.example" },
  { "http://y.example", "https://x.example", NULL },
  { NULL, "http://x.example", NULL },
  { "http://127.0.0.1:80", NULL, "http://127.0.0.1:80" },
};

/* Nobody's word makes passwords go out in clear: not the environment's, not the settings'. */
static void
test_choices (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    g_autofree char *address =
      sc_server_choose (choices[i].from_environment, choices[i].from_settings);
    g_assert_cmpstr (address, ==, choices[i].address);
  }
}

static const struct {
  guint width;
  guint height;
  double frame_rate;
  const char *words;
} pictures[] = {
  { 1280, 720, 30, "1280×720, 30 fps" },
  { 1920, 1080, 59.94, "1920×1080, 59.94 fps" },
  { 1920, 1080, 29.999, "1920×1080, 30 fps" },
  { 640, 360, 0, "640×360" },
  { 0, 0, 30, "" },
};

static void
test_pictures (void)
{
  g_autofree char *none = sc_picture_words (NULL);
  g_assert_cmpstr (none, ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++) {
    g_autoptr (ScStream) stream = sc_stream_new ("st-1");
    stream->width = pictures[i].width;
    stream->height = pictures[i].height;
    stream->frame_rate = pictures[i].frame_rate;
    g_autofree char *words = sc_picture_words (stream);
    g_assert_cmpstr (words, ==, pictures[i].words);
  }
}

static void
assert_status (ScChannel *channel, const char *title, const char *words)
{
  g_autofree char *title_is = sc_status_title (channel);
  g_autofree char *words_are = sc_status_words (channel, -1);
  g_assert_cmpstr (title_is, ==, title);
  g_assert_true (g_str_has_prefix (words_are, words));
  g_assert_nonnull (sc_status_icon (channel));
}

static void
test_status (void)
{
  g_autoptr (ScChannel) channel = sc_channel_new ("mia", "Cats");
  assert_status (NULL, "Preparing Your Channel", "This usually");
  assert_status (channel, "Preparing Your Channel", "This usually");
  sc_channel_set_state (channel, SC_CHANNEL_FAILED, "quota");
  assert_status (channel, "Your Channel Is Not Ready", "The server has no room");
  sc_channel_set_state (channel, SC_CHANNEL_FAILED, "made-up");
  assert_status (channel, "Your Channel Is Not Ready", "The video service could not");
  sc_channel_set_state (channel, SC_CHANNEL_READY, NULL);
  assert_status (channel, "Ready to Go Live", "Start streaming");

  g_autoptr (ScStream) stream = sc_stream_new ("st-1");
  stream->started_at = 1;
  sc_channel_set_stream (channel, stream);
  assert_status (channel, "You Are Live", "We see your stream.");
  stream->width = 1280;
  stream->height = 720;
  stream->frame_rate = 30;
  sc_channel_set_stream (channel, stream);
  assert_status (channel, "You Are Live", "We see your stream: 1280×720, 30 fps");
  g_autofree char *measured = sc_status_words (channel, 4100000);
  g_assert_cmpstr (measured, ==, "We see your stream: 1280×720, 30 fps, 4.1 Mb/s");
}

/* In text from right to left, the width of a picture stays before its height. */
static void
test_size (void)
{
  g_autofree char *plain = sc_size_words (1280, 720);
  g_assert_cmpstr (plain, ==, "1280×720");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  g_autofree char *isolated = sc_size_words (1280, 720);
  g_assert_cmpstr (isolated, ==, "\u20661280×720\u2069");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++) {
    g_autofree char *name = g_strconcat ("/closures/problem/", problems[i].what, NULL);
    g_test_add_data_func (name, GUINT_TO_POINTER (i), test_problem);
  }
  g_test_add_func ("/closures/addresses", test_addresses);
  g_test_add_func ("/closures/choices", test_choices);
  g_test_add_func ("/closures/pictures", test_pictures);
  g_test_add_func ("/closures/status", test_status);
  g_test_add_func ("/closures/size", test_size);
  return g_test_run ();
}
