/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-chat-page.h"

#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-validate.h"

G_DEFINE_BOXED_TYPE (ScChatPage, sc_chat_page, sc_chat_page_copy, sc_chat_page_free)

static gpointer
copy_record (gconstpointer record, gpointer user_data)
{
  return sc_chat_record_copy (record);
}

/**
 * sc_chat_page_new:
 *
 * Returns: (transfer full): a page without lines
 */
ScChatPage *
sc_chat_page_new (void)
{
  ScChatPage *self = g_new0 (ScChatPage, 1);
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) sc_chat_record_free);
  return self;
}

/**
 * sc_chat_page_copy:
 * @self: (nullable): a page
 *
 * Returns: (transfer full) (nullable): a copy with copies of the lines
 */
ScChatPage *
sc_chat_page_copy (const ScChatPage *self)
{
  if (!self)
    return NULL;
  ScChatPage *copy = g_new0 (ScChatPage, 1);
  copy->records = g_ptr_array_copy (self->records, copy_record, NULL);
  copy->older = g_strdup (self->older);
  copy->newer = g_strdup (self->newer);
  return copy;
}

/**
 * sc_chat_page_free:
 * @self: (nullable) (transfer full): a page
 */
void
sc_chat_page_free (ScChatPage *self)
{
  if (!self)
    return;
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_free (self->older);
  g_free (self->newer);
  g_free (self);
}

/**
 * sc_chat_page_from_json:
 * @object: a page as our API writes it
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the page
 */
ScChatPage *
sc_chat_page_from_json (JsonObject *object, GError **error)
{
  JsonArray *lines = sc_json_get_array (object, "lines", error);
  if (!lines)
    return NULL;
  g_autoptr (ScChatPage) self = g_new0 (ScChatPage, 1);
  if (!(self->records = sc_chat_record_list_from_json (lines, SC_CHAT_REPLAY_MAX, error)) ||
      !sc_json_read_text (object, "older", SC_CURSOR_MAX, &self->older, error) ||
      !sc_json_read_text (object, "newer", SC_CURSOR_MAX, &self->newer, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sc_chat_page_to_json:
 * @self: a page
 *
 * Returns: (transfer full): the page as our API writes it
 */
JsonObject *
sc_chat_page_to_json (const ScChatPage *self)
{
  JsonObject *object = json_object_new ();
  json_object_set_array_member (object, "lines", sc_chat_record_list_to_json (self->records));
  sc_json_set_string (object, "older", self->older);
  sc_json_set_string (object, "newer", self->newer);
  return object;
}
