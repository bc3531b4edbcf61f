/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What Amazon S3 does with many objects of a bucket: ListObjectsV2, whose only page has the first
 * keys, and DeleteObjects. Files whose names begin with a dot are none. Main thread. */

#include "config.h"

#include "sc-object-list.h"

#include <glib/gstdio.h>
#include <string.h>

/* "ListObjectsV2" and "DeleteObjects" (Amazon S3 API Reference). */
#define KEYS_MAX 1000

/* Recordings have eleven parts. */
#define DEPTH_MAX 32

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Collects the keys of the files in a folder and those below it. */
static void
collect (const char *directory, const char *folder, GPtrArray *keys, guint depth)
{
  g_autofree char *path = g_build_filename (directory, folder, NULL);
  g_autoptr (GDir) entries = depth < DEPTH_MAX ? g_dir_open (path, 0, NULL) : NULL;
  const char *name = NULL;
  while (entries && (name = g_dir_read_name (entries))) {
    g_autofree char *key = *folder ? g_strconcat (folder, "/", name, NULL) : g_strdup (name);
    g_autofree char *file = g_build_filename (directory, key, NULL);
    if (name[0] == '.')
      continue;
    if (g_file_test (file, G_FILE_TEST_IS_DIR))
      collect (directory, key, keys, depth + 1);
    else
      g_ptr_array_add (keys, g_steal_pointer (&key));
  }
}

/* A prefix with a part that no object has leads nowhere, and not out of the bucket. */
static char *
dup_folder (const char *prefix)
{
  const char *slash = strrchr (prefix, '/');
  g_autofree char *folder = slash ? g_strndup (prefix, (gsize) (slash - prefix)) : g_strdup ("");
  g_auto (GStrv) parts = g_strsplit (folder, "/", -1);
  for (guint i = 0; *folder && parts[i]; i++) {
    if (parts[i][0] == '\0' || parts[i][0] == '.')
      return NULL;
  }
  return g_steal_pointer (&folder);
}

static GPtrArray *
list_keys (const char *directory, const char *prefix)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = dup_folder (prefix);
  if (folder)
    collect (directory, folder, found, 0);
  g_ptr_array_sort (found, compare_keys);
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < found->len; i++) {
    if (g_str_has_prefix (found->pdata[i], prefix))
      g_ptr_array_add (keys, g_strdup (found->pdata[i]));
  }
  return keys;
}

static guint
read_max (GHashTable *query)
{
  const char *text = query ? g_hash_table_lookup (query, "max-keys") : NULL;
  guint64 max = KEYS_MAX;
  return text && g_ascii_string_to_unsigned (text, 10, 0, KEYS_MAX, &max, NULL) ? (guint) max
                                                                                : KEYS_MAX;
}

/**
 * sc_object_list_to_xml:
 * @directory: the bucket's folder
 * @bucket: its name
 * @query: (nullable): the query of the request: "prefix" and "max-keys"
 *
 * Returns: (transfer full): the answer to ListObjectsV2
 */
char *
sc_object_list_to_xml (const char *directory, const char *bucket, GHashTable *query)
{
  const char *prefix = query ? g_hash_table_lookup (query, "prefix") : NULL;
  g_autoptr (GPtrArray) keys = list_keys (directory, prefix ? prefix : "");
  guint count = MIN (keys->len, read_max (query));
  g_autofree char *head =
    g_markup_printf_escaped ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult"
                             " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>%s</Name>"
                             "<Prefix>%s</Prefix><KeyCount>%u</KeyCount><IsTruncated>%s"
                             "</IsTruncated>",
                             bucket,
                             prefix ? prefix : "",
                             count,
                             count < keys->len ? "true" : "false");
  GString *xml = g_string_new (head);
  for (guint i = 0; i < count; i++) {
    g_autofree char *key = g_markup_escape_text (keys->pdata[i], -1);
    g_string_append_printf (xml, "<Contents><Key>%s</Key></Contents>", key);
  }
  g_string_append (xml, "</ListBucketResult>");
  return g_string_free_and_steal (xml);
}

static void
on_text (GMarkupParseContext *context,
         const char *text,
         gsize size,
         gpointer user_data,
         GError **error)
{
  GPtrArray *keys = user_data;
  const GSList *stack = g_markup_parse_context_get_element_stack (context);
  gboolean is_key =
    stack->next && g_str_equal (stack->data, "Key") && g_str_equal (stack->next->data, "Object");
  if (is_key && keys->len < KEYS_MAX)
    g_ptr_array_add (keys, g_strndup (text, size));
}

/* A folder that has nothing any more is none to Amazon S3. */
static void
remove_object (const char *directory, const char *key)
{
  g_autofree char *folder = dup_folder (key);
  g_autofree char *file = folder ? g_build_filename (directory, key, NULL) : NULL;
  if (!file || g_unlink (file) != 0)
    return;
  while (*folder) {
    g_autofree char *path = g_build_filename (directory, folder, NULL);
    if (g_rmdir (path) != 0)
      break;
    char *slash = strrchr (folder, '/');
    *(slash ? slash : folder) = '\0';
  }
}

/**
 * sc_object_list_delete:
 * @directory: the bucket's folder
 * @order: what a stranger sent to DeleteObjects
 *
 * Removes objects.
 *
 * Returns: (transfer full) (nullable): the answer of the quiet mode; %NULL if @order is no XML
 */
char *
sc_object_list_delete (const char *directory, GBytes *order)
{
  static const GMarkupParser parser = { .text = on_text };
  gsize size = 0;
  const char *text = g_bytes_get_data (order, &size);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GMarkupParseContext) context =
    g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, keys, NULL);
  if (size == 0 || !g_markup_parse_context_parse (context, text, (gssize) size, NULL) ||
      !g_markup_parse_context_end_parse (context, NULL))
    return NULL;
  for (guint i = 0; i < keys->len; i++)
    remove_object (directory, keys->pdata[i]);
  return g_strdup ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DeleteResult"
                   " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>");
}
