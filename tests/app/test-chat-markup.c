/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A line of chat as markup, and what in it is a link. */

#include "config.h"

#include "sc-chat-links.h"
#include "sc-chat-markup.h"

#include <gtk/gtk.h>

static void
test_links (void)
{
  static const struct {
    const char *text;
    const char *links; /* with a space behind each */
  } cases[] = {
    { "nothing", "" },
    { "see https://a.org/b?c=d#e.", "https://a.org/b?c=d#e " },
    { "http://a.org, https://b.org!", "http://a.org https://b.org " },
    { "(https://a.org/x_(y))", "https://a.org/x_(y) " },
    { "HTTPS://A.ORG/", "HTTPS://A.ORG/ " },
    { "“https://bücher.example”…", "https://bücher.example " },
    { "ftp://a.org file:///etc/passwd javascript://a.org/%0Aalert(1)", "" },
    { "https://good.org@evil.org/", "" },
    { "xhttps://a.org", "" },
    { "https:// https://?", "" },
    { "://", "" },
    { "<https://a.org>", "https://a.org " },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) found = g_string_new (NULL);
    g_autoptr (GArray) links = sc_chat_links_find (cases[i].text);
    for (guint j = 0; j < links->len; j++) {
      const ScChatPlace *place = &g_array_index (links, ScChatPlace, j);
      g_string_append_len (found, cases[i].text + place->start, place->end - place->start);
      g_string_append_c (found, ' ');
    }
    g_assert_cmpstr (found->str, ==, cases[i].links);
  }
}

/* Where a link leads is said as the network reads it. */
static void
test_link_words (void)
{
  g_autofree char *words = sc_chat_link_words ("https://аpple.com/x");
  g_assert_cmpstr (words, ==, "Opens xn--pple-43d.com: https://аpple.com/x");
  g_assert_null (sc_chat_link_words ("mailto:a@b.org"));
}

static void
assert_markup (const ScChatMarkup *line, const char *text, const char *part)
{
  g_autofree char *markup = sc_chat_markup (line);
  g_assert_nonnull (strstr (markup, part));
  GtkLabel *label = GTK_LABEL (g_object_ref_sink (gtk_label_new (NULL)));
  gtk_label_set_markup (label, markup);
  g_assert_cmpstr (gtk_label_get_text (label), ==, text);
  g_object_unref (label);
}

/* Whatever is said is shown as it is. */
static void
test_markup (void)
{
  const ScChatMarkup plain = {
    .time = "12:04",
    .name = "<ada>",
    .colour = "#a8123f",
    .text = "a < b & https://a.org/?x=1&y=\"2",
  };
  assert_markup (&plain,
                 "12:04\u00a0\u2009<ada> a < b & https://a.org/?x=1&y=\"2",
                 "foreground=\"#a8123f\">&lt;ada&gt;<");
  const ScChatMarkup deleted = {
    .time = "12:04",
    .name = "bob",
    .text = "Message deleted",
    .deleted = TRUE,
  };
  assert_markup (&deleted, "12:04\u00a0\u2009bob Message deleted", "italic");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add_func ("/chat-markup/links", test_links);
  g_test_add_func ("/chat-markup/link-words", test_link_words);
  g_test_add_func ("/chat-markup/markup", test_markup);
  return g_test_run ();
}
