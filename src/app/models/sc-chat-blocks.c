/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whom a viewer does not want to read, in any chat. It is theirs alone: kept in the settings of the
 * app, key "chat-blocks", and no server knows of it. Main thread only. */

#include "config.h"

#include "sc-chat-blocks.h"

#define KEY "chat-blocks"

static void
block_free (gpointer data)
{
  ScChatBlock *block = data;
  g_free (block->user_id);
  g_free (block->name);
  g_free (block);
}

static void
take (GPtrArray *blocks, const char *user_id, const char *name)
{
  ScChatBlock *block = g_new0 (ScChatBlock, 1);
  block->user_id = g_strdup (user_id);
  block->name = g_strdup (name);
  g_ptr_array_add (blocks, block);
}

static gboolean
find (GPtrArray *blocks, const char *user_id, guint *ret_position)
{
  for (guint i = 0; i < blocks->len; i++) {
    const ScChatBlock *block = blocks->pdata[i];
    if (g_strcmp0 (block->user_id, user_id) == 0) {
      *ret_position = i;
      return TRUE;
    }
  }
  return FALSE;
}

static void
save (GSettings *settings, GPtrArray *blocks)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < blocks->len; i++) {
    const ScChatBlock *block = blocks->pdata[i];
    g_variant_builder_add (&builder, "(ss)", block->user_id, block->name);
  }
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}

/**
 * sc_chat_blocks_list:
 * @settings: the settings of the application
 *
 * Returns: (transfer full) (element-type ScChatBlock): who is blocked, the last first
 */
GPtrArray *
sc_chat_blocks_list (GSettings *settings)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func (block_free);
  g_autoptr (GVariant) value = g_settings_get_value (settings, KEY);
  GVariantIter iter;
  const char *user_id;
  const char *name;
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(&s&s)", &user_id, &name))
    take (blocks, user_id, name);
  return blocks;
}

/**
 * sc_chat_blocks_list_ids:
 * @settings: the settings of the application
 *
 * Returns: (transfer full): who is blocked
 */
char **
sc_chat_blocks_list_ids (GSettings *settings)
{
  g_autoptr (GPtrArray) blocks = sc_chat_blocks_list (settings);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  for (guint i = 0; i < blocks->len; i++)
    g_strv_builder_add (ids, ((const ScChatBlock *) blocks->pdata[i])->user_id);
  return g_strv_builder_end (ids);
}

/**
 * sc_chat_blocks_add:
 * @settings: the settings of the application
 * @user_id: a person
 * @name: (nullable): what they are called
 *
 * Blocks a person.
 */
void
sc_chat_blocks_add (GSettings *settings, const char *user_id, const char *name)
{
  g_autoptr (GPtrArray) blocks = sc_chat_blocks_list (settings);
  guint position;
  if (find (blocks, user_id, &position))
    return;
  take (blocks, user_id, name ? name : "");
  g_ptr_array_insert (blocks, 0, g_ptr_array_steal_index (blocks, blocks->len - 1));
  if (blocks->len > SC_CHAT_BLOCKS_MAX)
    g_ptr_array_set_size (blocks, SC_CHAT_BLOCKS_MAX);
  save (settings, blocks);
}

/**
 * sc_chat_blocks_find:
 * @settings: the settings of the application
 * @name: what somebody was called when they were blocked, in any case
 *
 * Returns: (transfer full) (nullable): who that is
 */
char *
sc_chat_blocks_find (GSettings *settings, const char *name)
{
  g_autoptr (GPtrArray) blocks = sc_chat_blocks_list (settings);
  for (guint i = 0; i < blocks->len; i++) {
    const ScChatBlock *block = blocks->pdata[i];
    if (g_ascii_strcasecmp (block->name, name) == 0)
      return g_strdup (block->user_id);
  }
  return NULL;
}

/**
 * sc_chat_blocks_remove:
 * @settings: the settings of the application
 * @user_id: a person
 *
 * Unblocks a person.
 */
void
sc_chat_blocks_remove (GSettings *settings, const char *user_id)
{
  g_autoptr (GPtrArray) blocks = sc_chat_blocks_list (settings);
  guint position;
  if (!find (blocks, user_id, &position))
    return;
  g_ptr_array_remove_index (blocks, position);
  save (settings, blocks);
}
