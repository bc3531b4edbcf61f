/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Amazon S3, many objects at once: ListObjectsV2 and DeleteObjects ("Amazon S3 API Reference"). */

#include "config.h"

#include "sc-s3-objects.h"

#include "sc-aws-private.h"
#include "sc-s3.h"

#include <string.h>

/* 250 keys of at most 1,024 bytes, each with its date, size and tag. */
#define ANSWER_MAX (512 * 1024)

typedef struct {
  GPtrArray *keys;
  char *code; /* of the first object that was refused */
} Reading;

static void
clear_reading (Reading *reading)
{
  g_clear_pointer (&reading->keys, g_ptr_array_unref);
  g_clear_pointer (&reading->code, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, clear_reading)

static gboolean
is_in (GMarkupParseContext *context, const char *name, const char *parent)
{
  const GSList *stack = g_markup_parse_context_get_element_stack (context);
  return stack && stack->next && g_str_equal (stack->data, name) &&
         g_str_equal (stack->next->data, parent);
}

static void
on_text (GMarkupParseContext *context,
         const char *text,
         gsize size,
         gpointer user_data,
         GError **error)
{
  Reading *reading = user_data;
  if (is_in (context, "Key", "Contents"))
    g_ptr_array_add (reading->keys, g_strndup (text, size));
  else if (is_in (context, "Code", "Error") && !reading->code)
    reading->code = g_strndup (text, size);
}

static gboolean
read_document (GBytes *document, Reading *reading, GError **error)
{
  static const GMarkupParser parser = { .text = on_text };
  gsize size = 0;
  const char *text = g_bytes_get_data (document, &size);
  g_autoptr (GMarkupParseContext) context =
    g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, reading, NULL);
  g_autoptr (GError) cause = NULL;
  if (size > 0 && g_markup_parse_context_parse (context, text, (gssize) size, &cause) &&
      g_markup_parse_context_end_parse (context, &cause))
    return TRUE;
  g_set_error (error,
               SC_AWS_ERROR,
               SC_AWS_ERROR_PROTOCOL,
               "Amazon S3 answers no XML: %s",
               cause ? cause->message : "nothing");
  return FALSE;
}

/**
 * sc_s3_keys_from_xml:
 * @document: an answer to ListObjectsV2
 * @error: %SC_AWS_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the keys of the page. Pure, any thread
 */
GPtrArray *
sc_s3_keys_from_xml (GBytes *document, GError **error)
{
  g_auto (Reading) reading = { .keys = g_ptr_array_new_with_free_func (g_free) };
  return read_document (document, &reading, error) ? g_steal_pointer (&reading.keys) : NULL;
}

/**
 * sc_s3_list_objects:
 * @aws: a client
 * @bucket: a bucket's name
 * @prefix: how the keys begin
 * @error: any %SC_AWS_ERROR; a bucket that is not there is %SC_AWS_ERROR_NOT_FOUND
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the first %SC_S3_PAGE_OBJECTS keys at
 *   most; none once there are none
 */
GPtrArray *
sc_s3_list_objects (ScAws *aws, const char *bucket, const char *prefix, GError **error)
{
  static const ScAwsOperation operation = { SC_AWS_S3, "ListObjectsV2", TRUE };
  g_autofree char *place = sc_s3_bucket_url (aws, &operation, bucket, error);
  if (!place)
    return NULL;
  g_autofree char *escaped = g_uri_escape_string (prefix, NULL, FALSE);
  g_autofree char *url =
    g_strdup_printf ("%s?list-type=2&max-keys=%u&prefix=%s", place, SC_S3_PAGE_OBJECTS, escaped);
  const ScAwsRequest request = { .method = "GET", .url = url, .max_answer_bytes = ANSWER_MAX };
  g_autoptr (GBytes) answer = sc_aws_send (aws, &operation, &request, error);
  return answer ? sc_s3_keys_from_xml (answer, error) : NULL;
}

static GBytes *
make_order (const GPtrArray *keys)
{
  GString *order = g_string_new ("<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                                 "<Quiet>true</Quiet>");
  for (guint i = 0; i < keys->len; i++) {
    g_autofree char *key = g_markup_escape_text (keys->pdata[i], -1);
    g_string_append_printf (order, "<Object><Key>%s</Key></Object>", key);
  }
  g_string_append (order, "</Delete>");
  return g_string_free_to_bytes (order);
}

/* Amazon S3 wants this header of all requests that delete many objects. */
static char *
make_md5 (GBytes *body)
{
  guint8 digest[16];
  gsize size = sizeof digest;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  g_checksum_update (checksum, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));
  g_checksum_get_digest (checksum, digest, &size);
  return g_base64_encode (digest, size);
}

/* Quiet, so that only what was refused is in the answer. */
static gboolean
read_refusals (GBytes *answer, GError **error)
{
  g_auto (Reading) reading = { .keys = g_ptr_array_new_with_free_func (g_free) };
  if (!read_document (answer, &reading, error))
    return FALSE;
  if (!reading.code)
    return TRUE;
  gboolean passes =
    g_str_equal (reading.code, "InternalError") || g_str_equal (reading.code, "SlowDown");
  g_set_error (error,
               SC_AWS_ERROR,
               passes ? SC_AWS_ERROR_SERVER : SC_AWS_ERROR_DENIED,
               "DeleteObjects: %s",
               reading.code);
  return FALSE;
}

/**
 * sc_s3_delete_objects:
 * @aws: a client
 * @bucket: a bucket's name
 * @keys: (element-type utf8): at most %SC_S3_PAGE_OBJECTS keys
 * @error: any %SC_AWS_ERROR; some of the objects may be gone all the same
 *
 * Deletes objects; those that are not there are as good as deleted. Blocks; any thread.
 *
 * Returns: %TRUE once none of them is there
 */
gboolean
sc_s3_delete_objects (ScAws *aws, const char *bucket, const GPtrArray *keys, GError **error)
{
  static const ScAwsOperation operation = { SC_AWS_S3, "DeleteObjects", TRUE };
  g_autofree char *place = sc_s3_bucket_url (aws, &operation, bucket, error);
  if (!place)
    return FALSE;
  g_autofree char *url = g_strconcat (place, "?delete=", NULL);
  g_autoptr (GBytes) order = make_order (keys);
  g_autofree char *md5 = make_md5 (order);
  const char *const headers[] = { "Content-MD5", md5, NULL };
  const ScAwsRequest request = { .method = "POST",
                                 .url = url,
                                 .content_type = "application/xml",
                                 .body = order,
                                 .headers = headers,
                                 .max_answer_bytes = ANSWER_MAX };
  g_autoptr (GBytes) answer = sc_aws_send (aws, &operation, &request, error);
  return answer && read_refusals (answer, error);
}
