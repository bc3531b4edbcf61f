/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-s3.h"

#include "sc-aws-private.h"

#include <string.h>

/* "General purpose bucket naming rules" and "Naming Amazon S3 objects" (Amazon S3 User Guide). */
#define BUCKET_MIN 3
#define BUCKET_MAX 63
#define KEY_MAX 1024

/* The answer to a PutObject has no body; an error's is short. */
#define PUT_ANSWER_MAX 16384

/* A bucket's name becomes part of a host: no other character gets there. */
static gboolean
is_bucket (const char *bucket)
{
  gsize size = strlen (bucket);
  return size >= BUCKET_MIN && size <= BUCKET_MAX &&
         strspn (bucket, "abcdefghijklmnopqrstuvwxyz0123456789.-") == size &&
         g_ascii_isalnum (bucket[0]) && g_ascii_isalnum (bucket[size - 1]) &&
         !strstr (bucket, "..");
}

/* A key with "." or ".." as a part is possible, and never one of ours: what stands between here
 * and the bucket may resolve it. */
static gboolean
is_key (const char *key)
{
  if (!key[0] || strlen (key) > KEY_MAX)
    return FALSE;
  g_auto (GStrv) parts = g_strsplit (key, "/", -1);
  for (gsize i = 0; parts[i]; i++) {
    if (!parts[i][0] || g_str_equal (parts[i], ".") || g_str_equal (parts[i], ".."))
      return FALSE;
  }
  return TRUE;
}

/**
 * sc_s3_object_url:
 * @aws: a client
 * @bucket: a bucket's name
 * @key: an object's key
 *
 * The bucket is in the host as AWS wants it, but where the environment names an endpoint, which has
 * one host, or where the name has a dot, which AWS's certificate does not cover ("Virtual hosting
 * of general purpose buckets").
 *
 * Returns: (transfer full): where the object is
 */
char *
sc_s3_object_url (ScAws *aws, const char *bucket, const char *key)
{
  gboolean named;
  const char *endpoint = sc_aws_get_endpoint (aws, SC_AWS_S3, &named);
  g_autofree char *path = g_uri_escape_string (key, "/", FALSE);
  if (named || strchr (bucket, '.'))
    return g_strdup_printf ("%s/%s/%s", endpoint, bucket, path);
  return g_strdup_printf ("https://%s.%s/%s", bucket, endpoint + strlen ("https://"), path);
}

/**
 * sc_s3_bucket_url:
 * @aws: a client
 * @operation: what for
 * @bucket: a bucket's name
 * @error: %SC_AWS_ERROR_INVALID if it is none
 *
 * Returns: (transfer full) (nullable): where the bucket is, with a slash at the end
 */
char *
sc_s3_bucket_url (ScAws *aws, const ScAwsOperation *operation, const char *bucket, GError **error)
{
  if (is_bucket (bucket))
    return sc_s3_object_url (aws, bucket, "");
  g_set_error (error,
               SC_AWS_ERROR,
               SC_AWS_ERROR_INVALID,
               "%s: no name of a bucket",
               operation->name);
  return NULL;
}

static gboolean
check_names (const char *operation, const char *bucket, const char *key, GError **error)
{
  if (is_bucket (bucket) && is_key (key))
    return TRUE;
  g_set_error (error,
               SC_AWS_ERROR,
               SC_AWS_ERROR_INVALID,
               "%s: no name of a bucket or an object",
               operation);
  return FALSE;
}

/**
 * sc_s3_get_object:
 * @aws: a client
 * @bucket: a bucket's name
 * @key: the object's key
 * @max_bytes: the most bytes that it may have
 * @error: any %SC_AWS_ERROR; an object that is not there is %SC_AWS_ERROR_NOT_FOUND, or
 *   %SC_AWS_ERROR_DENIED for who may not list the bucket
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the object
 */
GBytes *
sc_s3_get_object (ScAws *aws, const char *bucket, const char *key, gsize max_bytes, GError **error)
{
  static const ScAwsOperation operation = { SC_AWS_S3, "GetObject", TRUE };
  if (!check_names (operation.name, bucket, key, error))
    return NULL;
  g_autofree char *url = sc_s3_object_url (aws, bucket, key);
  const ScAwsRequest request = { .method = "GET", .url = url, .max_answer_bytes = max_bytes };
  return sc_aws_send (aws, &operation, &request, error);
}

/**
 * sc_s3_put_object:
 * @aws: a client
 * @put: what is to be written
 * @error: any %SC_AWS_ERROR
 *
 * Writes an object as a whole: who reads it sees the old or the new one. Of two that write at once
 * the last one's stays, and nobody learns which that was. Blocks; any thread.
 *
 * Returns: %TRUE once it is written
 */
gboolean
sc_s3_put_object (ScAws *aws, const ScS3Put *put, GError **error)
{
  static const ScAwsOperation operation = { SC_AWS_S3, "PutObject", TRUE };
  const char *const headers[] = { "Cache-Control", put->cache_control, NULL };
  if (!check_names (operation.name, put->bucket, put->key, error))
    return FALSE;
  if (g_bytes_get_size (put->object) > SC_S3_PUT_MAX_BYTES) {
    g_set_error_literal (error, SC_AWS_ERROR, SC_AWS_ERROR_INVALID, "PutObject: it is too large");
    return FALSE;
  }
  g_autofree char *url = sc_s3_object_url (aws, put->bucket, put->key);
  const ScAwsRequest request = { .method = "PUT",
                                 .url = url,
                                 .content_type = put->content_type,
                                 .body = put->object,
                                 .headers = put->cache_control ? headers : NULL,
                                 .max_answer_bytes = PUT_ANSWER_MAX };
  g_autoptr (GBytes) answer = sc_aws_send (aws, &operation, &request, error);
  return answer != NULL;
}
