/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The code of a function as AWS Lambda takes it: a zip, unpacked with the modes that it gives.
 *
 * Reads what src/lambda/bundle.py writes, and no more of PKWARE's APPNOTE.TXT: one disk, no comment
 * at the end, entries stored or deflated. Blocks; called before the main loop runs. */

#include "config.h"

#include "sc-code-package.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16: what each record begins with, and its fixed length. */
#define LOCAL_HEADER 0x04034b50
#define LOCAL_LENGTH 30
#define ENTRY_HEADER 0x02014b50
#define ENTRY_LENGTH 46
#define END_HEADER 0x06054b50
#define END_LENGTH 22

/* 4.4.5: the two ways of packing that everybody has. */
#define METHOD_STORED 0
#define METHOD_DEFLATED 8

/* AWS Lambda's bound on unpacked code, 250 MB ("Lambda quotas"). */
#define UNPACKED_MAX (250u * 1000 * 1000)

G_DEFINE_QUARK (sc-code-package-error-quark, sc_code_package_error)

typedef struct {
  const guint8 *data;
  gsize size;
} Zip;

typedef struct {
  char *name;
  guint mode;
  guint method;
  gsize unpacked;
  const guint8 *packed;
  gsize packed_size;
} Entry;

static guint
read_16 (const guint8 *at)
{
  return at[0] | at[1] << 8;
}

static guint32
read_32 (const guint8 *at)
{
  return read_16 (at) | (guint32) read_16 (at + 2) << 16;
}

static gboolean
fail (ScCodePackageError code, const char *why, GError **error)
{
  g_set_error_literal (error, SC_CODE_PACKAGE_ERROR, (int) code, why);
  return FALSE;
}

/* Returns the record at an offset if it is there as a whole and of its kind. */
static const guint8 *
find_record (const Zip *zip, gsize offset, guint32 header, gsize length)
{
  if (offset > zip->size || zip->size - offset < length || read_32 (zip->data + offset) != header)
    return NULL;
  return zip->data + offset;
}

/* A name stays inside the folder that it is unpacked to. */
static gboolean
is_sound_name (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);
  return name[0] && name[0] != '/' && g_utf8_validate (name, -1, NULL) &&
         !g_strv_contains ((const char *const *) parts, "..");
}

/* Reads the entry at an offset of the central directory, and moves the offset behind it. */
static gboolean
read_entry (const Zip *zip, gsize *offset, Entry *entry, GError **error)
{
  const guint8 *record = find_record (zip, *offset, ENTRY_HEADER, ENTRY_LENGTH);
  gsize name_length = record ? read_16 (record + 28) : 0;
  if (!record || zip->size - *offset - ENTRY_LENGTH < name_length)
    return fail (SC_CODE_PACKAGE_ERROR_DAMAGED, "the zip's directory is damaged", error);
  *offset += ENTRY_LENGTH + name_length + read_16 (record + 30) + read_16 (record + 32);
  entry->method = read_16 (record + 10);
  entry->packed_size = read_32 (record + 20);
  entry->unpacked = read_32 (record + 24);
  entry->mode = read_32 (record + 38) >> 16 & 0777;
  entry->name = g_strndup ((const char *) record + ENTRY_LENGTH, name_length);

  gsize start = read_32 (record + 42);
  const guint8 *local = find_record (zip, start, LOCAL_HEADER, LOCAL_LENGTH);
  gsize data = local ? start + LOCAL_LENGTH + read_16 (local + 26) + read_16 (local + 28) : 0;
  if (!local || data > zip->size || zip->size - data < entry->packed_size ||
      !is_sound_name (entry->name))
    return fail (SC_CODE_PACKAGE_ERROR_DAMAGED, "an entry of the zip is damaged", error);
  entry->packed = zip->data + data;
  return TRUE;
}

