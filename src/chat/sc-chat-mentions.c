/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whom a line addresses by "@name", and which names one may want to type. Names have the characters
 * of sc_validate_name(), and their case does not count. No function here waits for anything; each
 * instance belongs to one thread. */

#include "config.h"

#include "sc-chat-mentions.h"

#include "sc-validate.h"

#include <string.h>

struct _ScChatNames {
  GQueue names;          /* of char *, who spoke last first */
  GHashTable *by_folded; /* its links, by the name in small letters */
};

static gboolean
is_name_character (char character)
{
  return g_ascii_isalnum (character) || character == '-' || character == '_';
}

/* An "@" inside a word is an address of mail, and not somebody who is spoken to. */
static gboolean
begins_word (const char *text, const char *at)
{
  if (at == text)
    return TRUE;
  gunichar before = g_utf8_get_char (g_utf8_prev_char (at));
  return !g_unichar_isalnum (before) && before != '@' && before != '_';
}

static gboolean
read_mention (const char *text, const char *at, ScChatMention *ret_mention)
{
  const char *end = at + 1;
  while (is_name_character (*end))
    end++;
  gsize length = (gsize) (end - at) - 1;
  if (length < SC_NAME_MIN || length > SC_NAME_MAX || !g_ascii_isalnum (at[1]) ||
      !begins_word (text, at))
    return FALSE;
  *ret_mention = (ScChatMention) { (guint) (at - text), (guint) (end - text) };
  return TRUE;
}

/**
 * sc_chat_mentions_find:
 * @text: what somebody said, valid UTF-8
 *
 * Returns: (transfer full) (element-type ScChatMention): where people are addressed, in order
 */
GArray *
sc_chat_mentions_find (const char *text)
{
  GArray *mentions = g_array_new (FALSE, FALSE, sizeof (ScChatMention));
  for (const char *at = strchr (text, '@'); at; at = strchr (at + 1, '@')) {
    ScChatMention mention;
    if (read_mention (text, at, &mention))
      g_array_append_val (mentions, mention);
  }
  return mentions;
}

/**
 * sc_chat_mentions_include:
 * @text: what somebody said, valid UTF-8
 * @name: (nullable): somebody's name
 *
 * Returns: whether they are addressed
 */
gboolean
sc_chat_mentions_include (const char *text, const char *name)
{
  gsize length = name ? strlen (name) : 0;
  if (length == 0)
    return FALSE;
  for (const char *at = strchr (text, '@'); at; at = strchr (at + 1, '@')) {
    ScChatMention mention;
    if (read_mention (text, at, &mention) && mention.end - mention.start == length + 1 &&
        g_ascii_strncasecmp (at + 1, name, length) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * sc_chat_names_new:
 *
 * Returns: (transfer full): no names
 */
ScChatNames *
sc_chat_names_new (void)
{
  ScChatNames *self = g_new0 (ScChatNames, 1);
  self->by_folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * sc_chat_names_free:
 * @self: (nullable) (transfer full): names
 */
void
sc_chat_names_free (ScChatNames *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->by_folded);
  g_queue_clear_full (&self->names, g_free);
  g_free (self);
}

static void
forget_last (ScChatNames *self)
{
  g_autofree char *name = g_queue_pop_tail (&self->names);
  g_autofree char *folded = g_ascii_strdown (name, -1);
  g_hash_table_remove (self->by_folded, folded);
}

/**
 * sc_chat_names_note:
 * @self: names
 * @name: (nullable): who spoke just now; what nobody could type is left out
 */
void
sc_chat_names_note (ScChatNames *self, const char *name)
{
  if (sc_validate_name (name) != SC_VALID)
    return;
  g_autofree char *folded = g_ascii_strdown (name, -1);
  GList *link = g_hash_table_lookup (self->by_folded, folded);
  if (link) {
    g_queue_unlink (&self->names, link);
    g_queue_push_head_link (&self->names, link);
    return;
  }
  g_queue_push_head (&self->names, g_strdup (name));
  g_hash_table_insert (self->by_folded, g_steal_pointer (&folded), self->names.head);
  if (self->names.length > SC_CHAT_NAMES_MAX)
    forget_last (self);
}

/**
 * sc_chat_names_complete:
 * @self: names
 * @prefix: how a name begins, in any case, with or without its "@"
 * @max: how many at most
 *
 * Returns: (transfer full): names that begin so, who spoke last first
 */
char **
sc_chat_names_complete (ScChatNames *self, const char *prefix, guint max)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  if (*prefix == '@')
    prefix++;
  gsize length = strlen (prefix);
  guint n = 0;
  for (GList *at = self->names.head; at && n < max; at = at->next)
    if (g_ascii_strncasecmp (at->data, prefix, length) == 0) {
      g_strv_builder_add (found, at->data);
      n++;
    }
  return g_strv_builder_end (found);
}
