/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A whole line of chat as one text: a view that lays out thousands of lines lays out one text for
 * each. Pure functions. */

#include "config.h"

#include "sc-chat-markup.h"

#include "sc-chat-links.h"
#include "sc-chat-mentions.h"

#include <string.h>

/* Between two parts of a line, where no row ends. */
#define GAP "\u00a0\u2009"

/* As wide as a badge. */
#define BADGE_ROOM "\u2003\u200a"

/* Of what is less important than the rest, as libadwaita dims. */
#define DIMMED "alpha=\"65%\""

static void
append_escaped (GString *markup, const char *text, gsize length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);
  g_string_append (markup, escaped);
}

static void
append_link (GString *markup, const char *text, gsize length)
{
  g_autofree char *link = g_strndup (text, length);
  g_autofree char *words = sc_chat_link_words (link);
  g_autofree char *escaped = g_markup_escape_text (link, -1);
  g_autofree char *title = g_markup_escape_text (words, -1);
  g_string_append_printf (markup, "<a href=\"%s\" title=\"%s\">%s</a>", escaped, title, escaped);
}

/* Text between links, in which people may be addressed. */
static void
append_words (GString *markup, const char *text, gsize length)
{
  g_autofree char *words = g_strndup (text, length);
  g_autoptr (GArray) mentions = sc_chat_mentions_find (words);
  guint done = 0;
  for (guint i = 0; i < mentions->len; i++) {
    const ScChatMention *mention = &g_array_index (mentions, ScChatMention, i);
    append_escaped (markup, words + done, mention->start - done);
    g_string_append (markup, "<b>");
    append_escaped (markup, words + mention->start, mention->end - mention->start);
    g_string_append (markup, "</b>");
    done = mention->end;
  }
  append_escaped (markup, words + done, length - done);
}

static void
append_text (GString *markup, const char *text)
{
  g_autoptr (GArray) links = sc_chat_links_find (text);
  guint done = 0;
  for (guint i = 0; i < links->len; i++) {
    const ScChatPlace *place = &g_array_index (links, ScChatPlace, i);
    append_words (markup, text + done, place->start - done);
    append_link (markup, text + place->start, place->end - place->start);
    done = place->end;
  }
  append_words (markup, text + done, strlen (text + done));
}

static void
append_name (GString *markup, const ScChatMarkup *line)
{
  g_string_append (markup, "<span weight=\"bold\"");
  if (line->colour)
    g_string_append_printf (markup, " foreground=\"%s\"", line->colour);
  g_string_append_c (markup, '>');
  append_escaped (markup, line->name, strlen (line->name));
  g_string_append (markup, "</span>");
}

/**
 * sc_chat_markup:
 * @line: a line
 *
 * Returns: (transfer full): the line as Pango markup
 */
char *
sc_chat_markup (const ScChatMarkup *line)
{
  GString *markup = g_string_sized_new (256);
  g_string_append (markup, "<span size=\"small\" " DIMMED ">");
  append_escaped (markup, line->time, strlen (line->time));
  g_string_append (markup, "</span>" GAP);
  if (line->badge)
    g_string_append (markup, BADGE_ROOM GAP);
  append_name (markup, line);
  g_string_append (markup, " ");
  if (line->dimmed || line->deleted)
    g_string_append (markup, "<span " DIMMED);
  if (line->deleted)
    g_string_append (markup, " style=\"italic\"");
  if (line->dimmed || line->deleted)
    g_string_append_c (markup, '>');
  append_text (markup, line->text);
  if (line->dimmed || line->deleted)
    g_string_append (markup, "</span>");
  return g_string_free_and_steal (markup);
}

/**
 * sc_chat_markup_get_badge_index:
 * @line: a line with a badge
 *
 * Returns: where in the text, without its markup, the room for the badge begins, bytes
 */
int
sc_chat_markup_get_badge_index (const ScChatMarkup *line)
{
  return (int) (strlen (line->time) + strlen (GAP));
}