static GInputStream *
open_entry (const Entry *entry, GError **error)
{
  GInputStream *stored =
    g_memory_input_stream_new_from_data (entry->packed, (gssize) entry->packed_size, NULL);
  if (entry->method == METHOD_STORED)
    return stored;
  g_autoptr (GInputStream) packed = stored;
  if (entry->method != METHOD_DEFLATED) {
    fail (SC_CODE_PACKAGE_ERROR_UNSUPPORTED, "the zip is packed in an uncommon way", error);
    return NULL;
  }
  g_autoptr (GZlibDecompressor) inflate = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW);
  return g_converter_input_stream_new (packed, G_CONVERTER (inflate));
}

static gboolean
unpack_entry (const Entry *entry, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, entry->name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GInputStream) input = open_entry (entry, error);
  if (!input)
    return FALSE;
  g_mkdir_with_parents (parent, 0755);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) output = g_file_create (file, G_FILE_CREATE_NONE, NULL, error);
  if (!output)
    return FALSE;
  gssize size = g_output_stream_splice (G_OUTPUT_STREAM (output),
                                        input,
                                        G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                        NULL,
                                        error);
  if (size < 0)
    return FALSE;
  if ((gsize) size != entry->unpacked)
    return fail (SC_CODE_PACKAGE_ERROR_DAMAGED, "an entry of the zip has another length", error);
  g_chmod (path, (int) entry->mode);
  return TRUE;
}

static gboolean
unpack_entries (const Zip *zip, const char *folder, GError **error)
{
  const guint8 *end = zip->size < END_LENGTH
                        ? NULL
                        : find_record (zip, zip->size - END_LENGTH, END_HEADER, END_LENGTH);
  if (!end)
    return fail (SC_CODE_PACKAGE_ERROR_DAMAGED, "the file does not end as a zip does", error);
  gsize offset = read_32 (end + 16), left = UNPACKED_MAX;
  for (guint count = read_16 (end + 10); count > 0; count--) {
    Entry entry = { 0 };
    gboolean unpacked = read_entry (zip, &offset, &entry, error);
    if (unpacked && entry.unpacked > left)
      unpacked = fail (SC_CODE_PACKAGE_ERROR_DAMAGED, "the zip has more than 250 MB", error);
    unpacked = unpacked && unpack_entry (&entry, folder, error);
    left -= unpacked ? entry.unpacked : 0;
    g_free (entry.name);
    if (!unpacked)
      return FALSE;
  }
  return TRUE;
}

/* Unpacks aside and renames: what a kill leaves is never taken for the whole. */
static gboolean
unpack_into (const Zip *zip, const char *folder, GError **error)
{
  g_autofree char *aside = g_strconcat (folder, ".XXXXXX", NULL);
  if (g_mkdtemp_full (aside, 0755) && unpack_entries (zip, aside, error))
    if (g_rename (aside, folder) == 0 || g_file_test (folder, G_FILE_TEST_IS_DIR))
      return TRUE;
  if (error && !*error)
    g_set_error (error,
                 G_IO_ERROR,
                 g_io_error_from_errno (errno),
                 "%s cannot be written: %s",
                 folder,
                 g_strerror (errno));
  return FALSE;
}

/**
 * sc_code_package_unpack:
 * @zip: a function's code
 * @directory: where code is unpacked, each zip to a folder named after its bytes; made if need be
 * @error: an error of %SC_CODE_PACKAGE_ERROR, %G_FILE_ERROR or %G_IO_ERROR
 *
 * Unpacks a zip unless the same was unpacked there before.
 *
 * Returns: (transfer full) (nullable): the folder, which has `bootstrap`
 */
char *
sc_code_package_unpack (const char *zip, const char *directory, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (zip, FALSE, error);
  if (!file)
    return NULL;
  g_autoptr (GBytes) bytes = g_mapped_file_get_bytes (file);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *folder = g_build_filename (directory, sum, NULL);
  Zip view = { g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) };
  g_mkdir_with_parents (directory, 0700);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR) && !unpack_into (&view, folder, error)) {
    g_prefix_error (error, "%s: ", zip);
    return NULL;
  }
  return g_steal_pointer (&folder);
}
